#include "ui/window/theme.hpp"

#include <array>

#include "ui/words.hpp"

namespace changji {

float design_pixels(TextSize size) {
    constexpr std::array<float, text_size_count> pixels{20, 26, 36, 56, 84};
    return pixels[static_cast<std::size_t>(size)];
}

Tone tone_of(FindingStatus status) {
    switch (status) {
        case FindingStatus::Pass: return Tone::Good;
        case FindingStatus::Warn: return Tone::Caution;
        case FindingStatus::Fail: return Tone::Bad;
        case FindingStatus::Confirm:
        case FindingStatus::Unmeasured: break;
    }
    return Tone::Unknown;
}

Tone tone_of(VerdictStatus status) {
    switch (status) {
        case VerdictStatus::Pass: return Tone::Good;
        case VerdictStatus::Warn: return Tone::Caution;
        case VerdictStatus::Fail: break;
    }
    return Tone::Bad;
}

ImU32 colour_of(Tone tone) {
    switch (tone) {
        case Tone::Good: return colour::accent;
        case Tone::Caution: return colour::amber;
        case Tone::Bad: return colour::red;
        case Tone::Unknown: break;
    }
    return colour::muted;
}

const char* word_for(Tone tone) {
    switch (tone) {
        case Tone::Good: return word_for(FindingStatus::Pass);
        case Tone::Caution: return word_for(FindingStatus::Warn);
        case Tone::Bad: return word_for(FindingStatus::Fail);
        case Tone::Unknown: break;
    }
    return word_for(FindingStatus::Unmeasured);
}

void apply_theme(float scale) {
    ImGuiStyle style;
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.FrameRounding = 6;
    style.PopupRounding = 8;
    style.GrabRounding = 6;
    style.GrabMinSize = 18;
    style.FramePadding = {12, 6};
    style.ItemSpacing = {8, 8};
    style.ScrollbarSize = 12;
    style.ScaleAllSizes(scale);
    style.WindowMinSize = {1, 1};
    style.PopupBorderSize = 1;

    const auto set = [&style](ImGuiCol which, ImU32 value) {
        style.Colors[which] = ImGui::ColorConvertU32ToFloat4(value);
    };
    set(ImGuiCol_Text, colour::text);
    set(ImGuiCol_TextDisabled, colour::muted);
    set(ImGuiCol_WindowBg, colour::background);
    set(ImGuiCol_ChildBg, IM_COL32(0, 0, 0, 0));
    set(ImGuiCol_PopupBg, colour::raised);
    set(ImGuiCol_Border, colour::line);
    set(ImGuiCol_FrameBg, colour::raised);
    set(ImGuiCol_FrameBgHovered, colour::line);
    set(ImGuiCol_FrameBgActive, colour::raised);
    set(ImGuiCol_Header, colour::line);
    set(ImGuiCol_HeaderHovered, IM_COL32(66, 203, 188, 70));
    set(ImGuiCol_HeaderActive, IM_COL32(66, 203, 188, 110));
    set(ImGuiCol_SliderGrab, colour::accent);
    set(ImGuiCol_SliderGrabActive, colour::text);
    set(ImGuiCol_ScrollbarBg, IM_COL32(0, 0, 0, 0));
    set(ImGuiCol_ScrollbarGrab, colour::line);
    set(ImGuiCol_TextSelectedBg, IM_COL32(66, 203, 188, 90));
    set(ImGuiCol_NavHighlight, colour::accent);
    ImGui::GetStyle() = style;
}

}  // namespace changji
