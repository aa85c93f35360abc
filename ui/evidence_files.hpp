#pragma once

#include <filesystem>
#include <vector>

#include "analysis/take_log.hpp"
#include "analysis/verdict.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// For each meter's finding that warns or fails: the worst moment, and a still (PNG) or three seconds of sound (WAV) of
/// it in `folder`, named after the check. `findings` are told where they lie, relative to the report's folder, which is
/// `folder`'s parent. The folder is made only when there is something to put into it; what lay in it under the same
/// names is replaced. `video` is the finished file: nothing is taken from a running recording.
/// Io or DiskFull when they can't be written; a moment that can't be read is left out.
Status save_evidence(const std::filesystem::path& video, const TakeLog& log, const Preset& preset,
                     const std::filesystem::path& folder, std::vector<Finding>& findings);

}  // namespace changji
