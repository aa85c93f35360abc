#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/window/take_flow.hpp"

namespace changji {
namespace {

std::optional<Action> draw_preset(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                                  const ViewState& view) {
    const bool may_change = view.presets.size() > 1 && now.stage != Stage::Recording && now.stage != Stage::Finishing;
    const float arrow_width = may_change ? pen.px(36) : 0.0F;
    const bool opened = may_change && pen.button("preset", area);
    if (opened) ImGui::OpenPopup("presets");
    pen.label({area.x, area.y, area.width - arrow_width, area.height}, TextSize::Body, colour::accent(),
              title_of(preset));
    if (!may_change) return std::nullopt;
    draw_arrow(pen, {area.right() - arrow_width, area.y, arrow_width, area.height});
    std::vector<std::string> titles;
    for (const Preset& choice : view.presets) titles.push_back(title_of(choice));
    const auto chosen = choose_from(pen, "presets", area, titles);
    if (chosen && view.presets[*chosen].id != preset.id) return ChoosePreset{view.presets[*chosen].id};
    return std::nullopt;
}

}  // namespace

std::optional<Action> draw_slate(const Pen& pen, const Area& area, const SessionSnapshot& now, const Preset& preset,
                                 ViewState& view) {
    pen.card(area);
    if (!view.editing) view.draft = now.slate;
    view.editing = false;

    const Area inside = area.inset(pen.px(16), pen.px(10));
    const float row = pen.px(42);
    const float step = (inside.height - row) / 3;
    const float gap = pen.px(16);
    const float column = (inside.width - gap) / 2;
    const auto cell = [&](int across, int down) {
        return Area{inside.x + static_cast<float>(across) * (column + gap), inside.y + static_cast<float>(down) * step,
                    column, row};
    };

    const float wider = pen.px(44);
    auto action = draw_preset(pen, {inside.x, inside.y, column + wider, row}, now, preset, view);
    if (!preset.confirmations.empty()) {
        const auto done = static_cast<std::ptrdiff_t>(preset.confirmations.size()) - open_sign_offs(now, preset);
        const auto total = static_cast<std::ptrdiff_t>(preset.confirmations.size());
        const Area button{cell(1, 0).x + wider, inside.y, column - wider, row};
        if (pen.button("sign-offs", button)) action = ToggleSignOffs{};
        pen.mark(button.x + pen.px(14), button.y + button.height / 2, pen.px(12),
                 done == total ? Tone::Good : Tone::Unknown);
        pen.label({button.x + pen.px(38), button.y, button.width - pen.px(38), button.height}, TextSize::Body,
                  colour::text(),
                  phrase("{0} sign-offs {1}/{2}", view.keys.words_for("sign-offs"), std::to_string(done),
                         std::to_string(total)));
    }

    Slate& draft = view.draft;
    const auto* const offices = preset.guest ? &preset.guest->offices : nullptr;
    const auto* const places = preset.place ? &preset.place->suggestions : nullptr;
    bool changed = draw_field(pen, cell(0, 1), {"##school", tr("School"), &draft.school}, view.editing);
    if (view.focus_guest) {
        ImGui::SetKeyboardFocusHere();
        view.focus_guest = false;
    }
    changed |= draw_field(pen, cell(1, 1), {"##guest", tr("Guest"), &draft.guest}, view.editing);
    changed |= draw_field(pen, cell(0, 2), {"##office", tr("Office"), &draft.office, offices}, view.editing);
    changed |= draw_field(pen, cell(1, 2), {"##host", tr("Host"), &draft.host}, view.editing);
    const Area last_row{inside.x, cell(0, 3).y, inside.width, row};
    changed |= draw_field(pen, last_row, {"##place", tr("Place"), &draft.place, places}, view.editing);
    draft.confirmed_clauses = now.slate.confirmed_clauses;  // signed off elsewhere, maybe while the person typed
    if (changed) return ChangeSlate{draft};
    return action;
}

}  // namespace changji
