#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

constexpr std::size_t most_shown = 3;

constexpr float banner_height = 84.0F;

void draw_banner(const Pen& pen, const Area& banner, Tone tone, const std::string& words) {
    pen.fill(banner, colour::plate(), pen.px(8));
    pen.outline(banner, colour_of(tone), pen.px(3), pen.px(8));
    pen.mark(banner.x + pen.px(44), banner.y + banner.height / 2, pen.px(22), tone);
    const Area sentence{banner.x + pen.px(88), banner.y + pen.px(8), banner.width - pen.px(104),
                        banner.height - pen.px(16)};
    if (pen.width(TextSize::Body, words) <= sentence.width) {
        pen.label(sentence, TextSize::Body, colour::text(), words);
    } else {
        pen.paragraph(sentence, TextSize::Body, TextSize::Caption, colour::text(), words);
    }
}

}  // namespace

/// From the bottom upwards: a face is seldom there.
void draw_alerts(const Pen& pen, const Area& preview, const SessionSnapshot& now, const ViewState& view) {
    const float step = pen.px(banner_height + 8.0F);
    Area banner{preview.x + pen.px(24), preview.bottom() - pen.px(now.demo ? 84.0F : 16.0F) - pen.px(banner_height),
                preview.width - pen.px(48), pen.px(banner_height)};
    std::size_t shown = 0;
    const auto draw = [&](Tone tone, const Message& message) {
        if (shown++ >= most_shown) return;
        draw_banner(pen, banner, tone, phrase(message));
        banner.y -= step;
    };
    // What isn't right with the live picture doesn't belong on a film; what stops the next take does.
    if (!view.review.open || now.loss) {
        for (const Message& alert : now.alerts) draw(Tone::Bad, alert);
    }
    for (const Message& warning : view.take_warnings) draw(Tone::Caution, warning);
    for (const Message& message : view.messages) draw(Tone::Caution, message);
}

}  // namespace changji
