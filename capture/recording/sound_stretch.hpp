#pragma once

// Internal to capture/.

#include "capture/av/av.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace changji {

/// Plays stereo sound a few hundred parts in a million faster or slower, by libswresample's soft compensation. As long
/// as no correction was ever asked for, samples come out bit for bit as they went in. One thread.
class SoundStretch {
public:
    /// Takes interleaved samples and appends what they become to `out`; `step` is how far the input moves for one
    /// output frame: above 1 shortens. Output lags by half the kernel (16 frames).
    void run(std::span<const float> in, double step, std::vector<float>& out);
    /// Where in the output the next input frame will stand.
    [[nodiscard]] double position() const;

private:
    av::ResamplerPtr resampler_;  ///< null until the first run, and when memory was short then
    double step_ = 1.0;
    std::int64_t frames_out_ = 0;
};

}  // namespace changji
