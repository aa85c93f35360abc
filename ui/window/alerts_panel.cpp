#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"

namespace changji {
namespace {

constexpr std::size_t most_shown = 3;

float draw_banner(const Pen& pen, float x, float y, float width, Tone tone, const std::string& words) {
    const float height = pen.px(84);
    const Area banner{x, y, width, height};
    pen.fill(banner, colour::plate(), pen.px(8));
    pen.outline(banner, colour_of(tone), pen.px(3), pen.px(8));
    pen.mark(x + pen.px(44), y + height / 2, pen.px(22), tone);
    const Area sentence{x + pen.px(88), y + pen.px(8), width - pen.px(104), height - pen.px(16)};
    if (pen.width(TextSize::Body, words) <= sentence.width) {
        pen.label(sentence, TextSize::Body, colour::text(), words);
    } else {
        pen.paragraph(sentence, TextSize::Body, TextSize::Caption, colour::text(), words);
    }
    return height + pen.px(8);
}

}  // namespace

void draw_alerts(const Pen& pen, const Area& preview, const SessionSnapshot& now, const ViewState& view) {
    const float x = preview.x + pen.px(24);
    const float width = preview.width - pen.px(48);
    float y = preview.y + pen.px(92);
    std::size_t shown = 0;
    for (const Message& alert : now.alerts) {
        if (shown++ < most_shown) y += draw_banner(pen, x, y, width, Tone::Bad, tr(alert));
    }
    for (const Message& warning : view.take_warnings) {
        if (shown++ < most_shown) y += draw_banner(pen, x, y, width, Tone::Caution, tr(warning));
    }
    for (const Message& message : view.messages) {
        if (shown++ < most_shown) y += draw_banner(pen, x, y, width, Tone::Caution, tr(message));
    }
}

}  // namespace changji
