// A V4L2 camera without a camera: loaded with LD_PRELOAD, it answers for every /dev/videoN that has a
// description videoN in the folder CHANGJI_FAKE_CAMERAS (fake_camera.hpp). Unmodified programs see a UVC-like
// device.

#include "tests/support/fake_camera_device.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include <dlfcn.h>
#include <fcntl.h>

namespace {
namespace fs = std::filesystem;
using Camera = changji::test::FakeCameraDevice;

template <typename Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}
int real_open(const char* path, int flags, mode_t mode = 0) {
    return real<int(const char*, int, ...)>("open64")(path, flags, mode);
}
int real_close(int fd) { return real<int(int)>("close")(fd); }

int fail(int error) {
    errno = error;
    return -1;
}

std::mutex cameras_mutex;
// Never destroyed: closing goes on while a program ends.
auto& cameras = *new std::map<int, std::shared_ptr<Camera>>;

std::shared_ptr<Camera> camera_of(int fd) {
    const std::lock_guard lock(cameras_mutex);
    const auto found = cameras.find(fd);
    return found == cameras.end() ? nullptr : found->second;
}

bool is_camera(const char* path) {
    static const bool active = std::getenv("CHANGJI_FAKE_CAMERAS") != nullptr;
    return active && path && std::strncmp(path, "/dev/video", 10) == 0;
}

int open_camera(const char* path, int flags) {
    const fs::path file = fs::path(std::getenv("CHANGJI_FAKE_CAMERAS")) / fs::path(path).filename();
    if (!fs::exists(file)) return fail(ENOENT);
    if (fs::status(file).permissions() == fs::perms::none) return fail(EACCES);  // also for root
    auto camera = std::make_shared<Camera>(file, flags);
    const std::lock_guard lock(cameras_mutex);
    return cameras.emplace(camera->fd(), camera).first->first;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    std::va_list args;
    va_start(args, flags);
    const mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;
    va_end(args);
    return is_camera(path) ? open_camera(path, flags) : real_open(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    std::va_list args;
    va_start(args, flags);
    const mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;
    va_end(args);
    return is_camera(path) ? open_camera(path, flags) : real_open(path, flags, mode);
}
// The names fortified programs call.
int __open_2(const char* path, int flags) { return open(path, flags); }
int __open64_2(const char* path, int flags) { return open64(path, flags); }

int close(int fd) {
    std::shared_ptr<Camera> closing;
    {
        const std::lock_guard lock(cameras_mutex);
        if (const auto found = cameras.find(fd); found != cameras.end()) {
            closing = found->second;
            cameras.erase(found);
        }
    }
    closing.reset();
    return real_close(fd);
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

void* mmap64(void* address, std::size_t length, int protection, int flags, int fd, off_t offset) {
    if (const auto camera = fd < 0 ? nullptr : camera_of(fd)) return camera->map(length, offset);
    return real<void*(void*, std::size_t, int, int, int, off_t)>("mmap64")(address, length, protection, flags, fd,
                                                                           offset);
}
void* mmap(void* address, std::size_t length, int protection, int flags, int fd, off_t offset) {
    return mmap64(address, length, protection, flags, fd, offset);
}

}  // extern "C"
