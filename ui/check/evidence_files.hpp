#pragma once

#include <filesystem>
#include <vector>

#include "analysis/take_log.hpp"
#include "analysis/verdict.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// For each meter's finding that warns or fails: the moment at which it stood worst, and a still (PNG) or three seconds
/// of sound (WAV) of it in `folder`, named after the check: clutter as a map of the edges that count, light as a map of
/// what is burnt out, black or one-sided, a noise as the quietest three seconds, where the room is heard. `findings`
/// are told where they lie, relative to the folder's parent. The folder is made only when something is put into it;
/// what lay in it under the same names is replaced. `media` is a finished file: nothing is taken from a running
/// recording. Io or DiskFull when they can't be written. A moment that can't be read has no picture or sound.
/// `person_model`: as the meters had it.
[[nodiscard]] Status save_evidence(const std::filesystem::path& media, const TakeLog& log, const Preset& preset,
                                   const std::filesystem::path& folder, std::vector<Finding>& findings,
                                   const std::filesystem::path& person_model = {});

}  // namespace changji
