#include "capture/takes/takes_output.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "capture/takes/takes_disk.hpp"

namespace changji {
namespace {

constexpr std::size_t alignment_bytes = 4096;  // of every disk's blocks and of memory pages
constexpr std::size_t block_bytes = 4 << 20;
constexpr std::size_t blocks_waiting = 2;

constexpr std::int64_t aligned(std::int64_t bytes) {
    constexpr auto step = static_cast<std::int64_t>(alignment_bytes);
    return (bytes + step - 1) / step * step;
}

int open_new(const char* path) {
    constexpr int flags = O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC;
    const int descriptor = ::open(path, flags | O_DIRECT, 0666);
    return descriptor < 0 && errno == EINVAL ? ::open(path, flags, 0666) : descriptor;
}

/// From now on through the system's cache. False when it was so already.
bool use_cache(int descriptor) {
    const int flags = ::fcntl(descriptor, F_GETFL);
    return flags >= 0 && (flags & O_DIRECT) && ::fcntl(descriptor, F_SETFL, flags & ~O_DIRECT) == 0;
}

}  // namespace

TakeOutput::TakeOutput(int descriptor, std::int64_t head_bytes)
    : descriptor_(descriptor),
      head_bytes_(head_bytes),
      blocks_(blocks_waiting, WhenFull::Wait),
      spare_(blocks_waiting, WhenFull::Refuse) {}

TakeOutput::Memory TakeOutput::aligned_memory(std::size_t bytes) {
    return Memory(static_cast<std::uint8_t*>(std::aligned_alloc(alignment_bytes, bytes)));
}

Result<std::unique_ptr<TakeOutput>> TakeOutput::create(const std::filesystem::path& path, std::int64_t head_bytes,
                                                       std::int64_t expected_bytes) {
    const int descriptor = open_new(path.c_str());
    if (descriptor < 0) return write_error(path, errno);
    std::unique_ptr<TakeOutput> output(new TakeOutput(descriptor, aligned(std::max<std::int64_t>(head_bytes, 1))));
    const auto head_size = static_cast<std::size_t>(output->head_bytes_);
    output->head_ = aligned_memory(head_size);
    if (!output->head_) return write_error(path, ENOMEM);
    std::memset(output->head_.get(), 0, head_size);
    // Only a help where the file system can't reserve.
    if (::fallocate(descriptor, 0, 0, std::max<std::int64_t>(expected_bytes, 1)) != 0 && errno == ENOSPC) {
        return write_error(path, ENOSPC);
    }
    output->thread_ = std::thread([raw = output.get()] { raw->write_blocks(); });
    return output;
}

TakeOutput::~TakeOutput() {
    blocks_.close();
    if (thread_.joinable()) thread_.join();
    ::close(descriptor_);
}

int TakeOutput::write(std::span<const std::uint8_t> bytes) {
    if (position_ < 0) return EINVAL;
    if (position_ < head_bytes_) {
        const auto fits = std::min(bytes.size(), static_cast<std::size_t>(head_bytes_ - position_));
        std::memcpy(head_.get() + position_, bytes.data(), fits);
        position_ += static_cast<std::int64_t>(fits);
        bytes = bytes.subspan(fits);
        end_ = std::max(end_, position_);
    }
    if (bytes.empty()) return failed_;
    if (position_ != end_) return EINVAL;
    return append(bytes);
}

int TakeOutput::append(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        if (failed_ != 0) return failed_;
        if (!filling_.memory) {
            std::optional<Memory> used = spare_.try_pop();
            filling_ = {used ? std::move(*used) : aligned_memory(block_bytes), end_, 0};
            if (!filling_.memory) return ENOMEM;
        }
        const std::size_t fits = std::min(bytes.size(), block_bytes - filling_.bytes);
        std::memcpy(filling_.memory.get() + filling_.bytes, bytes.data(), fits);
        filling_.bytes += fits;
        end_ += static_cast<std::int64_t>(fits);
        bytes = bytes.subspan(fits);
        if (filling_.bytes == block_bytes) send_block();
    }
    position_ = end_;
    return 0;
}

void TakeOutput::send_block() {
    if (filling_.memory) blocks_.push(std::move(filling_));
    filling_ = {};
}

void TakeOutput::write_blocks() {
    while (std::optional<Block> block = blocks_.pop()) {
        if (failed_ == 0) failed_ = write_at(*block);
        spare_.push(std::move(block->memory));
    }
}

int TakeOutput::write_at(const Block& block) {
    // Only the last block is no multiple; what it has too much is cut off at the end.
    const auto length = static_cast<std::size_t>(aligned(static_cast<std::int64_t>(block.bytes)));
    std::memset(block.memory.get() + block.bytes, 0, length - block.bytes);
    std::size_t done = 0;
    while (done < length) {
        const ssize_t written = ::pwrite(descriptor_, block.memory.get() + done, length - done,
                                         block.offset + static_cast<std::int64_t>(done));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EINVAL && use_cache(descriptor_)) continue;
        if (written < 0) return errno;
        done += static_cast<std::size_t>(written);
        // After a short write the rest may no longer lie as such a disk wants it.
        if (done % alignment_bytes != 0) use_cache(descriptor_);
    }
    // Through the cache: begins to store it now, so that the last sync has less to wait for. Nothing to be done
    // directly.
    ::sync_file_range(descriptor_, block.offset, static_cast<std::int64_t>(length), SYNC_FILE_RANGE_WRITE);
    return 0;
}

int TakeOutput::close() {
    send_block();
    blocks_.close();
    thread_.join();
    if (failed_ != 0) return failed_;
    if (const int failed = write_at({std::move(head_), 0, static_cast<std::size_t>(head_bytes_)}); failed != 0) {
        return failed;
    }
    if (::ftruncate(descriptor_, end_) != 0 || ::fsync(descriptor_) != 0) return errno;
    return 0;
}

}  // namespace changji
