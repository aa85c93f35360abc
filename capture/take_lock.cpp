#include "capture/take_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace changji {

Result<TakeLock> TakeLock::acquire(const std::filesystem::path& part_file) {
    const int descriptor = ::open(part_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return Error{ErrorKind::Io, say("The unfinished take {0} can't be opened ({1}): check its permissions.",
                                        part_file.string(), std::strerror(errno))};
    }
    TakeLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return Error{ErrorKind::DeviceBusy,
                     say("The take {0} is being recorded by another program now: wait until it has stopped.",
                         part_file.string())};
    }
    return lock;
}

TakeLock::~TakeLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace changji
