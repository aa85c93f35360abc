#pragma once

#include "capture/types/video_frame.hpp"

#include <cstddef>
#include <cstdint>

namespace changji {

/// Line `row` of a plane.
[[nodiscard]] inline const std::uint8_t* line_of(const Plane& plane, int row) {
    return plane.data + std::ptrdiff_t{row} * plane.stride_bytes;
}

/// Begins to bring `count` bytes into the cache. A processor foresees the next bytes within a page alone, while a
/// picture's lines lie one or several pages apart: waiting for memory is most of what reading few lines costs.
inline void fetch_ahead(const std::uint8_t* bytes, int count) {
    constexpr int cache_line_bytes = 64;
    for (int at = 0; at < count; at += cache_line_bytes) __builtin_prefetch(bytes + at);
}

}  // namespace changji
