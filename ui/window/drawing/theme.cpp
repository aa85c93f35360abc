#include "ui/window/drawing/theme.hpp"

#include <array>

#include "ui/words.hpp"

namespace changji {

namespace {

struct Palette {
    ImU32 background, surface, raised, line, text, muted, accent, amber, red, on_accent, veil, plate;
};

constexpr Palette dark{
    .background = IM_COL32(9, 13, 18, 255),
    .surface = IM_COL32(20, 27, 36, 255),
    .raised = IM_COL32(32, 42, 54, 255),
    .line = IM_COL32(52, 66, 82, 255),
    .text = IM_COL32(236, 241, 245, 255),
    .muted = IM_COL32(154, 170, 187, 255),
    .accent = IM_COL32(66, 203, 188, 255),
    .amber = IM_COL32(247, 187, 72, 255),
    .red = IM_COL32(255, 82, 78, 255),
    .on_accent = IM_COL32(0, 0, 0, 255),
    .veil = IM_COL32(5, 8, 12, 214),
    .plate = IM_COL32(12, 17, 24, 245),
};

constexpr Palette light{
    .background = IM_COL32(226, 231, 236, 255),
    .surface = IM_COL32(248, 250, 251, 255),
    .raised = IM_COL32(207, 216, 224, 255),
    .line = IM_COL32(178, 190, 201, 255),
    .text = IM_COL32(15, 23, 31, 255),
    .muted = IM_COL32(72, 87, 102, 255),
    .accent = IM_COL32(0, 112, 130, 255),
    .amber = IM_COL32(166, 92, 0, 255),
    .red = IM_COL32(180, 0, 60, 255),
    .on_accent = IM_COL32(255, 255, 255, 255),
    .veil = IM_COL32(244, 247, 249, 226),
    .plate = IM_COL32(248, 250, 251, 247),
};

const Palette* in_use = &dark;

constexpr ImU32 translucent(ImU32 ink, ImU32 alpha) { return (ink & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT); }

}  // namespace

void use_theme(Theme theme) { in_use = theme == Theme::Dark ? &dark : &light; }
Theme theme_in_use() { return in_use == &dark ? Theme::Dark : Theme::Light; }

namespace colour {
ImU32 background() { return in_use->background; }
ImU32 surface() { return in_use->surface; }
ImU32 raised() { return in_use->raised; }
ImU32 line() { return in_use->line; }
ImU32 text() { return in_use->text; }
ImU32 muted() { return in_use->muted; }
ImU32 accent() { return in_use->accent; }
ImU32 amber() { return in_use->amber; }
ImU32 red() { return in_use->red; }
ImU32 on_accent() { return in_use->on_accent; }
ImU32 veil() { return in_use->veil; }
ImU32 plate() { return in_use->plate; }
}  // namespace colour

float design_pixels(TextSize size) {
    constexpr std::array<float, text_size_count> pixels{20, 26, 36, 56, 84, 220};
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
        case Tone::Good: return colour::accent();
        case Tone::Caution: return colour::amber();
        case Tone::Bad: return colour::red();
        case Tone::Unknown: break;
    }
    return colour::muted();
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
    set(ImGuiCol_Text, colour::text());
    set(ImGuiCol_TextDisabled, colour::muted());
    set(ImGuiCol_WindowBg, colour::background());
    set(ImGuiCol_ChildBg, IM_COL32(0, 0, 0, 0));
    set(ImGuiCol_PopupBg, colour::raised());
    set(ImGuiCol_Border, colour::line());
    set(ImGuiCol_FrameBg, colour::raised());
    set(ImGuiCol_FrameBgHovered, colour::line());
    set(ImGuiCol_FrameBgActive, colour::raised());
    set(ImGuiCol_Header, colour::line());
    set(ImGuiCol_HeaderHovered, translucent(colour::accent(), 70));
    set(ImGuiCol_HeaderActive, translucent(colour::accent(), 110));
    set(ImGuiCol_SliderGrab, colour::accent());
    set(ImGuiCol_SliderGrabActive, colour::text());
    set(ImGuiCol_ScrollbarBg, IM_COL32(0, 0, 0, 0));
    set(ImGuiCol_ScrollbarGrab, colour::line());
    set(ImGuiCol_TextSelectedBg, translucent(colour::accent(), 90));
    set(ImGuiCol_NavHighlight, colour::accent());
    ImGui::GetStyle() = style;
}

}  // namespace changji
