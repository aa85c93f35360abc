#pragma once

// What becomes of a file while it is played. Internal to capture/.

#include <filesystem>

#include "capture/mp4/byte_file.hpp"
#include "capture/playback.hpp"

namespace changji {

/// Compares the opened file with what it was then, and with what bears its name now.
[[nodiscard]] FileChange change_of(const mp4::ByteFile& opened, const std::filesystem::path& name);
/// For a person; empty for None.
[[nodiscard]] Message words_of(FileChange change, const std::filesystem::path& name);

}  // namespace changji
