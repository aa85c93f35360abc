#pragma once

#include <string>
#include <string_view>

#include "ui/project/project.hpp"

namespace changji {

/// What people typed as a name for every file system: no separators, wildcards, control or invisible characters, no
/// names that Windows keeps for itself, neither dots nor spaces at the ends, at most 120 bytes of whole characters.
/// Empty when nothing is left.
[[nodiscard]] std::string safe_file_name(std::string_view text);

/// A preset's pattern with its fields {school}, {guest}, {office}, {number} filled from the slate and made safe; a
/// field that nobody entered leaves no gap behind. `otherwise` when nothing is left.
[[nodiscard]] std::string name_by_pattern(std::string_view pattern, const Slate& slate, int number,
                                          std::string_view otherwise);

}  // namespace changji
