#pragma once

#include <string>
#include <string_view>

#include "analysis/verdict.hpp"
#include "presets/preset.hpp"

namespace changji {

/// Status as word and as shape, never colour alone.
[[nodiscard]] const char* word_for(FindingStatus status);
[[nodiscard]] const char* word_for(VerdictStatus status);
[[nodiscard]] const char* shape_for(FindingStatus status);  ///< "✓", "▲", "✕", "?", "–"
[[nodiscard]] const char* shape_for(VerdictStatus status);
/// "Can be sent in.", "Can be sent in once the open points are settled.", "Can't be sent in."
[[nodiscard]] const char* sentence_for(VerdictStatus status);

/// What a live meter looks at: "Light".
[[nodiscard]] const char* name_for(Aspect aspect);
/// What a check looks at: "Face brightness" for "light.face_luma_percent".
[[nodiscard]] std::string name_for_check(std::string_view check);

/// "01:05" or "1:02:03", as timers show it; rounds down.
[[nodiscard]] std::string clock_text(double seconds);

/// A fault in a preset file as a sentence, without file and line.
[[nodiscard]] Message sentence_for(const PresetFault& fault);

}  // namespace changji
