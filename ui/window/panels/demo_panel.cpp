#include <algorithm>
#include <array>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji {
namespace {

/// The field's name, then room for the widget; returns where the widget goes.
Area labelled(const Pen& pen, const Area& area, const char* label) {
    const float wide = pen.width(TextSize::Caption, label) + pen.px(12);
    pen.label({area.x, area.y, wide, area.height}, TextSize::Caption, colour::text(), label);
    return {area.x + wide, area.y + pen.px(8), area.width - wide - pen.px(16), area.height - pen.px(16)};
}

bool draw_slider(const Pen& pen, const char* id, const Area& area, double& value, float least, float most,
                 const std::string& words) {
    auto shown = static_cast<float>(value);
    ImGui::SetCursorScreenPos({area.x, area.y});
    const float words_width = pen.px(104);
    ImGui::SetNextItemWidth(area.width - words_width);
    ImGui::PushFont(pen.fonts().face(TextSize::Caption));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        {pen.px(8), std::max(0.0F, (area.height - ImGui::GetFontSize()) / 2)});
    const bool changed = ImGui::SliderFloat(id, &shown, least, most, "", ImGuiSliderFlags_AlwaysClamp);
    ImGui::PopStyleVar();
    ImGui::PopFont();
    pen.label({area.right() - words_width, area.y, words_width, area.height}, TextSize::Caption, colour::text(), words,
              Align::Right);
    if (changed) value = static_cast<double>(shown);
    return changed;
}

bool draw_clutter(const Pen& pen, const Area& area, Clutter& clutter) {
    constexpr std::array levels{Clutter::Low, Clutter::Medium, Clutter::High};
    const std::array words{tr("Low"), tr("Mid"), tr("High")};
    const float wide = area.width / 3;
    bool changed = false;
    for (std::size_t index = 0; index < levels.size(); ++index) {
        const Area part{area.x + static_cast<float>(index) * wide, area.y, wide - pen.px(3), area.height};
        const bool chosen = clutter == levels[index];
        if (pen.button(words[index], part) && !chosen) {
            clutter = levels[index];
            changed = true;
        }
        pen.fill(part, chosen ? colour::accent() : colour::raised(), pen.px(6));
        pen.label(part, TextSize::Caption, chosen ? colour::on_accent() : colour::text(), words[index], Align::Centre);
    }
    return changed;
}

}  // namespace

std::optional<Action> draw_demo(const Pen& pen, const Area& preview, const SessionSnapshot& now) {
    if (!now.demo || now.stage == Stage::Lost) return std::nullopt;
    const Area bar{preview.x + pen.px(24), preview.bottom() - pen.px(76), preview.width - pen.px(48), pen.px(56)};
    pen.fill(bar, colour::veil(), pen.px(12));
    const float title_width = pen.width(TextSize::Caption, tr("Demo scene")) + pen.px(36);
    pen.label({bar.x + pen.px(16), bar.y, title_width, bar.height}, TextSize::Caption, colour::accent(),
              tr("Demo scene"));
    const float part = (bar.width - title_width) / 3;
    const auto place = [&](int index) {
        return Area{bar.x + title_width + static_cast<float>(index) * part, bar.y, part, bar.height};
    };
    DemoSettings settings = *now.demo;
    bool changed = draw_slider(pen, "##light", labelled(pen, place(0), tr("Lamps")), settings.light, 0.05F, 2.0F,
                               phrase("{0} %", std::to_string(std::lround(settings.light * 100))));
    changed |= draw_clutter(pen, labelled(pen, place(1), tr("Clutter")), settings.clutter);
    changed |= draw_slider(pen, "##noise", labelled(pen, place(2), tr("Room noise")), settings.noise_dbfs, -90.0F,
                           -10.0F, phrase("{0} dBFS", std::to_string(std::lround(settings.noise_dbfs))));
    if (changed) return AdjustDemo{settings};
    return std::nullopt;
}

}  // namespace changji
