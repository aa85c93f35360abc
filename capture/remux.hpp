#pragma once

#include <filesystem>
#include <optional>

#include "capture/types/result.hpp"
#include "capture/types/time.hpp"

namespace changji {

struct RemuxOptions {
    bool tag_bt709 = false;  ///< H.264 and the container are marked as limited-range BT.709; pixels stay as they are
    /// Pictures are put exactly where this rate has them: for containers that round times. None: times stay.
    std::optional<Rational> constant_rate;
};

/// Copies the packets of the first picture and the first sound into a new flat MP4 with the index first; nothing is
/// decoded. `from` is only read; `to` must not exist and appears whole or not at all.
/// Io when `to` exists or can't be written, DiskFull, Corrupt or UnsupportedFormat where the packets don't go into MP4.
[[nodiscard]] Status remux_to_mp4(const std::filesystem::path& from, const std::filesystem::path& to,
                                  const RemuxOptions& options);

}  // namespace changji
