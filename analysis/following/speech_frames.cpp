#include "analysis/following/speech_frames.hpp"

#include "capture/types/sound_block.hpp"

#include <algorithm>

namespace changji {
namespace {

constexpr float pre_emphasis = 0.97F;
/// Steps of 10 ms until the first window of 25 ms is full; then every other one ends a frame.
constexpr std::int64_t first_whole_step = 3;

}  // namespace

std::vector<SpeechFrame> SpeechFramer::hear(std::span<const float> interleaved) {
    std::vector<SpeechFrame> made;
    for (std::size_t i = 0; i + 1 < interleaved.size(); i += sound_channels) {
        if (!decimator_.hear((interleaved[i] + interleaved[i + 1]) / 2.0F)) continue;
        step_[filled_++] = decimator_.newest();
        if (filled_ < step_.size()) continue;
        finish_step(made);
        filled_ = 0;
    }
    return made;
}

void SpeechFramer::finish_step(std::vector<SpeechFrame>& made) {
    const bool speaking = gate_.hear(step_);
    std::copy(emphasised_.begin() + ReaderGate::step, emphasised_.end(), emphasised_.begin());
    auto out = emphasised_.end() - ReaderGate::step;
    for (const float sample : step_) {
        *out++ = sample - pre_emphasis * before_;
        before_ = sample;
    }
    ++steps_;
    if (steps_ < first_whole_step || (steps_ - first_whole_step) % 2 != 0) return;
    made.push_back({cepstra_.of(emphasised_), speaking, gate_.speech_to_noise_db()});
    ++frames_made_;
}

}  // namespace changji
