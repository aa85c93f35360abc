#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/picture/composition_meter.hpp"
#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

struct Judged {
    Tone tone;
    std::string words;
};

Judged judge_headroom(double percent) {
    const std::string number = std::to_string(std::lround(percent));
    if (percent < 0.0) return {Tone::Bad, tr("The head is cut off")};
    if (percent < least_headroom_percent) return {Tone::Caution, phrase("Headroom {0} %: too little", number)};
    if (percent > most_headroom_percent) return {Tone::Caution, phrase("Headroom {0} %: too much", number)};
    return {Tone::Good, phrase("Headroom {0} %: good", number)};
}

Judged judge_eyes(double percent) {
    const double off = percent - eye_line_wanted_percent;
    const std::string number = std::to_string(std::lround(std::abs(off)));
    if (std::abs(off) <= eye_line_off_percent) return {Tone::Good, tr("Eyes on the upper third: good")};
    if (off < 0.0) return {Tone::Caution, phrase("Eyes {0} % above the third", number)};
    return {Tone::Caution, phrase("Eyes {0} % below the third", number)};
}

Area box_of(const Area& area, const FaceBox& face, const Monitoring& monitoring) {
    const ImVec2 one = place_in(area, monitoring, face.x, face.y);
    const ImVec2 other = place_in(area, monitoring, face.x + face.width, face.y + face.height);
    return {std::min(one.x, other.x), one.y, std::abs(other.x - one.x), other.y - one.y};
}

void draw_brackets(const Pen& pen, const Area& box) {
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

/// Light on dark, seen on any picture.
void draw_line(const Pen& pen, ImVec2 from, ImVec2 to, ImU32 ink) {
    pen.list().AddLine(from, to, IM_COL32(0, 0, 0, 150), pen.px(5));
    pen.list().AddLine(from, to, ink, pen.px(2));
}

/// From the picture's upper edge down to the crown.
void draw_headroom(const Pen& pen, const Area& box, float top, float crown) {
    const float x = box.x + box.width / 2, tip = pen.px(10);
    draw_line(pen, {box.x, crown}, {box.right(), crown}, colour::aim);
    draw_line(pen, {x, top}, {x, crown}, colour::aim);
    if (crown - top < 3 * tip) return;
    for (const auto& [y, way] : {std::pair(top, 1.0F), std::pair(crown, -1.0F)}) {
        pen.list().AddTriangleFilled({x, y}, {x - tip, y + way * tip}, {x + tip, y + way * tip}, colour::aim);
    }
}

void draw_verdicts(const Pen& pen, const Area& area, const Area& box, const std::array<Judged, 2>& rows) {
    const float row = pen.px(36), gap = pen.px(12);
    float wide = 0.0F;
    for (const Judged& each : rows) wide = std::max(wide, pen.width(TextSize::Caption, each.words));
    wide += pen.px(56);
    float x = box.right() + gap;
    if (x + wide > area.right() - gap) x = std::max(area.x + gap, box.x - gap - wide);
    const float least = area.y + pen.px(92), most = area.bottom() - 2 * row - gap;
    const Area plate{x, std::max(least, std::min(box.y + box.height * 0.3F, most)), wide, 2 * row + pen.px(8)};
    pen.fill(plate, colour::plate(), pen.px(8));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const float y = plate.y + pen.px(4) + static_cast<float>(i) * row;
        pen.mark(plate.x + pen.px(24), y + row / 2, pen.px(12), rows[i].tone);
        pen.label({plate.x + pen.px(46), y, wide - pen.px(54), row}, TextSize::Caption, colour::text(), rows[i].words);
    }
}

void draw_composition(const Pen& pen, const Area& area, const FaceBox& face, const Monitoring& monitoring) {
    const Composition composition = measure_composition({&face, 1});
    const double headroom = composition.headroom_percent.value_or(0.0);
    const double eyes = composition.eye_line_percent.value_or(0.0);
    const Area box = box_of(area, face, monitoring);
    const auto y_of = [&](double percent) { return place_in(area, monitoring, 0.0, percent / 100.0).y; };
    draw_headroom(pen, box, y_of(0.0), y_of(headroom));
    const float past = box.width / 2;
    const float third = y_of(eye_line_wanted_percent);
    for (float x = box.x - past; x < box.right() + past; x += pen.px(18)) {
        draw_line(pen, {x, third}, {std::min(x + pen.px(9), box.right() + past), third}, colour::white);
    }
    draw_line(pen, {box.x - past / 2, y_of(eyes)}, {box.right() + past / 2, y_of(eyes)}, colour::aim);
    draw_verdicts(pen, area, box, {judge_headroom(headroom), judge_eyes(eyes)});
}

}  // namespace

void draw_faces(const Pen& pen, const Area& area, const std::vector<FaceBox>& faces, const Monitoring& monitoring) {
    for (const FaceBox& face : faces) {
        draw_brackets(pen, box_of(area, face, monitoring));
        if (monitoring.headroom) draw_composition(pen, area, face, monitoring);
    }
}

}  // namespace changji
