#include "capture/sources/camera_sequence.hpp"

#include <algorithm>
#include <utility>

namespace changji {

Nanoseconds CameraSequence::usual_interval() const {
    auto sorted = intervals_;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(known_ / 2);
    std::nth_element(sorted.begin(), middle, sorted.begin() + static_cast<std::ptrdiff_t>(known_));
    return *middle;
}

std::uint64_t CameraSequence::next(CaptureTime captured_at, std::uint64_t unreadable) {
    if (!last_) {
        last_ = captured_at;
        return number_ = unreadable;
    }
    const Nanoseconds interval = captured_at - *last_;
    last_ = captured_at;
    std::uint64_t step = 1 + unreadable;
    const Nanoseconds before = std::exchange(last_interval_, interval);
    const bool as_before = std::chrono::abs(interval - before) * 4 < before;
    if (known_ > 0 && interval > Nanoseconds{0} && !as_before) {
        const std::int64_t usual_ns = std::max<std::int64_t>(usual_interval().count(), 1);
        const std::int64_t steps = (interval.count() + usual_ns / 2) / usual_ns;
        step = std::max(step, static_cast<std::uint64_t>(steps));
    }
    if (interval > Nanoseconds{0}) {
        intervals_[oldest_] = interval;
        oldest_ = (oldest_ + 1) % intervals_.size();
        known_ = std::min(known_ + 1, intervals_.size());
    }
    return number_ += step;
}

}  // namespace changji
