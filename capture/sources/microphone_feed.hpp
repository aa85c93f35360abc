#pragma once

// What every microphone does with the samples it gets. Internal to capture/.

#include "capture/av/av.hpp"
#include "capture/sources/microphone_clock.hpp"
#include "capture/types/result.hpp"
#include "capture/types/sound_block.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace changji {

/// Interleaved samples as a device gives them.
struct SampleShape {
    AVSampleFormat format = AV_SAMPLE_FMT_NONE;
    int rate_hz = 0;
    int channels = 0;

    [[nodiscard]] std::size_t frame_bytes() const {
        return static_cast<std::size_t>(av_get_bytes_per_sample(format)) * channels;
    }
};

/// Turns them into blocks of 20 ms, 48 kHz stereo, numbered without gap and timed by ArrivalClock.
class MicrophoneFeed {
public:
    static Result<MicrophoneFeed> open(const SampleShape& shape);

    /// Takes whole frames of samples.
    void add(std::span<const std::uint8_t> samples);
    /// The device skipped `bytes` of sound: silence, so that what follows keeps its place.
    void add_silence(std::size_t bytes);
    /// The newest of what was added arrived just now: hands on every block that is full. What was there together is
    /// added together, because only its end is new.
    void hand_on(CaptureTime now, const std::function<void(SoundBlock)>& on_block);

private:
    MicrophoneFeed(const SampleShape& shape, av::ResamplerPtr resampler);

    SampleShape shape_;
    av::ResamplerPtr resampler_;
    ArrivalClock clock_;
    std::vector<float> pending_;  ///< converted, not yet a whole block
    std::int64_t frames_handed_on_ = 0;
};

}  // namespace changji
