#include <algorithm>
#include <array>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

/// The reference against the live picture: where it lies, the live one's marks have no place.
Area draw_comparison(const Pen& pen, const Area& area, ImTextureID reference, Comparison comparison) {
    if (!reference || comparison == Comparison::None) return area;
    if (comparison == Comparison::Over) {
        pen.list().AddImage(reference, {area.x, area.y}, {area.right(), area.bottom()}, {0, 0}, {1, 1},
                            IM_COL32(255, 255, 255, 128));
        return area;
    }
    const float middle = std::round(area.x + area.width / 2);
    pen.list().AddImage(reference, {area.x, area.y}, {middle, area.bottom()}, {0, 0}, {0.5F, 1.0F});
    pen.list().AddLine({middle, area.y}, {middle, area.bottom()}, colour::black, pen.px(6));
    pen.list().AddLine({middle, area.y}, {middle, area.bottom()}, colour::white, pen.px(3));
    return {middle, area.y, area.right() - middle, area.height};
}

/// What lies over the live picture itself.
void draw_marks(const Pen& pen, const Area& area, const Area& live, const SessionSnapshot& now,
                const PreviewImage& image, const Monitoring& monitoring) {
    pen.list().PushClipRect({live.x, live.y}, {live.right(), live.bottom()}, true);
    if (monitoring.clutter && image.clutter) {
        const PicturePart part = part_shown(monitoring);
        pen.list().AddImage(image.clutter, {area.x, area.y}, {area.right(), area.bottom()}, part.from, part.to);
    }
    draw_faces(pen, area, now.faces, monitoring);
    pen.list().PopClipRect();
}

/// A small dark plate with words; returns its width.
float draw_plate(const Pen& pen, float x, float y, ImU32 ink, std::string_view words) {
    const float wide = pen.width(TextSize::Body, words) + pen.px(24);
    const Area plate{x, y, wide, pen.px(40)};
    pen.fill(plate, colour::veil(), pen.px(8));
    pen.label(plate.inset(pen.px(11), 0), TextSize::Body, ink, words, Align::Centre);
    return wide;
}

/// In the place of the plates, which speak of the live picture.
void draw_held_sign(const Pen& pen, const Area& area, bool recording) {
    const float border = pen.px(6);
    pen.outline(area.inset(border / 2 + pen.px(6), border / 2 + pen.px(6)), colour::amber(), border);
    const char* const words =
        recording ? tr("Held picture: the recording goes on") : tr("Held picture: press again for the live one");
    const float wide = std::min(pen.width(TextSize::Label, words) + pen.px(84), area.width - pen.px(240));
    const Area plate{area.x + pen.px(24), area.y + pen.px(24), wide, pen.px(56)};
    pen.fill(plate, colour::amber(), pen.px(8));
    for (const float x : {24.0F, 38.0F}) {
        pen.fill({plate.x + pen.px(x), plate.y + pen.px(14), pen.px(8), pen.px(28)}, colour::on_accent());
    }
    pen.label({plate.x + pen.px(60), plate.y, plate.width - pen.px(72), plate.height}, TextSize::Label,
              colour::on_accent(), words);
}

void draw_split_words(const Pen& pen, const Area& area) {
    const float middle = area.x + area.width / 2, y = area.y + area.height * 0.64F;
    const char* const left = tr("Reference");
    draw_plate(pen, middle - pen.width(TextSize::Body, left) - pen.px(36), y, colour::text(), left);
    draw_plate(pen, middle + pen.px(12), y, colour::text(), tr("Now"));
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
        return phrase("The camera's picture is smaller than 1920×1080 ({0}×{1}).",
                      std::to_string(framing.crop.width_px), std::to_string(framing.crop.height_px));
    }
    return framing.cropped ? tr("Cropped to 16:9") : std::string();
}

/// What is not as it should be with the live picture.
void draw_plates(const Pen& pen, const Area& area, const SessionSnapshot& now) {
    const float plates_y = area.y + pen.px(24);
    float x = area.x + pen.px(24);
    if (now.faces.empty()) x += draw_plate(pen, x, plates_y, colour::text(), tr("No face in the picture")) + pen.px(8);
    const std::string frame_problem = what_is_wrong_with_the_frame(now.framing);
    if (!frame_problem.empty()) x += draw_plate(pen, x, plates_y, colour::amber(), frame_problem) + pen.px(8);
    if (now.preview_reduced) {
        draw_plate(pen, x, plates_y, colour::amber(), tr("Preview slowed down: the recording goes first"));
    }
}

}  // namespace

void draw_preview(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                  const PreviewImage& image, const Monitoring& monitoring) {
    if (image.texture) {
        pen.list().AddImage(image.texture, {area.x, area.y}, {area.right(), area.bottom()});
    } else {
        pen.fill(area, colour::black);
    }
    if (now.stage == Stage::Lost) {
        pen.fill(area, colour::veil());
        const float middle = area.x + area.width / 2;
        pen.mark(middle, area.y + area.height * 0.36F, pen.px(44), Tone::Bad);
        pen.text(middle, area.y + area.height * 0.46F, TextSize::Word, colour::text(), tr("No picture"), Align::Centre);
        if (now.loss) {
            const Area reason{area.x + area.width * 0.16F, area.y + area.height * 0.6F, area.width * 0.68F,
                              pen.px(110)};
            pen.paragraph(reason, TextSize::Body, TextSize::Caption, colour::text(), phrase(now.loss->message));
        }
        return;
    }
    if (!image.texture) {
        pen.label(area, TextSize::Label, colour::muted(), tr("Waiting for the first picture…"), Align::Centre);
        return;
    }
    const Area live = draw_comparison(pen, area, image.reference, monitoring.comparison);
    draw_marks(pen, area, live, now, image, monitoring);
    draw_monitoring(pen, area, tools_floor(pen, area, now), monitoring, preset);
    if (monitoring.comparison == Comparison::Split) draw_split_words(pen, area);

    if (monitoring.frozen) {
        draw_held_sign(pen, area, now.stage == Stage::Recording);
    } else {
        draw_plates(pen, area, now);
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
    const std::string key = view.keys.words_for("record");
    const bool holding = held > 0.2;  // a tap is no holding
    const Area plate{preview.x + preview.width * 0.09F, preview.y + preview.height * 0.34F, preview.width * 0.82F,
                     pen.px(190)};
    pen.card(plate, colour::plate());
    pen.outline(plate, colour::red(), pen.px(4), pen.px(12));
    const Area inside = plate.inset(pen.px(28), pen.px(20));
    pen.label({inside.x, inside.y, inside.width, pen.px(70)}, TextSize::Word, colour::text(),
              holding ? phrase("Keep holding to stop") : phrase("Press {0} again to stop", key), Align::Centre);
    pen.label({inside.x, inside.y + pen.px(74), inside.width, pen.px(40)}, TextSize::Body, colour::muted(),
              phrase("Enter stops too, or holding {0} down. Esc, or waiting, goes on recording.", key), Align::Centre);
    // A held key fills the bar up to the stop; otherwise it shows how long the question still stands.
    const auto left = static_cast<float>(holding ? held : view.stop.remaining_s(view.now_s) / StopGuard::window_s);
    const Area track{inside.x, inside.bottom() - pen.px(12), inside.width, pen.px(12)};
    pen.fill(track, colour::raised(), pen.px(6));
    pen.fill({track.x, track.y, track.width * left, track.height}, colour::red(), pen.px(6));
}

}  // namespace changji
