#include <algorithm>
#include <cmath>
#include <string>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

/// Whole pixels a module: a blurred edge costs a camera more than a smaller code.
void draw_code(const Pen& pen, const Area& plate, const QrCode& code) {
    const int modules = code.modules + 2 * QrCode::quiet_modules;
    const float module = std::max(1.0F, std::floor(plate.width / static_cast<float>(modules)));
    const float left = std::floor(plate.x), top = std::floor(plate.y);
    const float side = module * static_cast<float>(modules);
    pen.fill({left, top, side, side}, IM_COL32(255, 255, 255, 255));
    const ImDrawListFlags flags = pen.list().Flags;
    pen.list().Flags &= ~ImDrawListFlags_AntiAliasedFill;  // neighbours meet without a seam
    for (int line = 0; line < code.modules; ++line) {
        for (int column = 0; column < code.modules; ++column) {
            if (!code.is_dark(column, line)) continue;
            pen.fill({left + module * static_cast<float>(column + QrCode::quiet_modules),
                      top + module * static_cast<float>(line + QrCode::quiet_modules), module, module},
                     IM_COL32(0, 0, 0, 255));
        }
    }
    pen.list().Flags = flags;
}

std::string words_for(const MachineAddress& address) {
    switch (address.reach) {
        case AddressReach::ThisMachine: return tr("This machine only, for a try");
        case AddressReach::LocalNetwork: return tr(say("Local network on {0}", address.network));
        case AddressReach::None:
        case AddressReach::Anyone: break;
    }
    return tr(say("Public address on {0}: not allowed", address.network));
}

/// ImGui lets Enter press what has the keyboard only after an arrow showed where that is.
bool enter_without_choice(bool has_keyboard) {
    const bool chosen = has_keyboard && ImGui::GetIO().NavVisible;
    return !chosen && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false);
}

std::optional<Action> draw_addresses(const Pen& pen, const Area& area, const TabletView& tablet) {
    constexpr std::size_t most_rows = 6;
    std::optional<Action> action;
    const bool first_frame = ImGui::IsWindowAppearing();
    bool has_keyboard = false;
    float y = area.y;
    for (std::size_t at = 0; at < std::min(most_rows, tablet.addresses.size()); ++at) {
        const MachineAddress& each = tablet.addresses[at];
        const bool allowed = each.reach != AddressReach::Anyone;
        const Area row{area.x, y, area.width, pen.px(60)};
        ImGui::PushID(static_cast<int>(at));
        if (draw_list_row(pen, "address", row, false)) action = TabletAction{OpenTabletPage{each.address}};
        if (at == 0 && first_frame) ImGui::SetItemDefaultFocus();
        has_keyboard |= ImGui::IsItemFocused();
        if (ImGui::IsItemFocused()) pen.outline(row, colour::accent(), pen.px(3), pen.px(8));
        ImGui::PopID();
        if (!allowed) pen.mark(row.x + pen.px(30), row.y + row.height / 2, pen.px(12), Tone::Bad);
        const ImU32 ink = allowed ? colour::text() : colour::muted();
        const float address_width = pen.px(260);
        pen.label({row.x + pen.px(56), row.y, row.width - address_width - pen.px(72), row.height}, TextSize::Body, ink,
                  words_for(each));
        pen.label({row.right() - address_width - pen.px(16), row.y, address_width, row.height}, TextSize::Body, ink,
                  each.address, Align::Right);
        y += pen.px(68);
    }
    if (!tablet.addresses.empty() && enter_without_choice(has_keyboard)) {
        action = TabletAction{OpenTabletPage{tablet.addresses.front().address}};
    }
    return action;
}

std::optional<Action> draw_closed(const Pen& pen, const Area& inside, const TabletView& tablet) {
    float y = inside.y;
    y += pen.paragraph({inside.x, y, inside.width, pen.px(120)}, TextSize::Body, TextSize::Caption, colour::text(),
                       tr("A tablet or telephone can show the prompter's text and control it. For that the program "
                          "opens a port on the address that you choose, until you stop it or close the window. Nothing "
                          "is open now."));
    y += pen.px(20);
    const float notes = pen.px(170);
    auto action = draw_addresses(pen, {inside.x, y, inside.width, inside.bottom() - notes - y}, tablet);
    const Area foot{inside.x, inside.bottom() - notes, inside.width, notes};
    if (!tablet.problem.empty()) {
        pen.mark(foot.x + pen.px(14), foot.y + pen.px(16), pen.px(13), Tone::Bad);
        pen.paragraph({foot.x + pen.px(42), foot.y, foot.width - pen.px(42), foot.height}, TextSize::Body,
                      TextSize::Caption, colour::text(), tr(tablet.problem));
        return action;
    }
    pen.paragraph(foot, TextSize::Caption, TextSize::Caption, colour::muted(),
                  tr("It is not encrypted: whoever is in the same network and learns the link can read the text and "
                     "control it. Use a network of your own, never a public Wi-Fi."));
    return action;
}

std::optional<Action> draw_open(const Pen& pen, const Area& inside, const TabletView& tablet) {
    const float side = std::min(pen.px(440), inside.height - pen.px(8));
    if (tablet.code) draw_code(pen, {inside.x, inside.y, side, side}, *tablet.code);
    const Area words{inside.x + side + pen.px(36), inside.y, inside.width - side - pen.px(36), inside.height};
    float y = words.y;
    y += pen.paragraph({words.x, y, words.width, pen.px(80)}, TextSize::Body, TextSize::Caption, colour::text(),
                       tr("Scan the code with the tablet's camera, or type this address in its browser:"));
    y += pen.px(10);
    pen.label({words.x, y, words.width, pen.px(44)}, TextSize::Body, TextSize::Caption, colour::accent(), tablet.url);
    y += pen.px(64);
    const bool trouble = !tablet.problem.empty();
    pen.mark(words.x + pen.px(16), y + pen.px(20), pen.px(15),
             trouble              ? Tone::Bad
             : tablet.clients > 0 ? Tone::Good
                                  : Tone::Unknown);
    pen.label({words.x + pen.px(46), y, words.width - pen.px(46), pen.px(40)}, TextSize::Label, TextSize::Body,
              colour::text(), tr(say("Tablets connected: {0} of 20", std::to_string(tablet.clients))));
    y += pen.px(58);
    std::string note = tr("A port is open on this address. The link is good until you stop it. It is not encrypted.");
    if (tablet.refused > 0) note = tr("More than twenty tablets were tried: close the page on one that isn't needed.");
    if (trouble) note = tr(tablet.problem);
    pen.paragraph({words.x, y, words.width, words.bottom() - pen.px(76) - y}, TextSize::Body, TextSize::Caption,
                  trouble ? colour::text() : colour::muted(), note);
    const Area stop{words.x, words.bottom() - pen.px(60), words.width, pen.px(60)};
    std::optional<Action> action;
    if (draw_button(pen, "tablet-stop", stop, tr("Stop: close the port"), Emphasis::Main)) {
        action = TabletAction{CloseTabletPage{}};
    }
    return action;
}

}  // namespace

std::optional<Action> draw_tablet(const Pen& pen, const Area& screen, const TabletView& tablet) {
    const float wide = pen.px(1240), high = pen.px(640);
    const Area card{screen.x + (screen.width - wide) / 2, screen.y + (screen.height - high) / 2, wide, high};
    pen.card(card, colour::raised());
    pen.outline(card, colour::line(), pen.px(2), pen.px(12));
    const Area inside = card.inset(pen.px(36), pen.px(26));
    pen.label({inside.x, inside.y, inside.width, pen.px(50)}, TextSize::Label, colour::text(), tr("Tablet prompter"));
    pen.label({inside.x, inside.y, inside.width, pen.px(50)}, TextSize::Caption, colour::muted(),
              tr("↑ ↓ choose, Enter presses, Esc closes"), Align::Right);
    const Area body{inside.x, inside.y + pen.px(68), inside.width, inside.height - pen.px(68)};
    auto action = tablet.open ? draw_open(pen, body, tablet) : draw_closed(pen, body, tablet);
    const auto& mouse = ImGui::GetIO().MousePos;
    const bool outside = mouse.x < card.x || mouse.y < card.y || mouse.x > card.right() || mouse.y > card.bottom();
    if (!action && outside && ImGui::IsMouseClicked(0)) return TabletAction{ToggleTablet{}};
    return action;
}

}  // namespace changji
