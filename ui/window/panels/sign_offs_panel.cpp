#include <algorithm>
#include <string>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

/// One question, and what it is about in the words of this take; true when it was pressed.
bool draw_question(const Pen& pen, const Area& line, const Confirmation& each, const std::string& about, int number,
                   bool confirmed) {
    const bool pressed = pen.button(each.clause.c_str(), line);
    pen.fill(line, ImGui::IsItemHovered() ? colour::line() : colour::surface(), pen.px(8));
    if (ImGui::IsItemFocused()) pen.outline(line, colour::accent(), pen.px(3), pen.px(8));
    const Area cap{line.x + pen.px(16), line.y + (line.height - pen.px(48)) / 2, pen.px(48), pen.px(48)};
    pen.fill(cap, colour::background(), pen.px(8));
    pen.label(cap, TextSize::Body, colour::text(), std::to_string(number), Align::Centre);
    pen.mark(cap.right() + pen.px(40), line.y + line.height / 2, pen.px(22), confirmed ? Tone::Good : Tone::Unknown);
    const float left = cap.right() + pen.px(84);
    const Area words{left, line.y + pen.px(8), line.right() - pen.px(200) - left, line.height - pen.px(12)};
    if (!about.empty()) {
        pen.label({words.x, line.y + pen.px(2), words.width, pen.px(32)}, TextSize::Body, TextSize::Caption,
                  colour::text(), each.question);
        pen.paragraph({words.x, line.y + pen.px(35), words.width, pen.px(54)}, TextSize::Caption, TextSize::Caption,
                      colour::muted(), about);
    } else if (pen.width(TextSize::Body, each.question) <= words.width) {
        pen.label({words.x, line.y, words.width, line.height}, TextSize::Body, colour::text(), each.question);
    } else {
        pen.paragraph(words, TextSize::Body, TextSize::Caption, colour::text(), each.question);
    }
    pen.label({line.right() - pen.px(190), line.y + pen.px(8), pen.px(174), line.height / 2 - pen.px(8)},
              TextSize::Body, confirmed ? colour_of(Tone::Good) : colour::muted(), confirmed ? tr("Yes") : tr("Open"),
              Align::Right);
    pen.label({line.right() - pen.px(190), line.y + line.height / 2, pen.px(174), line.height / 2 - pen.px(8)},
              TextSize::Caption, colour::muted(), each.clause, Align::Right);
    return pressed;
}

}  // namespace

std::optional<Action> draw_sign_offs(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                     const Preset& preset) {
    const float row = pen.px(96);
    const float width = std::min(pen.px(1240), screen.width - pen.px(40));
    const float height = row * static_cast<float>(preset.confirmations.size()) + pen.px(190);
    const Area card{screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 2, width, height};
    pen.fill(screen, colour::veil());
    pen.card(card, colour::raised());
    const Area inside = card.inset(pen.px(48), pen.px(32));
    pen.label({inside.x, inside.y, inside.width, pen.px(64)}, TextSize::Word, colour::text(),
              phrase("Take {0}: what only people can judge", std::to_string(now.sign_offs.take)));
    pen.label({inside.x, inside.y + pen.px(76), inside.width, pen.px(36)}, TextSize::Body, colour::muted(),
              tr("The number, Tab and Enter or the mouse answer with yes. Esc closes."));

    std::vector<std::string> clauses = now.sign_offs.clauses;
    std::optional<Action> action;
    float y = inside.y + pen.px(126);
    int number = 0;
    for (const Confirmation& each : preset.confirmations) {
        const Area line{inside.x, y, inside.width, row - pen.px(10)};
        const bool confirmed = std::ranges::find(clauses, each.clause) != clauses.end();
        // A name and a wrong word can't be told by the sound: whoever signs this off reads them here.
        const bool opening = preset.opening && preset.opening->clause == each.clause;
        const std::string about = opening ? preset.opening_line_for(now.slate.spoken_guest()) : std::string();
        if (draw_question(pen, line, each, about, ++number, confirmed)) {
            if (std::erase(clauses, each.clause) == 0) clauses.push_back(each.clause);
            action = SignOff{clauses};
        }
        y += row;
    }
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool beside = mouse.x < card.x || mouse.x > card.right() || mouse.y < card.y || mouse.y > card.bottom();
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && beside) return ToggleSignOffs{};
    return action;
}

}  // namespace changji
