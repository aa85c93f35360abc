#pragma once

#include <imgui.h>

#include "analysis/verdict.hpp"

namespace changji {

/// The type scale, in pixels of the 1920×1080 design.
enum class TextSize { Caption, Body, Label, Word, Display, Number };  ///< Number: digits alone
inline constexpr int text_size_count = 6;
[[nodiscard]] float design_pixels(TextSize size);

enum class Theme { Dark, Light };
/// For everything that is drawn from now on; the main thread alone.
void use_theme(Theme theme);
[[nodiscard]] Theme theme_in_use();

/// The colours of the theme in use. Dark: calm blue-black surfaces, so that the picture is the brightest thing; light:
/// for daylight, where a dark screen is a mirror. Teal is the one accent and means "good, active, chosen"; red is kept
/// for recording and for what fails. Good, caution and bad stay apart for colour-blind eyes (a test simulates them),
/// and nothing is said by colour alone.
namespace colour {
[[nodiscard]] ImU32 background();
[[nodiscard]] ImU32 surface();
[[nodiscard]] ImU32 raised();
[[nodiscard]] ImU32 line();
[[nodiscard]] ImU32 text();
[[nodiscard]] ImU32 muted();
[[nodiscard]] ImU32 accent();
[[nodiscard]] ImU32 amber();
[[nodiscard]] ImU32 red();
[[nodiscard]] ImU32 on_accent();  ///< what is written on accent, amber or red
[[nodiscard]] ImU32 veil();       ///< over the picture, under words
[[nodiscard]] ImU32 plate();      ///< the same, where the words matter more than the picture
// The same in both themes: what lies on the picture itself, and what the host reads.
inline constexpr ImU32 black = IM_COL32(0, 0, 0, 255);
inline constexpr ImU32 white = IM_COL32(236, 241, 245, 255);
inline constexpr ImU32 aim = IM_COL32(66, 203, 188, 255);
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
