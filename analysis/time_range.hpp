#pragma once

#include "capture/types/time.hpp"

namespace changji {

/// From one moment of capture to another; `to` is the first moment that no longer belongs to it.
struct TimeRange {
    CaptureTime from, to;

    [[nodiscard]] constexpr double seconds() const { return to_seconds(to - from); }
    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

}  // namespace changji
