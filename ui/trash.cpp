#include "ui/trash.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

namespace changji {
namespace fs = std::filesystem;
namespace {

/// One trash: `files` holds what was thrown away, `info` where it came from.
struct Trash {
    fs::path folder;
    fs::path top;  ///< what stored paths are relative to; empty: they are absolute
};

std::optional<dev_t> device_of(const fs::path& path) {
    struct stat about = {};
    return ::lstat(path.c_str(), &about) == 0 ? std::optional(about.st_dev) : std::nullopt;
}

fs::path home_trash() {
    const char* data = std::getenv("XDG_DATA_HOME");
    if (data && *data == '/') return fs::path(data) / "Trash";
    const char* home = std::getenv("HOME");
    return home && *home == '/' ? fs::path(home) / ".local" / "share" / "Trash" : fs::path();
}

/// Makes `folder` with what is above it, for its owner alone.
bool make_private(const fs::path& folder) {
    std::error_code failure;
    if (fs::is_directory(folder, failure)) return true;
    if (folder.has_parent_path() && folder.parent_path() != folder && !make_private(folder.parent_path())) return false;
    return ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST;
}

bool is_usable(const fs::path& folder, dev_t device) {
    return make_private(folder / "files") && make_private(folder / "info") && device_of(folder / "files") == device;
}

/// The uppermost folder above `path` on the same file system.
fs::path top_of(fs::path path, dev_t device) {
    while (path.has_parent_path() && path.parent_path() != path && device_of(path.parent_path()) == device) {
        path = path.parent_path();
    }
    return path;
}

/// An administrator's `.Trash` counts only as the specification says: no link, and sticky.
bool is_shared_trash(const fs::path& folder) {
    struct stat about = {};
    return ::lstat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode) && (about.st_mode & S_ISVTX);
}

/// A folder of ours at the top of another file system: nobody's link, and nobody else's.
bool is_own_or_absent(const fs::path& folder) {
    struct stat about = {};
    if (::lstat(folder.c_str(), &about) != 0) return errno == ENOENT;
    return S_ISDIR(about.st_mode) && about.st_uid == ::getuid();
}

std::optional<Trash> trash_for(const fs::path& path) {
    const auto device = device_of(path);
    if (!device) return std::nullopt;
    if (const fs::path home = home_trash(); !home.empty()) {
        fs::path existing = home;
        std::error_code ignored;
        while (!fs::exists(existing, ignored) && existing.has_relative_path()) existing = existing.parent_path();
        struct stat about = {};
        const bool same = ::stat(existing.c_str(), &about) == 0 && about.st_dev == *device;
        if (same && is_usable(home, *device)) return Trash{home, {}};
    }
    const fs::path top = top_of(path.parent_path(), *device);
    const std::string user = std::to_string(::getuid());
    if (is_shared_trash(top / ".Trash") && is_own_or_absent(top / ".Trash" / user) &&
        is_usable(top / ".Trash" / user, *device)) {
        return Trash{top / ".Trash" / user, top};
    }
    const fs::path own = top / (".Trash-" + user);
    if (is_own_or_absent(own) && is_usable(own, *device)) return Trash{own, top};
    return std::nullopt;
}

/// As in a URL: RFC 2396, with the slashes left in.
std::string percent_encoded(const std::string& path) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos) {
            encoded += c;
        } else {
            (encoded += '%') += {digits[byte >> 4], digits[byte & 15]};
        }
    }
    return encoded;
}

std::string local_time() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &local)};
}

/// What was moved, and how it is put back.
struct Moved {
    fs::path from, to, info;
};

void put_back(const std::vector<Moved>& moved) {
    for (auto one = moved.rbegin(); one != moved.rend(); ++one) {
        if (::renameat2(AT_FDCWD, one->to.c_str(), AT_FDCWD, one->from.c_str(), RENAME_NOREPLACE) == 0) {
            ::unlink(one->info.c_str());
        }
    }
}

bool write_info(int descriptor, const std::string& content) {
    const bool written = ::write(descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
                         ::fsync(descriptor) == 0;
    return ::close(descriptor) == 0 && written;
}

/// Takes a name that is free in the trash and moves the file there. 0 or errno.
int move_one(const fs::path& path, const Trash& trash, std::vector<Moved>& moved) {
    const std::string stored = trash.top.empty() ? path.string() : path.lexically_relative(trash.top).string();
    const std::string content =
        "[Trash Info]\nPath=" + percent_encoded(stored) + "\nDeletionDate=" + local_time() + "\n";
    for (int copy = 1; copy < 10'000; ++copy) {
        const std::string name = copy == 1
                                     ? path.filename().string()
                                     : path.stem().string() + "." + std::to_string(copy) + path.extension().string();
        const Moved here{path, trash.folder / "files" / name, trash.folder / "info" / (name + ".trashinfo")};
        // The info file reserves the name, as every program that trashes does it.
        const int descriptor = ::open(here.info.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor < 0) return errno;
        const bool written = write_info(descriptor, content);
        int failed = written ? 0 : EIO;
        if (written && ::renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, here.to.c_str(), RENAME_NOREPLACE) != 0) {
            failed = errno;
            // Network file systems know no exchange without replacing; the info file has reserved the name.
            std::error_code ignored;
            if (failed == EINVAL && !fs::exists(fs::symlink_status(here.to, ignored))) {
                failed = ::rename(path.c_str(), here.to.c_str()) == 0 ? 0 : errno;
            }
        }
        if (failed == 0) {
            moved.push_back(here);
            return 0;
        }
        ::unlink(here.info.c_str());
        if (failed != EEXIST) return failed;
    }
    return EEXIST;
}

}  // namespace

Status move_to_trash(const std::vector<fs::path>& paths) {
    std::vector<Moved> moved;
    for (const fs::path& given : paths) {
        std::error_code failure;
        // The folder may be reached by links, the file itself is what is moved.
        const fs::path path =
            fs::canonical(given.has_parent_path() ? given.parent_path() : ".", failure) / given.filename();
        const auto trash = failure ? std::nullopt : trash_for(path);
        if (!trash) {
            put_back(moved);
            return Error{ErrorKind::Io, say("The disk of {0} has no trash that can be used: nothing was deleted. Move "
                                            "the take's files away yourself.",
                                            given.string())};
        }
        if (const int failed = move_one(path, *trash, moved); failed != 0) {
            put_back(moved);
            return Error{ErrorKind::Io, say("{0} can't be moved to the trash ({1}): nothing was deleted.",
                                            given.string(), std::strerror(failed))};
        }
    }
    return {};
}

std::vector<fs::path> all_files_of(const TakeFiles& files) {
    const std::string prefix = files.report.stem().string() + ".";
    std::vector<fs::path> all;
    std::error_code failure;
    for (fs::directory_iterator entry(files.report.parent_path(), failure), end; !failure && entry != end;
         entry.increment(failure)) {
        if (entry->path().filename().string().starts_with(prefix)) all.push_back(entry->path());
    }
    std::ranges::sort(all);
    return all;
}

Status trash_take(const TakeFiles& files) {
    std::error_code ignored;
    std::vector<TakeLock> locks;
    for (const fs::path& media : {files.part, files.video}) {
        if (!fs::exists(media, ignored)) continue;
        auto lock = TakeLock::acquire(media);
        if (!lock) return lock.error();
        locks.push_back(*std::move(lock));
    }
    const std::vector<fs::path> all = all_files_of(files);
    if (all.empty()) {
        return Error{ErrorKind::InvalidConfig, say("There is no take {0} in {1}.", std::to_string(files.number),
                                                   files.report.parent_path().string())};
    }
    return move_to_trash(all);
}

}  // namespace changji
