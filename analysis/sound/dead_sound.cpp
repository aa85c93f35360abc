#include "analysis/sound/dead_sound.hpp"

#include <algorithm>
#include <array>

namespace changji {
namespace {

constexpr float faint_swing = 2.0F * 0.0001F;  // from the lowest to the highest sample
constexpr std::int64_t dead_after_frames = std::int64_t{sound_rate_hz} * 8 / 10;

/// Of the channel that moves more.
float swing_of(std::span<const float> interleaved) {
    float widest = 0.0F;
    for (std::size_t channel = 0; channel < sound_channels; ++channel) {
        float lowest = interleaved[channel], highest = lowest;
        for (std::size_t at = channel; at < interleaved.size(); at += sound_channels) {
            lowest = std::min(lowest, interleaved[at]);
            highest = std::max(highest, interleaved[at]);
        }
        widest = std::max(widest, highest - lowest);
    }
    return widest;
}

}  // namespace

void DeadSoundWatch::hear(const SoundBlock& block) {
    const auto frames = static_cast<std::int64_t>(block.frames());
    if (frames == 0) return;
    const float swing = swing_of(block.interleaved());
    quiet_frames_ = swing < faint_swing ? quiet_frames_ + frames : 0;
    constant_frames_ = swing == 0.0F ? constant_frames_ + frames : 0;
}

DeadSound DeadSoundWatch::kind() const {
    if (quiet_frames_ < dead_after_frames) return DeadSound::No;
    return constant_frames_ >= dead_after_frames ? DeadSound::Zeros : DeadSound::Faint;
}

}  // namespace changji
