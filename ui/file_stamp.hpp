#pragma once

#include <cstdint>
#include <filesystem>

namespace changji {

/// What tells whether a file has changed, also over restarts. Zeros where there is no regular file.
struct FileStamp {
    std::int64_t size_bytes = 0;
    std::int64_t modified_ns = 0;  ///< since 1970

    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
[[nodiscard]] FileStamp stamp_of(const std::filesystem::path& file);

/// Which file bears a name now, and its stamp: another one put in its place is told from one that was written on.
struct FileMark {
    std::uint64_t device = 0, inode = 0;
    FileStamp stamp;

    [[nodiscard]] bool is_there() const { return inode != 0; }
    friend bool operator==(const FileMark&, const FileMark&) = default;
};
[[nodiscard]] FileMark mark_of(const std::filesystem::path& file);

}  // namespace changji
