#pragma once

#include "capture/types/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace changji {

/// Where the bytes of a take go: the one door to the operating system, so that tests can let a disk fail.
/// One thread. DiskFull and Io name the file and say what to do.
class ByteSink {
public:
    virtual ~ByteSink() = default;
    virtual Status write(std::span<const std::uint8_t> bytes) = 0;  ///< all of them, or an error
    virtual Status sync() = 0;                                      ///< what was written survives a power cut
};

/// Writes to `file` and holds its TakeLock. The file may exist if it is empty (takes reserve it so); Io when
/// it holds anything, DeviceBusy when another program holds the lock. Space is reserved ahead of the end in
/// steps, so that the disk gives long runs and other programs don't take the last of it.
[[nodiscard]] Result<std::unique_ptr<ByteSink>> open_file_sink(const std::filesystem::path& file);

}  // namespace changji
