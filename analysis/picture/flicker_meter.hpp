#pragma once

#include "capture/types/time.hpp"
#include "capture/types/video_frame.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <optional>

namespace changji {

/// Mean luma codes of 180 bands of equal height, top to bottom.
using RowMeans = std::array<float, 180>;

/// Of an I420 frame of at least 180 lines. One line of each band is read, the middle one: of 1080 lines one in six.
[[nodiscard]] RowMeans row_means(const VideoFrame& frame);

/// light.flicker_percent: how far lamps make the picture pulse, as the amplitude (half of peak to peak) of the pulsing
/// in percent of the picture's level above black, Y − 16.
///
/// A lamp that pulses `lamp_hz` times a second (twice the mains frequency) shows at its alias
/// f = |lamp_hz − k·rate| ≤ rate/2: a rolling shutter makes it bands of up to 8 cycles a height that wander up or down,
/// a global shutter the whole picture. Read from the logarithms of the row means above black over the last 8 s: Hann
/// windows over rows and time, the mean over time removed, and the power of the strongest wave within 0.25 Hz of f, in
/// steps of half a cycle a height and in both directions. Five times the mean power of the same wave at the
/// frequencies 0.5 to 1.5 Hz away comes off: people who move, cuts and hand-held shots read close to 0.
///
/// The rate is found from the capture times, which may waver by an eighth of a frame's time; up to one frame in ten may
/// be missing. Nothing is read of times that waver by more than a quarter (both root mean squares), or of fewer than
/// eight frames a second.
///
/// When the lamps pulse a whole number of times a picture (100 Hz at 25 or 50 pictures a second: f < 0.5 Hz) the bands
/// all but stand still, and only the mains' deviation makes them drift. A reading is then given only when it is
/// certain: of bands that drift by 0.15 to 0.3 Hz in one direction (three times the amplitude of the other), are the
/// strongest slow change in the picture, of at least 0.1 %, and are found four seconds running. Else it is absent:
/// bands that stand still, the pulsing of a global shutter, and bands behind a person who moves can't be told from the
/// scene.
class FlickerMeter {
public:
    explicit FlickerMeter(double lamp_hz = 100.0) : lamp_hz_(lamp_hz) {}

    /// Every frame, in order. A pause of more than half a second, or a step back in time, begins anew.
    void see(const RowMeans& rows, CaptureTime at);
    /// Renewed once a second of capture time; absent before 8 s of regular frames.
    [[nodiscard]] std::optional<double> percent() const { return percent_; }

private:
    /// Of 0, 0.5 .. 8 cycles a height.
    static constexpr std::size_t waves = 17;
    struct Wave {
        std::array<float, waves> real{};
        std::array<float, waves> imaginary{};
    };
    struct Sample {
        CaptureTime at;
        Wave wave;
    };
    class Spectrum;

    [[nodiscard]] static Wave waves_of(const RowMeans& rows);
    void evaluate();

    double lamp_hz_;
    std::deque<Sample> samples_;  ///< of the last 8 s
    std::optional<CaptureTime> evaluated_at_;
    int slow_evaluations_ = 0;  ///< in a row that found slow bands
    std::optional<double> percent_;
};

}  // namespace changji
