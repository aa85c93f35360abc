#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <span>
#include <thread>

#include "capture/types/queue.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// A new file whose first bytes are known last: the head stays in memory until the end, everything behind it goes to
/// the disk from front to back, in large blocks and on a thread of its own. Where the file system allows, the system's
/// cache is passed by: a gigabyte is written in half the time, the last sync is short, and what is read back to be
/// verified comes from the disk itself. One thread uses it.
class TakeOutput {
public:
    /// Makes or empties `path` and reserves room for `expected_bytes`, so that a full disk shows before the work.
    /// Within the first `head_bytes` anything may be written at any time. DiskFull, Io.
    [[nodiscard]] static Result<std::unique_ptr<TakeOutput>> create(const std::filesystem::path& path,
                                                                    std::int64_t head_bytes,
                                                                    std::int64_t expected_bytes);
    ~TakeOutput();
    TakeOutput(const TakeOutput&) = delete;
    TakeOutput& operator=(const TakeOutput&) = delete;

    /// Writes at the current position. 0 or errno; EINVAL behind the head anywhere but at the end.
    [[nodiscard]] int write(std::span<const std::uint8_t> bytes);
    void seek(std::int64_t position) { position_ = position; }
    [[nodiscard]] std::int64_t position() const { return position_; }
    [[nodiscard]] std::int64_t size_bytes() const { return end_; }

    /// Writes what is left and the head, and syncs. Called once, last. 0 or errno.
    [[nodiscard]] int close();

private:
    struct FreeMemory {
        void operator()(std::uint8_t* memory) const { std::free(memory); }
    };
    using Memory = std::unique_ptr<std::uint8_t, FreeMemory>;
    struct Block {
        Memory memory;
        std::int64_t offset = 0;
        std::size_t bytes = 0;
    };

    TakeOutput(int descriptor, std::int64_t head_bytes);
    static Memory aligned_memory(std::size_t bytes);
    [[nodiscard]] int append(std::span<const std::uint8_t> bytes);
    void send_block();
    void write_blocks();
    /// All of it; past the end of the file up to the next multiple of what the disk takes.
    [[nodiscard]] int write_at(const Block& block);

    const int descriptor_;
    const std::int64_t head_bytes_;
    Memory head_;
    std::int64_t position_ = 0;
    std::int64_t end_ = 0;
    Block filling_;
    std::atomic<int> failed_ = 0;
    BoundedQueue<Block> blocks_;
    BoundedQueue<Memory> spare_;  ///< used again: fresh memory costs more than the copying
    std::thread thread_;
};

}  // namespace changji
