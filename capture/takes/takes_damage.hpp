#pragma once

#include <cstdint>
#include <filesystem>

#include "capture/mp4/byte_file.hpp"
#include "capture/mp4/index.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// What of a broken-off recording can be relied on.
struct UsablePart {
    std::int64_t end = 0;  ///< of the last fragment without damage
    mp4::Index index;      ///< of the file up to there
    double damaged_s = 0;  ///< picture in whole fragments behind it: damaged, or behind damage
};

/// Finds the last fragment up to which a recording is undamaged. After a power cut the end of a file may have its right
/// size and still hold zeros or what lay on the disk before: then structure alone tells nothing. So of the last half
/// minute every fragment must follow the one before, fill its media data and hold no run of zeros, and the last seconds
/// must decode; at the first that doesn't the recording ends. Corrupt when nothing playable is left, or when there is
/// damage further back than half a minute.
[[nodiscard]] Result<UsablePart> find_usable_part(const mp4::ByteFile& file, const std::filesystem::path& name);

}  // namespace changji
