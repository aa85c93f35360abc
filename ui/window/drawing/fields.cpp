#include "ui/window/drawing/fields.hpp"

#include <imgui.h>
#include <imgui_stdlib.h>
#include <algorithm>

#include "ui/language/language.hpp"

namespace changji {

void draw_arrow(const Pen& pen, const Area& area) {
    const ImVec2 middle(area.x + area.width / 2, area.y + area.height / 2);
    const float reach = pen.px(8);
    pen.list().AddTriangleFilled({middle.x - reach, middle.y - reach / 2}, {middle.x + reach, middle.y - reach / 2},
                                 {middle.x, middle.y + reach * 0.7F}, colour::muted());
}

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

bool draw_field(const Pen& pen, const Area& area, const Field& field, bool& editing) {
    const float label_width = pen.px(field.label_width);
    pen.label({area.x, area.y, label_width - pen.px(8), area.height},
              field.label_width > 100 ? TextSize::Body : TextSize::Caption, colour::muted(), field.label);
    pen.fonts().need(TextSize::Body, *field.text);
    const bool suggests = field.suggestions && !field.suggestions->empty();
    const float arrow_width = suggests ? pen.px(36) : 0.0F;
    const Area box{area.x + label_width, area.y, area.width - label_width - arrow_width, area.height};
    ImGui::SetCursorScreenPos({box.x, box.y});
    ImGui::SetNextItemWidth(box.width);
    const float padding = (area.height - ImGui::GetFontSize()) / 2;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {pen.px(10), padding});
    ImGui::InputText(field.id, field.text);
    ImGui::PopStyleVar();
    bool changed = ImGui::IsItemDeactivatedAfterEdit();
    if (ImGui::IsItemActive()) {
        editing = true;
        pen.outline(box, colour::accent(), pen.px(2), pen.px(6));
    }
    if (suggests) {
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

bool draw_button(const Pen& pen, const char* id, const Area& area, std::string_view words, Emphasis emphasis) {
    const bool pressed = pen.button(id, area);
    const bool focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
    const bool chosen = emphasis == Emphasis::Chosen;
    pen.fill(area, chosen ? colour::accent() : ImGui::IsItemHovered() ? colour::line() : colour::surface(), pen.px(8));
    if (emphasis == Emphasis::Main) pen.outline(area, colour::accent(), pen.px(2), pen.px(8));
    if (focused) pen.outline(area.inset(-pen.px(3), -pen.px(3)), colour::text(), pen.px(3), pen.px(10));
    const Area inside = area.inset(pen.px(8), 0);
    const bool fits = pen.width(TextSize::Body, words) <= inside.width;
    pen.label(inside, fits ? TextSize::Body : TextSize::Caption, chosen ? colour::on_accent() : colour::text(), words,
              Align::Centre);
    return pressed;
}

bool draw_list_row(const Pen& pen, const char* id, const Area& area, bool chosen) {
    const bool pressed = pen.button(id, area);
    const bool focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
    pen.fill(area, ImGui::IsItemHovered() ? colour::line() : colour::surface(), pen.px(8));
    if (chosen) pen.fill({area.x, area.y, pen.px(8), area.height}, colour::accent(), pen.px(4));
    if (chosen) pen.outline(area, colour::accent(), pen.px(2), pen.px(8));
    if (focused) pen.outline(area.inset(pen.px(2), pen.px(2)), colour::text(), pen.px(3), pen.px(8));
    return pressed;
}

bool draw_number(const Pen& pen, const char* id, const Area& area, int& value, int least, int most,
                 std::string_view words) {
    const float words_width = pen.px(130);
    ImGui::SetCursorScreenPos({area.x, area.y});
    ImGui::SetNextItemWidth(area.width - words_width);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        {pen.px(8), std::max(0.0F, (area.height - ImGui::GetFontSize()) / 2)});
    const bool changed =
        ImGui::SliderInt(id, &value, least, most, "", ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput);
    ImGui::PopStyleVar();
    pen.label({area.right() - words_width, area.y, words_width, area.height}, TextSize::Body, colour::text(), words,
              Align::Right);
    return changed;
}

Pen begin_scroll(const Pen& pen, const char* id, const Area& area) {
    ImGui::SetCursorScreenPos({area.x, area.y});
    ImGui::BeginChild(id, {area.width, area.height}, false, ImGuiWindowFlags_NavFlattened);
    return {pen.fonts(), pen.scale()};
}

void end_scroll(const Area& area, float height) {
    ImGui::SetCursorPos({0, 0});
    ImGui::Dummy({area.width * 0.5F, height});
    ImGui::EndChild();
}

const std::string& title_of(const Preset& preset) {
    return language_in_use() == Language::Chinese || preset.title_en.empty() ? preset.title : preset.title_en;
}

}  // namespace changji
