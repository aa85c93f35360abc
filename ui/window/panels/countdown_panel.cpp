#include <algorithm>
#include <numbers>
#include <string>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {

void draw_countdown(const Pen& pen, const Area& preview, const ViewState& view) {
    if (!view.countdown.running()) return;
    const float radius = std::min(pen.px(168), preview.height * 0.3F);
    const ImVec2 middle(preview.x + preview.width / 2, preview.y + preview.height * 0.53F);
    pen.list().AddCircleFilled(middle, radius, colour::plate(), 96);
    // The ring runs out with the second.
    const double left = view.countdown.remaining_s(view.now_s);
    const auto share = static_cast<float>(left - (view.countdown.number(view.now_s) - 1));
    constexpr float top = -std::numbers::pi_v<float> / 2;
    if (share > 0.0F) {
        pen.list().PathArcTo(middle, radius - pen.px(10), top, top + 2 * std::numbers::pi_v<float> * share, 96);
        pen.list().PathStroke(colour::red(), 0, pen.px(12));
    }
    const std::string number = std::to_string(view.countdown.number(view.now_s));
    pen.text(middle.x, middle.y - pen.height(TextSize::Number) / 2, TextSize::Number, colour::text(), number,
             Align::Centre);
    const std::string& hint = phrase("Esc or {0}: don't record", view.keys.words_for("record"));
    const float wide = pen.width(TextSize::Body, hint) + pen.px(40);
    const Area plate{middle.x - wide / 2, std::min(middle.y + radius + pen.px(12), preview.bottom() - pen.px(60)), wide,
                     pen.px(52)};
    pen.fill(plate, colour::plate(), pen.px(8));
    pen.label(plate, TextSize::Body, colour::text(), hint, Align::Centre);
}

void draw_toast(const Pen& pen, const Area& preview, const ViewState& view) {
    if (view.now_s >= view.toast.until_s || view.toast.words.empty()) return;
    const std::string& words = phrase(view.toast.words);
    const float wide = std::min(pen.width(TextSize::Label, words) + pen.px(56), preview.width - pen.px(48));
    const Area plate{preview.x + (preview.width - wide) / 2, preview.bottom() - pen.px(168), wide, pen.px(72)};
    pen.fill(plate, colour::plate(), pen.px(10));
    pen.outline(plate, colour::accent(), pen.px(2), pen.px(10));
    const Area inside = plate.inset(pen.px(20), 0);
    if (pen.width(TextSize::Label, words) <= inside.width) {
        pen.label(inside, TextSize::Label, colour::text(), words, Align::Centre);
    } else {
        pen.paragraph(inside.inset(0, pen.px(6)), TextSize::Body, TextSize::Caption, colour::text(), words);
    }
}

}  // namespace changji
