#pragma once

// When sound was captured, from when it arrived. Internal to capture/.

#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace changji {

/// Sound arrives late by a jitter that is never negative, so the truth is the earliest arrival of late: that of the
/// last 0.6 to 0.75 s of sound. A machine that is busy for half a second moves nothing; drift of the microphone's
/// clock is followed at once; sound lost before it came here shows after 0.75 s.
class ArrivalClock {
public:
    /// `frames_so_far` sample pairs have arrived by `now`.
    void arrived(std::int64_t frames_so_far, CaptureTime now) {
        const CaptureTime origin = now - sound_duration(frames_so_far);
        if (frames_so_far >= slot_end_) {
            newest_ = (newest_ + 1) % earliest_.size();
            earliest_[newest_] = origin;
            slot_end_ = frames_so_far + slot_frames;
        } else {
            earliest_[newest_] = std::min(earliest_[newest_], origin);
        }
        origin_ = *std::min_element(earliest_.begin(), earliest_.end());
    }

    /// When sample pair `frame` was captured; arrived() has run before.
    [[nodiscard]] CaptureTime time_of(std::int64_t frame) const { return origin_ + sound_duration(frame); }

private:
    static constexpr std::int64_t slot_frames = sound_rate_hz * 3 / 20;
    static constexpr std::array<CaptureTime, 5> none = {CaptureTime::max(), CaptureTime::max(), CaptureTime::max(),
                                                        CaptureTime::max(), CaptureTime::max()};

    std::array<CaptureTime, 5> earliest_ = none;  ///< what frame 0's time would be, by the earliest arrival a slot
    std::size_t newest_ = 0;
    std::int64_t slot_end_ = 0;
    CaptureTime origin_;
};

}  // namespace changji
