#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "capture/types/result.hpp"

namespace changji {

struct CopiedFile {
    std::string sha256;  ///< 64 lower-case hexadecimal digits
    std::int64_t size_bytes = 0;
};

/// SHA-256 and size of a regular file. Io, or UnsupportedFormat for what is no regular file.
[[nodiscard]] Result<CopiedFile> hash_file(const std::filesystem::path& file);

/// Asked every megabyte, with the bytes copied so far; it may wait. False breaks the copy off.
using MayGoOn = std::function<bool(std::int64_t copied_bytes)>;

/// Copies `from` into the new file `to`, syncs it, and reads both again from the disk: returns only when their SHA-256
/// agree. Never replaces a file. Io, DiskFull, Corrupt (what was read back differs), EndOfStream (broken off); then
/// `to` is gone again.
[[nodiscard]] Result<CopiedFile> copy_verified(const std::filesystem::path& from, const std::filesystem::path& to,
                                               const MayGoOn& may_go_on = {});

/// Writes `content` into the new file `to` in the same way.
[[nodiscard]] Result<CopiedFile> write_verified(std::string_view content, const std::filesystem::path& to);

/// The bytes of a regular file of at most `most_bytes`. InvalidConfig when it is larger; else as hash_file.
[[nodiscard]] Result<std::string> read_whole(const std::filesystem::path& file, std::int64_t most_bytes);

}  // namespace changji
