#pragma once

#include <filesystem>
#include <optional>

#include "analysis/following/line_check.hpp"
#include "presets/preset.hpp"

namespace changji {

/// Listens for the words of the preset's opening line that are the same for every guest in the first minute of a
/// finished file. Nothing where the preset has no such line, the file no sound or this machine no Mandarin voice to
/// compare with. Takes about half a second: never on a thread that records.
[[nodiscard]] std::optional<LineCheck> listen_for_opening(const Preset& preset, const std::filesystem::path& media);

}  // namespace changji
