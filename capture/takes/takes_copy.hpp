#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "capture/mp4/byte_file.hpp"
#include "capture/mp4/index.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// What all packets of a stream come to: payloads and timestamps, in order. Lengths are compared by the sample tables,
/// because FFmpeg takes every sound packet for a full one, the last included.
struct StreamDigest {
    int timescale = 0;
    std::int64_t packets = 0;
    std::array<std::uint64_t, 2> hash{};

    friend bool operator==(const StreamDigest&, const StreamDigest&) = default;
};
using Digests = std::vector<StreamDigest>;

/// Of every stream in the first `end` bytes of a file.
[[nodiscard]] Result<Digests> digest_packets(const mp4::ByteFile& file, std::int64_t end,
                                             const std::filesystem::path& name);

/// Copies every packet in the first `end` bytes of `file` into a flat MP4 `to` with the index first; timestamps stay
/// as they are, negative ones too; `tracks` (of that part of the file) tell how long the last packets are. Returns the
/// digests of what was read; the new file has been synced, its name has not.
[[nodiscard]] Result<Digests> copy_packets(const mp4::ByteFile& file, std::int64_t end,
                                           const std::vector<mp4::Track>& tracks, const std::filesystem::path& name,
                                           const std::filesystem::path& to);

}  // namespace changji
