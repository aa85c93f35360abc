#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "capture/types/media_facts.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// Reads a file's container and sample tables, decoding nothing more than needed for the stream parameters.
/// Io when it can't be opened (missing, no permission), Corrupt when it is a media file that can't be read,
/// UnsupportedFormat when it is no media file at all. Never reads a folder, a device or standard input.
[[nodiscard]] Result<MediaFacts> probe_file(const std::filesystem::path& file);

/// Decodes picture and sound from first to last packet and counts what fails. `on_progress` gets 0..1.
/// `cancelled` may be null.
[[nodiscard]] Result<DecodeFacts> decode_file(const std::filesystem::path& file,
                                              const std::function<void(double)>& on_progress = {},
                                              const std::atomic<bool>* cancelled = nullptr);

/// An MP4 whose boxes promise more bytes than the file has: it was cut off, even if what is left plays. To be asked of
/// files of that kind alone.
[[nodiscard]] bool is_cut_short(const std::filesystem::path& file);

}  // namespace changji
