#pragma once

#include "capture/types/sound_block.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace changji {

/// The highest value of the signal between its samples, by ITU-R BS.1770-4, Annex 2: fourfold oversampling with
/// libebur128's interpolator (49 taps, Hann-windowed sinc), to the same last digit. Interpolation can raise a peak by
/// at most the sum of its taps' magnitudes, so where that stays below the peak so far it is left out: on speech nearly
/// always, and without any change of the result.
class TruePeak {
public:
    enum class Thrift { LeaveOutWhatCannotMatter, AlwaysInterpolate };
    explicit TruePeak(Thrift thrift = Thrift::LeaveOutWhatCannotMatter) : thrift_(thrift) {}

    /// The higher of `peak` and the true peak of this sound in either channel, 1 at full scale.
    [[nodiscard]] double raise(double peak, std::span<const float> interleaved);
    /// As if nothing had been heard.
    void restart() { channels_ = {}; }

private:
    static constexpr std::size_t taps = 12;
    static constexpr std::size_t past = taps - 1;
    static constexpr std::size_t chunk = 240;
    using Channel = std::array<double, past + chunk>;  ///< what went before, then what is new

    double raise_chunk(double peak, std::span<const float> interleaved);

    Thrift thrift_;
    std::array<Channel, sound_channels> channels_{};
};

}  // namespace changji
