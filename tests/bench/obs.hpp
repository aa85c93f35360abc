#pragma once

#include <filesystem>
#include <string>

#include "tests/bench/program_cost.hpp"

namespace changji::bench {

/// Records a clip, which is played over and over, with OBS Studio on a screen of its own: 1920×1080 at 25/s, x264 with
/// that preset, AAC. Its scene and profile lie in `folder`. The processor time is of its start as well, brought to
/// `seconds` of film; `frames_lost` is what its own log says it was too late for.
[[nodiscard]] Cost record_with_obs(const std::filesystem::path& clip, int seconds, const std::string& preset,
                                   const std::filesystem::path& folder);

}  // namespace changji::bench
