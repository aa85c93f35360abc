#include "capture/take_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace changji {

namespace {

using namespace std::chrono_literals;

/// The process that holds a lock on this file, by /proc/locks; 0: none, or that can't be told.
pid_t holder_of(const struct stat& file) {
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);) {
        int holder = 0;
        unsigned device_major = 0;
        unsigned device_minor = 0;
        unsigned long long inode = 0;
        if (std::sscanf(line.c_str(), "%*d: FLOCK %*s %*s %d %x:%x:%llu", &holder, &device_major, &device_minor,
                        &inode) != 4) {
            continue;
        }
        if (inode == file.st_ino && device_major == major(file.st_dev) && device_minor == minor(file.st_dev)) {
            return holder;
        }
    }
    return 0;
}

/// Killed, but not gone: on a busy machine its threads of low priority take seconds to end, and so long it has its
/// locks.
bool is_dying(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    const std::string facts{std::istreambuf_iterator<char>(file), {}};
    const auto name_end = facts.rfind(')');
    return name_end != std::string::npos && name_end + 2 < facts.size() &&
           (facts[name_end + 2] == 'Z' || facts[name_end + 2] == 'X');
}

constexpr auto longest_death = 30s;

bool lock(int descriptor) {
    const auto until = std::chrono::steady_clock::now() + longest_death;
    for (;;) {
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
        struct stat file = {};
        const pid_t holder = ::fstat(descriptor, &file) == 0 ? holder_of(file) : 0;
        if (holder <= 0 || !is_dying(holder) || std::chrono::steady_clock::now() >= until) {
            // It may have gone between the two questions.
            return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
        }
        std::this_thread::sleep_for(50ms);
    }
}

}  // namespace

Result<TakeLock> TakeLock::acquire(const std::filesystem::path& part_file) {
    const int descriptor = ::open(part_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return Error{ErrorKind::Io, say("The unfinished take {0} can't be opened ({1}): check its permissions.",
                                        part_file.string(), std::strerror(errno))};
    }
    TakeLock held(descriptor);
    if (!lock(descriptor)) {
        return Error{ErrorKind::DeviceBusy,
                     say("The take {0} is being recorded by another program now: wait until it has stopped.",
                         part_file.string())};
    }
    return held;
}

Result<TakeLock> TakeLock::acquire_within(std::chrono::milliseconds patience, const std::filesystem::path& part_file) {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        Result<TakeLock> held = acquire(part_file);
        const bool busy = !held && held.error().kind == ErrorKind::DeviceBusy;
        if (!busy || std::chrono::steady_clock::now() >= until) return held;
        std::this_thread::sleep_for(50ms);
    }
}

bool TakeLock::is_held(const std::filesystem::path& part_file) {
    struct stat file = {};
    return ::stat(part_file.c_str(), &file) == 0 && holder_of(file) != 0;
}

TakeLock::~TakeLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace changji
