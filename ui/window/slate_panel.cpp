#include <imgui.h>
#include <imgui_stdlib.h>
#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"
#include "ui/window/take_flow.hpp"

namespace changji {
namespace {

struct Field {
    const char* id;
    const char* label;
    std::string* text;
    const std::vector<std::string>* suggestions;  ///< may be null
};

void draw_arrow(const Pen& pen, const Area& area) {
    const ImVec2 middle(area.x + area.width / 2, area.y + area.height / 2);
    const float reach = pen.px(8);
    pen.list().AddTriangleFilled({middle.x - reach, middle.y - reach / 2}, {middle.x + reach, middle.y - reach / 2},
                                 {middle.x, middle.y + reach * 0.7F}, colour::muted());
}

/// A list that drops from `area`; the line that was chosen.
std::optional<std::size_t> choose_from(const Pen& pen, const char* popup, const Area& area,
                                       const std::vector<std::string>& lines) {
    std::optional<std::size_t> chosen;
    ImGui::SetNextWindowPos({area.x, area.y}, ImGuiCond_Always, {0.0F, 1.0F});
    ImGui::SetNextWindowSize({std::max(area.width, pen.px(420)), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {pen.px(12), pen.px(12)});
    if (ImGui::BeginPopup(popup)) {
        for (std::size_t index = 0; index < lines.size(); ++index) {
            pen.fonts().need(TextSize::Body, lines[index]);
            ImGui::PushID(static_cast<int>(index));
            if (ImGui::Selectable(lines[index].c_str())) chosen = index;
            ImGui::PopID();
        }
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
    return chosen;
}

/// True when the field was just changed for good: Enter, Tab, a click elsewhere, a suggestion.
bool draw_field(const Pen& pen, const Area& area, const Field& field, ViewState& view) {
    const float label_width = pen.px(72);
    pen.label({area.x, area.y, label_width - pen.px(8), area.height}, TextSize::Caption, colour::muted(), field.label);
    pen.fonts().need(TextSize::Body, *field.text);
    const float arrow_width = field.suggestions && !field.suggestions->empty() ? pen.px(36) : 0.0F;
    const Area box{area.x + label_width, area.y, area.width - label_width - arrow_width, area.height};
    ImGui::SetCursorScreenPos({box.x, box.y});
    ImGui::SetNextItemWidth(box.width);
    const float padding = (area.height - ImGui::GetFontSize()) / 2;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {pen.px(10), padding});
    ImGui::InputText(field.id, field.text);
    ImGui::PopStyleVar();
    bool changed = ImGui::IsItemDeactivatedAfterEdit();
    if (ImGui::IsItemActive()) {
        view.editing = true;
        pen.outline(box, colour::accent(), pen.px(2), pen.px(6));
    }
    if (arrow_width > 0.0F) {
        ImGui::PushID(field.id);
        const Area arrow{box.right(), area.y, arrow_width, area.height};
        if (pen.button("suggest", arrow)) ImGui::OpenPopup("suggestions");
        draw_arrow(pen, arrow);
        if (const auto chosen = choose_from(pen, "suggestions", box, *field.suggestions)) {
            *field.text = (*field.suggestions)[*chosen];
            changed = true;
        }
        ImGui::PopID();
    }
    return changed;
}

const std::string& title_of(const Preset& preset) {
    return language_in_use() == Language::Chinese || preset.title_en.empty() ? preset.title : preset.title_en;
}

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
                  colour::text(), tr(say("F3 sign-offs {0}/{1}", std::to_string(done), std::to_string(total))));
    }

    Slate& draft = view.draft;
    const auto* const offices = preset.guest ? &preset.guest->offices : nullptr;
    const auto* const places = preset.place ? &preset.place->suggestions : nullptr;
    bool changed = draw_field(pen, cell(0, 1), {"##school", tr("School"), &draft.school, nullptr}, view);
    if (view.focus_guest) {
        ImGui::SetKeyboardFocusHere();
        view.focus_guest = false;
    }
    changed |= draw_field(pen, cell(1, 1), {"##guest", tr("Guest"), &draft.guest, nullptr}, view);
    changed |= draw_field(pen, cell(0, 2), {"##office", tr("Office"), &draft.office, offices}, view);
    changed |= draw_field(pen, cell(1, 2), {"##host", tr("Host"), &draft.host, nullptr}, view);
    const Area last_row{inside.x, cell(0, 3).y, inside.width, row};
    changed |= draw_field(pen, last_row, {"##place", tr("Place"), &draft.place, places}, view);
    draft.confirmed_clauses = now.slate.confirmed_clauses;  // signed off elsewhere, maybe while the person typed
    if (changed) return ChangeSlate{draft};
    return action;
}

}  // namespace changji
