// A disk that fails or is slow: loaded with LD_PRELOAD, it lets the rules in CHANGJI_FAKE_DISK_NOTES/rules befall what
// is done to files below the folder CHANGJI_FAKE_DISK, and notes it in CHANGJI_FAKE_DISK_NOTES/operations
// (fake_disk.hpp).

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

template <typename Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

const char* setting(const char* name) {
    const char* const value = std::getenv(name);
    return value ? value : "";
}

struct Verdict {
    int error = 0;
    Clock::time_point not_before{};
    std::string rules;  ///< by which it was judged
};

constexpr std::array errors{std::pair{"EIO", EIO},       std::pair{"ENOSPC", ENOSPC}, std::pair{"EROFS", EROFS},
                            std::pair{"EDQUOT", EDQUOT}, std::pair{"EACCES", EACCES}, std::pair{"EPERM", EPERM},
                            std::pair{"EINTR", EINTR},   std::pair{"ENOENT", ENOENT}, std::pair{"EFBIG", EFBIG}};

int error_number(const std::string& name) {
    for (const auto& [known, number] : errors) {
        if (name == known) return number;
    }
    return EIO;
}
std::string error_name(int number) {
    for (const auto& [known, value] : errors) {
        if (number == value) return known;
    }
    return std::to_string(number);
}

class Disk {
public:
    Disk() : folder_(setting("CHANGJI_FAKE_DISK")), notes_(setting("CHANGJI_FAKE_DISK_NOTES")) {}

    [[nodiscard]] bool holds(const std::string& path) const {
        return !folder_.empty() && path.starts_with(folder_) &&
               (path.size() == folder_.size() || path[folder_.size()] == '/');
    }
    [[nodiscard]] bool active() const { return !folder_.empty(); }

    /// 0, or the errno with which the operation has to fail. Slow ones have waited when it returns.
    int befall(const std::string& operation, const std::string& path, std::size_t bytes) {
        Verdict verdict;
        {
            const std::lock_guard lock(mutex_);
            verdict = judge(operation, bytes);
            note(operation, path, bytes, verdict.error);
        }
        // Other rules end the waiting at once.
        while (Clock::now() < verdict.not_before && rules() == verdict.rules) {
            constexpr std::chrono::milliseconds step{10};
            std::this_thread::sleep_until(std::min(verdict.not_before, Clock::now() + step));
        }
        return verdict.error;
    }

private:
    Verdict judge(const std::string& operation, std::size_t bytes) {
        const long number = ++done_[operation];
        Verdict verdict;
        verdict.not_before = Clock::now();
        verdict.rules = rules();
        if (verdict.rules != rules_) idle_at_ = {};
        rules_ = verdict.rules;
        std::istringstream lines(verdict.rules);
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string verb, what, count, error;
            words >> verb >> what >> count >> error;
            if (verb == "throttle" && operation == "write") {
                const Seconds needed(static_cast<double>(bytes) / std::strtod(what.c_str(), nullptr));
                idle_at_ = std::max(idle_at_, Clock::now()) + std::chrono::duration_cast<Clock::duration>(needed);
                verdict.not_before = std::max(verdict.not_before, idle_at_);
            }
            if (what != operation) continue;
            if (verb == "slow") verdict.not_before += std::chrono::milliseconds(std::atol(count.c_str()));
            const long wanted = std::atol(count.c_str());
            if (verb == "fail" && (number == wanted || (count.ends_with('+') && number > wanted))) {
                verdict.error = error_number(error);
            }
        }
        return verdict;
    }

    [[nodiscard]] std::string rules() const {
        std::string text;
        const int file = ::open((notes_ + "/rules").c_str(), O_RDONLY | O_CLOEXEC);
        std::array<char, 4096> part{};
        for (ssize_t got = 0; file >= 0 && (got = ::read(file, part.data(), part.size())) > 0;) {
            text.append(part.data(), static_cast<std::size_t>(got));
        }
        if (file >= 0) ::close(file);
        return text;
    }

    void note(const std::string& operation, const std::string& path, std::size_t bytes, int error) {
        if (log_ < 0) {
            log_ = ::open((notes_ + "/operations").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
        }
        std::string line = operation + " " + path.substr(std::min(path.rfind('/') + 1, path.size()));
        if (bytes > 0) line += " " + std::to_string(bytes);
        if (error != 0) line += " " + error_name(error);
        line += "\n";
        (void)!real<ssize_t(int, const void*, std::size_t)>("write")(log_, line.data(), line.size());
    }

    std::string folder_, notes_;
    std::mutex mutex_;  ///< guards what follows
    std::map<std::string, long> done_;
    Clock::time_point idle_at_{};  ///< when a throttled disk is through with what it was given
    std::string rules_;
    int log_ = -1;
};

Disk& disk() {
    static auto* const the_disk = new Disk;  // never destroyed: writing goes on while a program ends
    return *the_disk;
}

/// What a call would be done to; empty when it is none of the disk's.
std::string path_of(int fd) {
    if (!disk().active()) return {};
    std::array<char, 4096> path{};
    const auto link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t length = ::readlink(link.c_str(), path.data(), path.size() - 1);
    const std::string target(path.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
    return disk().holds(target) ? target : std::string();
}
std::string path_of(int folder, const char* path) {
    if (!disk().active() || !path) return {};
    std::string whole = path;
    if (path[0] != '/') {
        std::array<char, 4096> base{};
        const std::string link = folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/" + std::to_string(folder);
        const ssize_t length = ::readlink(link.c_str(), base.data(), base.size() - 1);
        whole = std::string(base.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))) + "/" + path;
    }
    return disk().holds(whole) ? whole : std::string();
}

/// Zero when the call may go on, else -1 with errno set.
int befall(const char* operation, const std::string& path, std::size_t bytes = 0) {
    if (path.empty()) return 0;
    const int error = disk().befall(operation, path, bytes);
    if (error == 0) return 0;
    errno = error;
    return -1;
}

std::size_t total(const iovec* parts, int count) {
    std::size_t bytes = 0;
    for (int part = 0; part < count; ++part) bytes += parts[part].iov_len;
    return bytes;
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* data, std::size_t bytes) {
    if (befall("write", path_of(fd), bytes) < 0) return -1;
    return real<ssize_t(int, const void*, std::size_t)>("write")(fd, data, bytes);
}
ssize_t pwrite(int fd, const void* data, std::size_t bytes, off_t at) {
    if (befall("write", path_of(fd), bytes) < 0) return -1;
    return real<ssize_t(int, const void*, std::size_t, off_t)>("pwrite")(fd, data, bytes, at);
}
ssize_t pwrite64(int fd, const void* data, std::size_t bytes, off64_t at) {
    if (befall("write", path_of(fd), bytes) < 0) return -1;
    return real<ssize_t(int, const void*, std::size_t, off64_t)>("pwrite64")(fd, data, bytes, at);
}
ssize_t writev(int fd, const iovec* parts, int count) {
    if (befall("write", path_of(fd), total(parts, count)) < 0) return -1;
    return real<ssize_t(int, const iovec*, int)>("writev")(fd, parts, count);
}
ssize_t pwritev(int fd, const iovec* parts, int count, off_t at) {
    if (befall("write", path_of(fd), total(parts, count)) < 0) return -1;
    return real<ssize_t(int, const iovec*, int, off_t)>("pwritev")(fd, parts, count, at);
}

int fsync(int fd) { return befall("sync", path_of(fd)) < 0 ? -1 : real<int(int)>("fsync")(fd); }
int fdatasync(int fd) { return befall("sync", path_of(fd)) < 0 ? -1 : real<int(int)>("fdatasync")(fd); }

int rename(const char* from, const char* to) noexcept {
    return befall("rename", path_of(AT_FDCWD, to)) < 0 ? -1 : real<int(const char*, const char*)>("rename")(from, to);
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
    if (befall("rename", path_of(to_folder, to)) < 0) return -1;
    return real<int(int, const char*, int, const char*)>("renameat")(from_folder, from, to_folder, to);
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
    if (befall("rename", path_of(to_folder, to)) < 0) return -1;
    return real<int(int, const char*, int, const char*, unsigned)>("renameat2")(from_folder, from, to_folder, to,
                                                                                flags);
}

int ftruncate(int fd, off_t bytes) noexcept {
    return befall("truncate", path_of(fd)) < 0 ? -1 : real<int(int, off_t)>("ftruncate")(fd, bytes);
}
int ftruncate64(int fd, off64_t bytes) noexcept {
    return befall("truncate", path_of(fd)) < 0 ? -1 : real<int(int, off64_t)>("ftruncate64")(fd, bytes);
}
int truncate(const char* path, off_t bytes) noexcept {
    if (befall("truncate", path_of(AT_FDCWD, path)) < 0) return -1;
    return real<int(const char*, off_t)>("truncate")(path, bytes);
}
int fallocate(int fd, int mode, off_t at, off_t bytes) {
    if (befall("allocate", path_of(fd)) < 0) return -1;
    return real<int(int, int, off_t, off_t)>("fallocate")(fd, mode, at, bytes);
}
int fallocate64(int fd, int mode, off64_t at, off64_t bytes) {
    if (befall("allocate", path_of(fd)) < 0) return -1;
    return real<int(int, int, off64_t, off64_t)>("fallocate64")(fd, mode, at, bytes);
}
int unlink(const char* path) noexcept {
    return befall("remove", path_of(AT_FDCWD, path)) < 0 ? -1 : real<int(const char*)>("unlink")(path);
}
int remove(const char* path) noexcept {
    return befall("remove", path_of(AT_FDCWD, path)) < 0 ? -1 : real<int(const char*)>("remove")(path);
}

}  // extern "C"
