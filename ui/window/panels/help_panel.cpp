#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

const char* name_of(CommandGroup group) {
    switch (group) {
        case CommandGroup::Take: return tr("The take");
        case CommandGroup::Prompter: return tr("The prompter");
        case CommandGroup::Aids: return tr("On the screen only");
        case CommandGroup::Screen: return tr("The picture");
        case CommandGroup::Window: return tr("The window");
        case CommandGroup::Review: return tr("The review of a take");
    }
    return "";
}

void draw_entry(const Pen& pen, const Area& row, std::string_view key, std::string_view meaning) {
    const Area cap{row.x, row.y + pen.px(3), pen.px(112), row.height - pen.px(6)};
    pen.fill(cap, colour::background(), pen.px(6));
    pen.label(cap.inset(pen.px(4), 0), TextSize::Caption, colour::accent(), key, Align::Centre);
    pen.label({cap.right() + pen.px(16), row.y, row.right() - cap.right() - pen.px(16), row.height}, TextSize::Body,
              TextSize::Caption, colour::text(), meaning);
}

}  // namespace

std::optional<Action> draw_help(const Pen& pen, const Area& screen, const ViewState& view) {
    const bool outside = pen.button("close-help", screen);
    pen.fill(screen, colour::veil());
    const Area card = screen.inset(pen.px(60), pen.px(40));
    pen.card(card, colour::raised());
    pen.text(card.x + pen.px(48), card.y + pen.px(28), TextSize::Word, colour::text(), tr("Keys"));
    constexpr std::array live{CommandGroup::Take, CommandGroup::Prompter, CommandGroup::Window, CommandGroup::Aids,
                              CommandGroup::Screen};
    constexpr std::array reviewing{CommandGroup::Review, CommandGroup::Window, CommandGroup::Aids};
    const bool in_review = view.review.open;
    const std::span<const CommandGroup> groups =
        in_review ? std::span<const CommandGroup>(reviewing) : std::span<const CommandGroup>(live);
    const KeyMap& keys = view.keys;
    const float row = pen.px(34);
    const float column_width = (card.width - pen.px(96) - 2 * pen.px(32)) / 3;
    const float top = card.y + pen.px(112);
    float x = card.x + pen.px(48);
    float y = top;
    // A row goes to the next column where this one is full; a group's name never stands alone at its end.
    const auto make_room = [&](float height) {
        if (y + height <= card.bottom() - pen.px(24)) return;
        x += column_width + pen.px(32);
        y = top;
    };
    for (const CommandGroup group : groups) {
        make_room(3 * row);
        pen.label({x, y, column_width, row}, TextSize::Body, colour::muted(), name_of(group));
        y += row;
        for (const Command& each : commands()) {
            if (each.group != group) continue;
            const std::string key_here = keys.key_for(each.id);
            // In the review these letters mean something else.
            if (in_review && group != CommandGroup::Review && keys.command_for(key_here, KeyPlace::Review)) continue;
            const auto* const topic = std::get_if<TickTopic>(&each.action);
            if (topic && topic->number > 1) continue;  // nine alike are one row
            const std::string key = topic ? "1 – 9" : keys.words_for(each.id);
            make_room(row);
            draw_entry(pen, {x, y, column_width, row}, key,
                       topic ? phrase("Tick a topic; again takes it back") : phrase(each.meaning));
            y += row;
        }
        y += row / 2;
    }
    if (in_review) {
        make_room(row);
        draw_entry(pen, {x, y, column_width, row}, "1 – 9", tr("Answer a question only people can judge"));
        y += row;
    }
    make_room(row);
    draw_entry(pen, {x, y, column_width, row}, "Tab", tr("Next field; Enter uses a button"));
    if (outside) return ToggleHelp{};
    return std::nullopt;
}

}  // namespace changji
