// A V4L2 camera without a camera: loaded with LD_PRELOAD, it answers for every /dev/videoN that has a
// description videoN in the folder CHANGJI_FAKE_CAMERAS (fake_camera.hpp), and shows that folder's sys/ where
// programs look for cameras in /sys. Unmodified programs see a UVC-like device.

#include "tests/support/fake_camera_device.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace {
namespace fs = std::filesystem;
using Camera = changji::test::FakeCameraDevice;

template <typename Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int fail(int error) {
    errno = error;
    return -1;
}

const char* folder() {
    static const char* const given = std::getenv("CHANGJI_FAKE_CAMERAS");
    return given;
}

std::mutex cameras_mutex;
pid_t program = 0;  // that opened a camera
// Made at the first call, for libraries ask for files before our own constructors run; never destroyed, for closing
// goes on while a program ends.
std::map<int, std::shared_ptr<Camera>>& cameras() {
    static auto& all = *new std::map<int, std::shared_ptr<Camera>>;
    return all;
}

std::shared_ptr<Camera> camera_of(int fd) {
    const std::lock_guard lock(cameras_mutex);
    const auto found = cameras().find(fd);
    return found == cameras().end() ? nullptr : found->second;
}

bool is_camera(const char* path) {
    constexpr std::size_t prefix = 10;
    return folder() && path && std::strncmp(path, "/dev/video", prefix) == 0 && path[prefix] >= '0' &&
           path[prefix] <= '9';
}

/// Where a path leads when the folder stands in for a part of the machine; `path` itself when it doesn't.
class Redirected {
public:
    explicit Redirected(const char* path) : path_(path) {
        if (!folder() || !path) return;
        for (const char* const part : {"/sys/class/video4linux", "/sys/dev/char/81:"}) {
            if (std::strncmp(path, part, std::strlen(part)) == 0) own_ = std::string(folder()) + path;
        }
        if (is_camera(path)) own_ = std::string(folder()) + (path + 4);
    }
    [[nodiscard]] const char* get() const { return own_.empty() ? path_ : own_.c_str(); }

private:
    const char* path_;
    std::string own_;
};

int open_camera(const char* path, int flags) {
    const fs::path file = fs::path(folder()) / fs::path(path).filename();
    if (!fs::exists(file)) return fail(ENOENT);
    if (fs::status(file).permissions() == fs::perms::none) return fail(EACCES);  // also for root
    auto camera = std::make_shared<Camera>(file, flags);
    if (camera->fd() < 0) return fail(ENOENT);
    const std::lock_guard lock(cameras_mutex);
    program = ::getpid();
    return cameras().emplace(camera->fd(), camera).first->first;
}

int open_any(const char* path, int flags, mode_t mode) {
    if (is_camera(path)) return open_camera(path, flags);
    return real<int(const char*, int, ...)>("open64")(Redirected(path).get(), flags, mode);
}

/// A camera's description, shown as the device node it stands for.
template <typename Stat>
int as_device(int result, const char* path, Stat* what) {
    if (result == 0) {
        what->st_mode = S_IFCHR | 0660;
        what->st_rdev = makedev(81, static_cast<unsigned>(std::atoi(std::strstr(path, "video") + 5)));
    }
    return result;
}
template <typename Stat>
int stat_any(const char* function, const char* path, Stat* what) {
    const int result = real<int(const char*, Stat*)>(function)(Redirected(path).get(), what);
    return is_camera(path) ? as_device(result, path, what) : result;
}
template <typename Stat>
int stat_handle(const char* function, int fd, Stat* what) {
    const int result = real<int(int, Stat*)>(function)(fd, what);
    const auto camera = camera_of(fd);
    return camera ? as_device(result, camera->file().filename().c_str(), what) : result;
}

mode_t mode_of(int flags, std::va_list& args) {
    return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    std::va_list args;
    va_start(args, flags);
    const mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_any(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    std::va_list args;
    va_start(args, flags);
    const mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_any(path, flags, mode);
}
int openat(int where, const char* path, int flags, ...) {
    std::va_list args;
    va_start(args, flags);
    const mode_t mode = mode_of(flags, args);
    va_end(args);
    if (path[0] == '/') return open_any(path, flags, mode);
    return real<int(int, const char*, int, ...)>("openat")(where, path, flags, mode);
}
// The names fortified programs call.
int __open_2(const char* path, int flags) { return open_any(path, flags, 0); }
int __open64_2(const char* path, int flags) { return open_any(path, flags, 0); }

FILE* fopen(const char* path, const char* mode) {
    return real<FILE*(const char*, const char*)>("fopen")(Redirected(path).get(), mode);
}
FILE* fopen64(const char* path, const char* mode) {
    return real<FILE*(const char*, const char*)>("fopen64")(Redirected(path).get(), mode);
}
DIR* opendir(const char* path) { return real<DIR*(const char*)>("opendir")(Redirected(path).get()); }
int access(const char* path, int mode) noexcept {
    return real<int(const char*, int)>("access")(Redirected(path).get(), mode);
}
ssize_t readlink(const char* path, char* target, std::size_t size) noexcept {
    return real<ssize_t(const char*, char*, std::size_t)>("readlink")(Redirected(path).get(), target, size);
}
char* realpath(const char* path, char* resolved) noexcept {
    return real<char*(const char*, char*)>("realpath")(is_camera(path) ? path : Redirected(path).get(), resolved);
}
/// Cameras come and go in the folder as their nodes would in /dev.
int inotify_add_watch(int fd, const char* path, std::uint32_t mask) noexcept {
    const bool devices = folder() && path && (std::strcmp(path, "/dev") == 0 || std::strcmp(path, "/dev/") == 0);
    return real<int(int, const char*, std::uint32_t)>("inotify_add_watch")(fd, devices ? folder() : path, mask);
}
int stat(const char* path, struct stat* what) noexcept { return stat_any("stat", path, what); }
int stat64(const char* path, struct stat64* what) noexcept { return stat_any("stat64", path, what); }
int lstat(const char* path, struct stat* what) noexcept { return stat_any("lstat", path, what); }
int lstat64(const char* path, struct stat64* what) noexcept { return stat_any("lstat64", path, what); }
int fstat(int fd, struct stat* what) noexcept { return stat_handle("fstat", fd, what); }
int fstat64(int fd, struct stat64* what) noexcept { return stat_handle("fstat64", fd, what); }

int close(int fd) {
    std::shared_ptr<Camera> closing;
    {
        const std::lock_guard lock(cameras_mutex);
        if (const auto found = cameras().find(fd); found != cameras().end()) {
            closing = found->second;
            cameras().erase(found);
        }
    }
    // A child that a program forked has the camera's memory, not its threads: it must leave it alone.
    if (closing && ::getpid() != program) static_cast<void>(new std::shared_ptr<Camera>(closing));
    closing.reset();
    return real<int(int)>("close")(fd);
}

int ioctl(int fd, unsigned long request, ...) {
    std::va_list args;
    va_start(args, request);
    void* const argument = va_arg(args, void*);
    va_end(args);
    // Some programs pass the request as an int: the sign bit then fills the upper half.
    if (const auto camera = camera_of(fd)) return camera->ioctl(static_cast<std::uint32_t>(request), argument);
    return real<int(int, unsigned long, ...)>("ioctl")(fd, request, argument);
}

/// An eventfd has no exceptional condition; a camera has one while an event waits.
int select(int count, fd_set* reads, fd_set* writes, fd_set* exceptions, timeval* timeout) {
    const auto ask = real<int(int, fd_set*, fd_set*, fd_set*, timeval*)>("select");
    if (!folder() || !exceptions) return ask(count, reads, writes, exceptions, timeout);
    fd_set with_event;
    FD_ZERO(&with_event);
    int found = 0;
    for (int fd = 0; fd < count; ++fd) {
        if (!FD_ISSET(fd, exceptions)) continue;
        if (const auto camera = camera_of(fd); camera && camera->has_event()) {
            FD_SET(fd, &with_event);
            ++found;
        }
    }
    if (found == 0) return ask(count, reads, writes, exceptions, timeout);
    *exceptions = with_event;
    timeval at_once{};
    return found + std::max(ask(count, reads, writes, nullptr, &at_once), 0);
}

void* mmap64(void* address, std::size_t length, int protection, int flags, int fd, off_t offset) {
    if (const auto camera = fd < 0 ? nullptr : camera_of(fd)) return camera->map(length, offset);
    return real<void*(void*, std::size_t, int, int, int, off_t)>("mmap64")(address, length, protection, flags, fd,
                                                                           offset);
}
void* mmap(void* address, std::size_t length, int protection, int flags, int fd, off_t offset) {
    return mmap64(address, length, protection, flags, fd, offset);
}

}  // extern "C"
