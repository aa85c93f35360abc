#pragma once

#include <cstdint>

namespace changji {

/// A stretch of sound in sample pairs, counted since the meter heard its first: from `from_frame` up to, not including,
/// `to_frame`.
struct FrameRange {
    std::int64_t from_frame = 0;
    std::int64_t to_frame = 0;

    [[nodiscard]] std::int64_t frames() const { return to_frame - from_frame; }
    friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

}  // namespace changji
