#pragma once

// When sound was captured, from when it arrived. Internal to capture/.

#include "capture/types/sound_block.hpp"

#include <cstdint>
#include <optional>

namespace changji {

/// Sound arrives late by a jitter that is never negative, so the steady truth is near the earliest arrivals:
/// an early one pulls the clock at once, a late one hardly. Drift of the microphone's clock is followed (a
/// millisecond behind at 200 ppm); a leap (the server slept) is taken over as it is.
class SoundClock {
public:
    /// `frames_so_far` sample pairs have arrived by `now`.
    void arrived(std::int64_t frames_so_far, CaptureTime now) {
        const CaptureTime origin = now - sound_duration(frames_so_far);
        const Nanoseconds late = origin_ ? origin - *origin_ : Nanoseconds{0};
        if (!origin_ || late > leap || late < -leap) {
            origin_ = origin;
        } else {
            *origin_ += late < Nanoseconds{0} ? late / 4 : late / 250;
        }
    }

    /// When sample pair `frame` was captured; arrived() has run before.
    [[nodiscard]] CaptureTime time_of(std::int64_t frame) const { return *origin_ + sound_duration(frame); }

private:
    static constexpr Nanoseconds leap{200'000'000};
    std::optional<CaptureTime> origin_;
};

}  // namespace changji
