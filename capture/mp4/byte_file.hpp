#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "capture/types/result.hpp"

namespace changji::mp4 {

/// A regular file opened for reading only. Copies share the descriptor; reads may come from any thread.
class ByteFile {
public:
    [[nodiscard]] std::int64_t size_bytes() const { return size_bytes_; }  ///< when it was opened
    [[nodiscard]] int descriptor() const { return *descriptor_; }          ///< to ask the system about it
    /// How many bytes were read, fewer than asked for only at the end of the file; −errno on failure.
    [[nodiscard]] std::int64_t read_at(std::int64_t offset, std::span<std::uint8_t> into) const;

private:
    friend Result<ByteFile> open_byte_file(const std::filesystem::path& path);
    std::shared_ptr<const int> descriptor_;
    std::int64_t size_bytes_ = 0;
};

/// Io when the file is missing or may not be read; UnsupportedFormat for a folder, a device, a pipe, a socket.
/// Never waits for the other end of a pipe.
[[nodiscard]] Result<ByteFile> open_byte_file(const std::filesystem::path& path);

}  // namespace changji::mp4
