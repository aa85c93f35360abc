#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

/// The fixed offset of a camera and a microphone, by the names their sources grant.
struct SyncOffset {
    std::string camera;
    std::string microphone;
    std::chrono::milliseconds offset{0};  ///< how much the sound is late against the picture

    friend bool operator==(const SyncOffset&, const SyncOffset&) = default;
};

/// Beyond that something other than a delay is wrong.
inline constexpr std::chrono::milliseconds max_sync_offset{1000};

/// `changji/sync.toml` in the user's configuration folder (XDG_CONFIG_HOME, else ~/.config); empty without either.
/// One `[[pair]]` with `camera`, `microphone` and `offset_ms` each; whatever else stands there is kept.
[[nodiscard]] std::filesystem::path sync_offsets_file();

/// Every stored pair, in the file's order; none when there is no file. Io when it can't be read, InvalidConfig with
/// line and reason when it is broken or a pair is out of range.
[[nodiscard]] Result<std::vector<SyncOffset>> list_sync_offsets();

/// What is stored for this pair; zero when nothing is. A file that can't be read counts as nothing, and the log says
/// so.
[[nodiscard]] std::chrono::milliseconds sync_offset(const std::string& camera, const std::string& microphone);

/// Stores or replaces a pair, at once and whole. InvalidConfig beyond ±1 s; a broken file is left as it is and named.
Status store_sync_offset(const SyncOffset& pair);

/// Whether there was anything to forget; errors as above.
Result<bool> forget_sync_offset(const std::string& camera, const std::string& microphone);

}  // namespace changji
