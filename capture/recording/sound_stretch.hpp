#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace changji {

/// Plays stereo sound a few hundred parts in a million faster or slower, by windowed-sinc interpolation. As
/// long as no correction was ever asked for, samples come out bit for bit as they went in. One thread.
class SoundStretch {
public:
    /// Takes interleaved samples and appends what they become to `out`; `step` is how far the input moves for
    /// one output frame: above 1 shortens. Output lags by half the kernel (16 frames).
    void run(std::span<const float> in, double step, std::vector<float>& out);
    /// Where in the output the next input frame will stand.
    [[nodiscard]] double position() const;

private:
    void interpolate(std::vector<float>& out) const;

    std::vector<float> held_;  ///< interleaved: half a kernel behind the reading point and all ahead of it
    std::size_t read_ = 0;     ///< frame in `held_` at or before the reading point
    double fraction_ = 0.0;    ///< of a frame, between `read_` and the next
    std::int64_t frames_out_ = 0;
};

}  // namespace changji
