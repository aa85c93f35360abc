#include "capture/recording/byte_sink.hpp"

#include "capture/take_lock.hpp"

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace changji {
namespace {

constexpr std::int64_t reserve_step_bytes = 32 << 20;
constexpr std::int64_t store_step_bytes = 256 << 10;

Error disk_error(int code, const std::filesystem::path& file) {
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        return {ErrorKind::DiskFull,
                say("The disk is full: {0} ends here. Free some space, then start a new take.", file.string())};
    }
    return {ErrorKind::Io,
            say("The disk refused to store {0}: {1}. Check the drive and its cable, then record to another one.",
                file.string(), std::strerror(code))};
}

class FileSink final : public ByteSink {
public:
    FileSink(int descriptor, std::filesystem::path file, TakeLock lock)
        : descriptor_(descriptor), file_(std::move(file)), lock_(std::move(lock)) {}
    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;

    ~FileSink() override {
        // Gives back what was reserved beyond the end.
        if (reserved_bytes_ > written_bytes_ && ::ftruncate(descriptor_, written_bytes_) != 0) reserved_bytes_ = 0;
        ::close(descriptor_);
    }

    Status write(std::span<const std::uint8_t> bytes) override {
        reserve(written_bytes_ + static_cast<std::int64_t>(bytes.size()));
        while (!bytes.empty()) {
            const ssize_t done = ::write(descriptor_, bytes.data(), bytes.size());
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) return disk_error(errno, file_);
            written_bytes_ += done;
            bytes = bytes.subspan(static_cast<std::size_t>(done));
        }
        begin_storing();
        return {};
    }

    Status sync() override {
        if (::fdatasync(descriptor_) != 0) return disk_error(errno, file_);
        return {};
    }

private:
    // The disk begins at once, so that the next sync, during which packets have to wait, has little left to do.
    void begin_storing() {
        if (written_bytes_ - storing_bytes_ < store_step_bytes) return;
        ::sync_file_range(descriptor_, storing_bytes_, written_bytes_ - storing_bytes_, SYNC_FILE_RANGE_WRITE);
        storing_bytes_ = written_bytes_;
    }

    // Only a help: file systems that can't reserve, and the last megabytes of a disk, are written as they
    // come.
    void reserve(std::int64_t end_bytes) {
        if (!can_reserve_ || end_bytes <= reserved_bytes_) return;
        const std::int64_t upto = (end_bytes / reserve_step_bytes + 1) * reserve_step_bytes;
        can_reserve_ = ::fallocate(descriptor_, FALLOC_FL_KEEP_SIZE, written_bytes_, upto - written_bytes_) == 0;
        if (can_reserve_) reserved_bytes_ = upto;
    }

    const int descriptor_;
    const std::filesystem::path file_;
    const TakeLock lock_;
    std::int64_t written_bytes_ = 0;
    std::int64_t reserved_bytes_ = 0;
    std::int64_t storing_bytes_ = 0;
    bool can_reserve_ = true;
};

}  // namespace

Result<std::unique_ptr<ByteSink>> open_file_sink(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) return disk_error(errno, file);
    struct stat facts {};
    const bool known = ::fstat(descriptor, &facts) == 0;
    Result<TakeLock> lock = TakeLock::acquire(file);
    if (!lock) {
        ::close(descriptor);
        return lock.error();
    }
    auto sink = std::make_unique<FileSink>(descriptor, file, *std::move(lock));
    if (!known || !S_ISREG(facts.st_mode) || facts.st_size > 0) {
        return Error{ErrorKind::Io,
                     say("{0} already holds a recording and is not overwritten. Start a new take.", file.string())};
    }
    return std::unique_ptr<ByteSink>(std::move(sink));
}

}  // namespace changji
