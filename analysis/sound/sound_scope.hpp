#pragma once

#include "analysis/sound/phase_meter.hpp"
#include "analysis/sound/sound_slots.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace changji {

/// What the instruments beside the level bars show of the last moment. A plain value.
struct SoundPicture {
    static constexpr std::size_t bands = 160;
    static constexpr std::size_t points = 400;
    static constexpr float lowest_dbfs = -120.0F;
    /// One pair of samples: −1..1, loudest of the moment 1. Mono is a line straight up.
    struct Point {
        float side = 0.0F;    ///< (right − left)/2
        float middle = 0.0F;  ///< (left + right)/2
    };

    std::array<float, bands> dbfs{};
    std::array<Point, points> stereo{};
    std::optional<double> correlation;  ///< as PhaseMeter, of the last 100 ms; absent when it is too quiet
};

/// The middle of a band: 20 Hz to 20 kHz in equal steps of pitch, 16 an octave.
[[nodiscard]] double band_hz(std::size_t band);
/// Where a frequency lies between 20 Hz (0) and 20 kHz (1); outside below 0 or above 1.
[[nodiscard]] double place_of_hz(double hertz);

/// Spectrum and stereo picture, ten a second. Hann window over the last 16,384 pairs (0.34 s, bins of 2.9 Hz: the
/// mains' 50 and 100 Hz stand apart), mean of both channels' powers. A band reads the strongest line in it: a sine
/// reads its own level, 10·log10(power) as everywhere here, within 0.5 dB. Bars rise at once and fall 20 dB a second.
class SoundScope {
public:
    /// Any number of pairs, in order; true when a new picture is there.
    bool hear(std::span<const float> interleaved);
    [[nodiscard]] const SoundPicture& picture() const { return picture_; }
    /// Forgets what it heard: after a pause, what comes does not follow on it.
    void restart();

private:
    static constexpr std::size_t window_pairs = 16'384;

    void finish_slot();
    void transform();
    void take_points();

    SoundSlots slots_;
    PhaseMeter phase_;
    std::vector<float> heard_;  ///< interleaved; at most one window and one slot
    SoundPicture picture_;
    bool fell_silent_ = true;  ///< nothing was shown before: bars need not fall
};

}  // namespace changji
