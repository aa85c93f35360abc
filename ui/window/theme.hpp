#pragma once

#include <imgui.h>

#include "analysis/verdict.hpp"

namespace changji {

/// The type scale, in pixels of the 1920×1080 design.
enum class TextSize { Caption, Body, Label, Word, Display };
inline constexpr int text_size_count = 5;
[[nodiscard]] float design_pixels(TextSize size);

/// Calm blue-black surfaces so that the picture is the brightest thing; teal is the one accent and means
/// "good, active, chosen"; red is kept for recording and for what fails. Nothing is said by colour alone.
namespace colour {
inline constexpr ImU32 background = IM_COL32(9, 13, 18, 255);
inline constexpr ImU32 surface = IM_COL32(20, 27, 36, 255);
inline constexpr ImU32 raised = IM_COL32(32, 42, 54, 255);
inline constexpr ImU32 line = IM_COL32(52, 66, 82, 255);
inline constexpr ImU32 text = IM_COL32(236, 241, 245, 255);
inline constexpr ImU32 muted = IM_COL32(154, 170, 187, 255);
inline constexpr ImU32 accent = IM_COL32(66, 203, 188, 255);
inline constexpr ImU32 amber = IM_COL32(247, 187, 72, 255);
inline constexpr ImU32 red = IM_COL32(255, 82, 78, 255);
inline constexpr ImU32 black = IM_COL32(0, 0, 0, 255);
inline constexpr ImU32 veil = IM_COL32(5, 8, 12, 214);
}  // namespace colour

/// How sure and how good, as the screen shows it: always a shape, a word and a colour together.
enum class Tone { Good, Caution, Bad, Unknown };
[[nodiscard]] Tone tone_of(FindingStatus status);
[[nodiscard]] Tone tone_of(VerdictStatus status);
[[nodiscard]] ImU32 colour_of(Tone tone);
/// "Pass", "Warn", "Fail", "Not measured" in the language in use.
[[nodiscard]] const char* word_for(Tone tone);

/// Sets ImGui's own widgets (fields, lists, scroll bars) into the same theme.
void apply_theme(float scale);

}  // namespace changji
