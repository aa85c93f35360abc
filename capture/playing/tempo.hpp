#pragma once

// Sound played faster or slower at its own pitch. Internal to capture/.

#include <cstdint>
#include <vector>

#include "capture/av/av.hpp"

namespace changji {

/// 48 kHz stereo in, the same out, `rate` times as fast (0.5 to 2). FFmpeg's atempo joins pieces of about 40 ms where
/// they fit, so a moment may sound that much early or late, never more as time goes on. One thread at a time.
class Tempo {
public:
    /// Null when memory is short.
    [[nodiscard]] static std::unique_ptr<Tempo> open(double rate);
    /// What comes out first was so many sample pairs behind what went in first: half of its window (measured by
    /// tests/capture/playback_sound_test.cpp).
    static constexpr std::int64_t lead_frames = 1024;
    /// Interleaved samples; what comes out may lag behind and be empty. No input: what is left inside.
    [[nodiscard]] std::vector<float> stretch(const std::vector<float>& interleaved);

private:
    Tempo() = default;
    av::GraphPtr graph_;
    AVFilterContext* in_ = nullptr;
    AVFilterContext* out_ = nullptr;
    std::int64_t given_ = 0;
};

}  // namespace changji
