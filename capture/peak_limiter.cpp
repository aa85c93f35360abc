#include "capture/peak_limiter.hpp"

#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace changji {
namespace {

constexpr float ceiling = 0.89125F;  // −1 dBFS
constexpr std::size_t look_ahead_frames = sound_rate_hz / 200;
constexpr float release_per_frame = 1.0000288F;  // 12 dB in a second

float allowed_gain(float left, float right) {
    const float peak = std::max(std::abs(left), std::abs(right));
    return peak > ceiling ? ceiling / peak : 1.0F;
}

}  // namespace

float PeakLimiter::next_gain(std::size_t frame) const {
    const std::size_t end = std::min(frame + look_ahead_frames, allowed_.size());
    float descent = 0.0F;
    for (std::size_t at = frame; at < end; ++at) {
        if (allowed_[at] < gain_)
            descent = std::max(descent, (gain_ - allowed_[at]) / static_cast<float>(at - frame + 1));
    }
    if (descent > 0.0F) return gain_ - descent;
    return std::min(allowed_[frame], gain_ * release_per_frame);
}

void PeakLimiter::run(std::span<float> interleaved) {
    allowed_.clear();
    for (std::size_t at = 0; at + 1 < interleaved.size(); at += sound_channels) {
        allowed_.push_back(allowed_gain(interleaved[at], interleaved[at + 1]));
    }
    const bool too_loud = std::any_of(allowed_.begin(), allowed_.end(), [](float gain) { return gain < 1.0F; });
    if (!too_loud && !is_limiting()) return;
    for (std::size_t frame = 0; frame < allowed_.size(); ++frame) {
        gain_ = next_gain(frame);
        for (float& sample : interleaved.subspan(frame * sound_channels, sound_channels)) {
            sample = std::clamp(sample * gain_, -ceiling, ceiling);  // the clamp is for the last bit of rounding
        }
    }
}

void PeakLimiter::leave(std::span<float> interleaved) {
    const std::size_t frames = interleaved.size() / sound_channels;
    const float step = (1.0F - gain_) / static_cast<float>(frames);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        gain_ += step;
        for (float& sample : interleaved.subspan(frame * sound_channels, sound_channels)) sample *= gain_;
    }
    gain_ = 1.0F;
}

}  // namespace changji
