#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"

namespace changji {

std::optional<Action> draw_sign_offs(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                     const Preset& preset) {
    const float row = pen.px(96);
    const float width = pen.px(1240);
    const float height = row * static_cast<float>(preset.confirmations.size()) + pen.px(190);
    const Area card{screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 2, width, height};
    pen.fill(screen, colour::veil());
    pen.card(card, colour::raised());
    const Area inside = card.inset(pen.px(48), pen.px(32));
    pen.text(inside.x, inside.y, TextSize::Word, colour::text(), tr("What only people can judge"));
    pen.label({inside.x, inside.y + pen.px(76), inside.width, pen.px(36)}, TextSize::Body, colour::muted(),
              tr("Choose a line with Tab and Enter or the mouse. Esc closes."));

    Slate slate = now.slate;
    std::optional<Action> action;
    float y = inside.y + pen.px(126);
    for (const Confirmation& each : preset.confirmations) {
        const Area line{inside.x, y, inside.width, row - pen.px(10)};
        const auto found = std::find(slate.confirmed_clauses.begin(), slate.confirmed_clauses.end(), each.clause);
        const bool confirmed = found != slate.confirmed_clauses.end();
        const bool pressed = pen.button(each.clause.c_str(), line);
        pen.fill(line, ImGui::IsItemHovered() ? colour::line() : colour::surface(), pen.px(8));
        if (ImGui::IsItemFocused()) pen.outline(line, colour::accent(), pen.px(3), pen.px(8));
        pen.mark(line.x + pen.px(44), line.y + line.height / 2, pen.px(22), confirmed ? Tone::Good : Tone::Unknown);
        pen.paragraph({line.x + pen.px(92), line.y + pen.px(8), line.width - pen.px(290), line.height - pen.px(12)},
                      TextSize::Body, TextSize::Caption, colour::text(), each.question);
        pen.label({line.right() - pen.px(190), line.y, pen.px(174), line.height}, TextSize::Caption, colour::muted(),
                  each.clause, Align::Right);
        if (pressed) {
            if (confirmed) {
                slate.confirmed_clauses.erase(found);
            } else {
                slate.confirmed_clauses.push_back(each.clause);
            }
            action = ChangeSlate{slate};
        }
        y += row;
    }
    return action;
}

}  // namespace changji
