#include <algorithm>
#include <array>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"

namespace changji {
namespace {

void draw_face(const Pen& pen, const Area& area, const FaceBox& face, const Monitoring& monitoring) {
    const ImVec2 one = place_in(area, monitoring, face.x, face.y);
    const ImVec2 other = place_in(area, monitoring, face.x + face.width, face.y + face.height);
    const Area box{std::min(one.x, other.x), one.y, std::abs(other.x - one.x), other.y - one.y};
    const float arm = box.width * 0.18F;
    const auto corner = [&](float x, float y, float across, float down) {
        const std::array path{ImVec2(x + across * arm, y), ImVec2(x, y), ImVec2(x, y + down * arm)};
        pen.list().AddPolyline(path.data(), static_cast<int>(path.size()), colour::aim, 0, pen.px(3));
    };
    corner(box.x, box.y, 1, 1);
    corner(box.right(), box.y, -1, 1);
    corner(box.x, box.bottom(), 1, -1);
    corner(box.right(), box.bottom(), -1, -1);
}

/// A small dark plate with words; returns its width.
float draw_plate(const Pen& pen, float x, float y, ImU32 ink, std::string_view words) {
    const float wide = pen.width(TextSize::Body, words) + pen.px(24);
    const Area plate{x, y, wide, pen.px(40)};
    pen.fill(plate, colour::veil(), pen.px(8));
    pen.label(plate.inset(pen.px(11), 0), TextSize::Body, ink, words, Align::Centre);
    return wide;
}

void draw_rec_badge(const Pen& pen, const Area& area) {
    const char* const word = tr("REC");
    const float wide = pen.width(TextSize::Label, word) + pen.px(64);
    const Area badge{area.right() - wide - pen.px(24), area.y + pen.px(24), wide, pen.px(56)};
    pen.fill(badge, colour::red(), pen.px(8));
    pen.list().AddCircleFilled({badge.x + pen.px(28), badge.y + badge.height / 2}, pen.px(12), colour::on_accent(), 32);
    pen.label({badge.x + pen.px(48), badge.y, badge.width - pen.px(56), badge.height}, TextSize::Label,
              colour::on_accent(), word);
}

std::string what_is_wrong_with_the_frame(const FramingFacts& framing) {
    if (framing.enlarged) {
        return tr(say("The camera's picture is smaller than 1920×1080 ({0}×{1}).",
                      std::to_string(framing.crop.width_px), std::to_string(framing.crop.height_px)));
    }
    return framing.cropped ? tr("Cropped to 16:9") : std::string();
}

}  // namespace

void draw_preview(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                  const PreviewImage& image, const Monitoring& monitoring) {
    pen.fill(area, colour::black);
    if (image.texture) {
        pen.list().AddImage(image.texture, {area.x, area.y}, {area.right(), area.bottom()});
    }
    if (now.stage == Stage::Lost) {
        pen.fill(area, colour::veil());
        const float middle = area.x + area.width / 2;
        pen.mark(middle, area.y + area.height * 0.36F, pen.px(44), Tone::Bad);
        pen.text(middle, area.y + area.height * 0.46F, TextSize::Word, colour::text(), tr("No picture"), Align::Centre);
        if (now.loss) {
            const Area reason{area.x + area.width * 0.16F, area.y + area.height * 0.6F, area.width * 0.68F,
                              pen.px(110)};
            pen.paragraph(reason, TextSize::Body, TextSize::Caption, colour::text(), tr(now.loss->message));
        }
        return;
    }
    if (!image.texture) {
        pen.label(area, TextSize::Label, colour::muted(), tr("Waiting for the first picture…"), Align::Centre);
        return;
    }
    pen.list().PushClipRect({area.x, area.y}, {area.right(), area.bottom()}, true);
    for (const FaceBox& face : now.faces) draw_face(pen, area, face, monitoring);
    pen.list().PopClipRect();
    draw_monitoring(pen, area, monitoring, preset);

    const float plates_y = area.y + pen.px(24);
    float x = area.x + pen.px(24);
    if (now.faces.empty()) x += draw_plate(pen, x, plates_y, colour::text(), tr("No face in the picture")) + pen.px(8);
    const std::string frame_problem = what_is_wrong_with_the_frame(now.framing);
    if (!frame_problem.empty()) x += draw_plate(pen, x, plates_y, colour::amber(), frame_problem) + pen.px(8);
    if (now.preview_reduced) {
        draw_plate(pen, x, plates_y, colour::amber(), tr("Preview slowed down: the recording goes first"));
    }
    if (now.stage == Stage::Recording) {
        const float border = pen.px(8);
        pen.outline(area.inset(-border / 2, -border / 2), colour::red(), border);
        draw_rec_badge(pen, area);
    }
}

void draw_stop_question(const Pen& pen, const Area& preview, const SessionSnapshot& now, const ViewState& view) {
    if (now.stage != Stage::Recording || !view.stop.armed(view.now_s)) return;
    const double held = view.stop.held_fraction(view.now_s);
    const bool holding = held > 0.2;  // a tap is no holding
    const Area plate{preview.x + preview.width * 0.09F, preview.y + preview.height * 0.34F, preview.width * 0.82F,
                     pen.px(190)};
    pen.card(plate, colour::plate());
    pen.outline(plate, colour::red(), pen.px(4), pen.px(12));
    const Area inside = plate.inset(pen.px(28), pen.px(20));
    pen.label({inside.x, inside.y, inside.width, pen.px(70)}, TextSize::Word, colour::text(),
              holding ? tr("Keep holding to stop") : tr("Press Space again to stop"), Align::Centre);
    pen.label({inside.x, inside.y + pen.px(74), inside.width, pen.px(40)}, TextSize::Body, colour::muted(),
              tr("Enter stops too, or holding Space down. Esc, or waiting, goes on recording."), Align::Centre);
    // A held key fills the bar up to the stop; otherwise it shows how long the question still stands.
    const auto left = static_cast<float>(holding ? held : view.stop.remaining_s(view.now_s) / StopGuard::window_s);
    const Area track{inside.x, inside.bottom() - pen.px(12), inside.width, pen.px(12)};
    pen.fill(track, colour::raised(), pen.px(6));
    pen.fill({track.x, track.y, track.width * left, track.height}, colour::red(), pen.px(6));
}

}  // namespace changji
