#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "capture/types/time.hpp"

namespace changji {

inline constexpr int sound_rate_hz = 48'000;
inline constexpr int sound_channels = 2;

/// A stretch of sound at 48 kHz stereo, interleaved left/right, full scale ±1.0. Never changes after it is
/// made; copies share the samples. A mono source arrives with the same signal in both channels.
struct SoundBlock {
    std::shared_ptr<const std::vector<float>> samples;
    std::int64_t first_frame = 0;  ///< index of the first sample pair since the source started
    CaptureTime captured_at;       ///< of the first sample pair

    [[nodiscard]] std::size_t frames() const { return samples ? samples->size() / sound_channels : 0; }
    [[nodiscard]] std::span<const float> interleaved() const {
        return samples ? std::span<const float>(*samples) : std::span<const float>();
    }
};

/// How long `frames` sample pairs last.
[[nodiscard]] constexpr Nanoseconds sound_duration(std::int64_t frames) {
    return tick_time(frames, Rational{sound_rate_hz, 1});
}

}  // namespace changji
