#include "capture/takes/takes_disk.hpp"

#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "capture/takes.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

int write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

/// A name beside `path` that no other thread or program uses.
fs::path temporary_beside(const fs::path& path) {
    static std::atomic<unsigned> counter{0};
    return path.string() + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
}

}  // namespace

Error write_error(const fs::path& path, int error_number) {
    if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG) {
        return {ErrorKind::DiskFull,
                say("The disk has no room for {0}: make room or choose another project folder.", path.string())};
    }
    return {ErrorKind::Io, say("{0} can't be written ({1}): check the folder's permissions and the disk.",
                               path.string(), std::generic_category().message(error_number))};
}

int sync_path(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return errno;
    const int result = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    // Some file systems (network, FUSE) can't sync a folder, and say so with EINVAL.
    return result == EINVAL ? 0 : result;
}

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

Status write_file_atomically(const fs::path& path, std::string_view content) {
    const fs::path temporary = temporary_beside(path);
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) return write_error(path, errno);
    RemoveAtEnd unless_renamed(temporary);
    int failed = write_all(descriptor, content);
    if (failed == 0 && ::fsync(descriptor) != 0) failed = errno;
    if (::close(descriptor) != 0 && failed == 0) failed = errno;
    if (failed == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) failed = errno;
    if (failed != 0) return write_error(path, failed);
    unless_renamed.keep();
    if (const int unsynced = sync_path(folder_of(path)); unsynced != 0) return write_error(path, unsynced);
    return {};
}

Result<DiskRoom> disk_room(const fs::path& folder, int max_bitrate_kbps) {
    if (max_bitrate_kbps <= 0) {
        return Error{ErrorKind::InvalidConfig, say("A bitrate of {0} kb/s can't be recorded: give one above 0.",
                                                   std::to_string(max_bitrate_kbps))};
    }
    std::error_code ignored;
    fs::path existing = fs::absolute(folder, ignored);
    while (existing.has_relative_path() && !fs::exists(existing, ignored)) existing = existing.parent_path();
    struct statvfs system = {};
    if (::statvfs(existing.c_str(), &system) != 0) {
        return Error{ErrorKind::Io, say("The free space of {0} can't be read ({1}): check that the disk is there.",
                                        folder.string(), std::generic_category().message(errno))};
    }
    DiskRoom room;
    room.free_bytes = static_cast<std::int64_t>(system.f_bavail) * static_cast<std::int64_t>(system.f_frsize);
    // Until it is finished a take needs its size twice: as fragments and as the flat file made from them.
    const double bytes_per_minute = 2.0 * max_bitrate_kbps * 1000.0 / 8.0 * 60.0;
    room.minutes_left = static_cast<double>(room.free_bytes) / bytes_per_minute;
    return room;
}

int rename_new(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return errno;
    // Some file systems (network, FUSE) know no such rename.
    std::error_code ignored;
    if (fs::exists(to, ignored)) return EEXIST;
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace changji
