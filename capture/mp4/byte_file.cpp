#include "capture/mp4/byte_file.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace changji::mp4 {
namespace {

Error cannot_read(const std::filesystem::path& path, int error_number) {
    if (error_number == ENOENT) {
        return {ErrorKind::Io, say("There is no file {0}: check its name and folder.", path.string())};
    }
    return {ErrorKind::Io, say("The file {0} can't be read ({1}): check its permissions and the disk.", path.string(),
                               std::generic_category().message(error_number))};
}

}  // namespace

std::int64_t ByteFile::read_at(std::int64_t offset, std::span<std::uint8_t> into) const {
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t got =
            ::pread(*descriptor_, into.data() + done, into.size() - done, offset + static_cast<off_t>(done));
        if (got == 0) break;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -errno;
        done += static_cast<std::size_t>(got);
    }
    return static_cast<std::int64_t>(done);
}

Result<ByteFile> open_byte_file(const std::filesystem::path& path) {
    // Looked at before it is opened, because opening a device alone can do something to it.
    struct stat found = {};
    if (::stat(path.c_str(), &found) != 0) return cannot_read(path, errno);
    if (!S_ISREG(found.st_mode)) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("{0} is a folder or a device, not a media file: name a file.", path.string())};
    }
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return cannot_read(path, errno);
    ByteFile file;
    file.descriptor_ = std::shared_ptr<const int>(new int(descriptor), [](const int* held) {
        ::close(*held);
        delete held;
    });
    if (::fstat(descriptor, &found) != 0) return cannot_read(path, errno);
    file.size_bytes_ = found.st_size;
    return file;
}

}  // namespace changji::mp4
