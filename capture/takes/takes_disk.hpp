#pragma once

#include <filesystem>

#include "capture/types/result.hpp"

namespace changji {

/// What went wrong with writing `path`, by errno: DiskFull or Io, with the remedy.
[[nodiscard]] Error write_error(const std::filesystem::path& path, int error_number);

/// Makes sure that a file, or the names in a folder, survive a power cut. 0 or errno.
[[nodiscard]] int sync_path(const std::filesystem::path& path);

/// The folder a path lies in; "." for a bare name.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);

/// Never replaces a file. 0 or errno; EEXIST when `to` is there already.
[[nodiscard]] int rename_new(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes a file at the end of a scope unless it was kept.
class RemoveAtEnd {
public:
    explicit RemoveAtEnd(std::filesystem::path path) : path_(std::move(path)) {}
    ~RemoveAtEnd() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove(path_, ignored);
    }
    RemoveAtEnd(const RemoveAtEnd&) = delete;
    RemoveAtEnd& operator=(const RemoveAtEnd&) = delete;
    void keep() { path_.clear(); }

private:
    std::filesystem::path path_;
};

}  // namespace changji
