#include <algorithm>
#include <string>
#include <vector>

#include "ui/language/language.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

/// The key, what the tool does, and whether it is on: by a filled ring, a word and colour.
void draw_tool(const Pen& pen, const Area& button, const Command& command, const ViewState& view, bool pointed_at) {
    const Aid aid = std::get<ToggleAid>(command.action).aid;
    const bool on = is_on(view.monitoring, aid);
    pen.fill(button, on || pointed_at ? colour::line() : colour::surface(), pen.px(8));
    if (on) pen.fill({button.x, button.y, pen.px(8), button.height}, colour::accent(), pen.px(4));
    const float cap_width = pen.px(72);
    const Area cap{button.x + pen.px(20), button.y + pen.px(10), cap_width, button.height - pen.px(20)};
    pen.fill(cap, colour::background(), pen.px(6));
    const std::string key = view.keys.words_for(command.id);
    pen.label(cap.inset(pen.px(4), 0), TextSize::Caption, colour::accent(), key, Align::Centre);
    const std::string state = state_words(view.monitoring, aid);
    const float state_width = pen.width(TextSize::Caption, state);
    const float state_x = button.right() - pen.px(20) - state_width;
    const float ring_x = state_x - pen.px(22), middle = button.y + button.height / 2;
    if (on) {
        pen.list().AddCircleFilled({ring_x, middle}, pen.px(10), colour::accent(), 24);
    } else {
        pen.list().AddCircle({ring_x, middle}, pen.px(9), colour::muted(), 24, pen.px(2));
    }
    pen.label({state_x, button.y, state_width + pen.px(2), button.height}, TextSize::Caption,
              on ? colour::text() : colour::muted(), state);
    const float words_x = cap.right() + pen.px(16);
    pen.label({words_x, button.y, ring_x - pen.px(18) - words_x, button.height}, TextSize::Body, colour::text(),
              tr(command.meaning));
}

std::vector<const Command*> tools() {
    std::vector<const Command*> found;
    for (const Command& each : commands()) {
        if (std::holds_alternative<ToggleAid>(each.action)) found.push_back(&each);
    }
    return found;
}

}  // namespace

std::optional<Action> draw_tools(const Pen& pen, const Area& screen, const Area& preview, const ViewState& view) {
    static const std::vector<const Command*> all = tools();
    std::optional<Action> action;
    const bool first_frame = ImGui::IsWindowAppearing();
    // Beside the preview where there is room; else over its right part.
    const float wide = std::max(screen.right() - preview.right() - pen.px(24), pen.px(620));
    const float head = pen.px(104), most = screen.height - pen.px(32);
    const float row = std::min(pen.px(60), (most - head - pen.px(16)) / static_cast<float>(all.size()));
    const float high = head + row * static_cast<float>(all.size()) + pen.px(16);
    const Area card{screen.right() - pen.px(12) - wide, screen.y + (screen.height - high) / 2, wide, high};
    pen.card(card, colour::raised());
    pen.outline(card, colour::line(), pen.px(2), pen.px(12));
    const Area inside = card.inset(pen.px(24), pen.px(16));
    pen.label({inside.x, inside.y, inside.width, pen.px(44)}, TextSize::Label, colour::text(), tr("Tools"));
    pen.label({inside.x, inside.y + pen.px(44), inside.width, pen.px(32)}, TextSize::Caption, colour::muted(),
              tr("Only on this screen, never in the take. Esc closes."));
    float y = card.y + head;
    for (const Command* each : all) {
        const Area button{inside.x, y, inside.width, row - pen.px(6)};
        if (pen.button(each->id, button)) action = each->action;
        if (first_frame && each == all.front()) ImGui::SetItemDefaultFocus();
        draw_tool(pen, button, *each, view, ImGui::IsItemHovered());
        if (ImGui::IsItemFocused()) pen.outline(button, colour::accent(), pen.px(3), pen.px(8));
        y += row;
    }
    const auto& mouse = ImGui::GetIO().MousePos;
    const bool outside = mouse.x < card.x || mouse.y < card.y || mouse.y > card.bottom();
    if (!action && outside && ImGui::IsMouseClicked(0)) return ToggleTools{};
    return action;
}

}  // namespace changji
