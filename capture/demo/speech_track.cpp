#include "capture/demo/speech_track.hpp"

#include "capture/demo/loudness.hpp"
#include "capture/speech_synthesis.hpp"
#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace changji::demo {
namespace {

constexpr std::int64_t pause_frames = sound_rate_hz * 3 / 2;
constexpr std::int64_t lead_in_frames = sound_rate_hz * 2 / 5;
constexpr int voice_step_frames = sound_rate_hz / 100;
constexpr double loudness_lufs = -23.0;
constexpr float bend = 0.45F, ceiling = 0.62F;  // −6.9 and −4.2 dBFS: room for peaks between the samples

const std::array<std::string, 5> sentences{
    "各位同学，大家好，今天我们聊一聊毕业生就业这个话题。", "就业是最大的民生，我们主动走访企业，为大家开拓新的岗位。",
    "学校为每一位同学提供职业规划、简历修改和面试辅导。",   "对有困难的同学，老师一对一帮助，一个都不落下。",
    "希望同学们脚踏实地，勇敢尝试，书写自己的青春答卷。",
};

std::vector<float> without_silent_ends(const std::vector<float>& sound) {
    const auto audible = [](float sample) { return std::abs(sample) > 0.003F; };
    const auto first = std::find_if(sound.begin(), sound.end(), audible);
    const auto last = std::find_if(sound.rbegin(), sound.rend(), audible).base();
    return first < last ? std::vector<float>(first, last) : std::vector<float>();
}

/// Low harmonics in syllables of a quarter of a second: something to meter, nothing to understand.
std::vector<float> murmur(int seconds) {
    std::vector<float> sound(static_cast<std::size_t>(seconds) * sound_rate_hz);
    double phase = 0.0;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double t = static_cast<double>(i) / sound_rate_hz;
        const double pitch_hz = 118.0 + 14.0 * std::sin(2.1 * t) + 8.0 * std::sin(5.3 * t);
        phase += 2.0 * std::numbers::pi * pitch_hz / sound_rate_hz;
        double value = 0.0;
        for (int k = 1; k <= 12; ++k) value += std::sin(k * phase) / (k + std::abs(k - 4));
        const double syllable = std::pow(std::sin(std::numbers::pi * std::fmod(t * 4.0, 1.0)), 2);
        sound[i] = static_cast<float>(0.2 * value * syllable);
    }
    return sound;
}

float softly_limited(float sample) {
    const float size = std::abs(sample);
    if (size <= bend) return sample;
    return std::copysign(bend + (ceiling - bend) * std::tanh((size - bend) / (ceiling - bend)), sample);
}

}  // namespace

const SpeechTrack& SpeechTrack::shared() {
    static const SpeechTrack track;
    return track;
}

SpeechTrack::SpeechTrack() {
    std::vector<std::vector<float>> spoken;
    for (const Utterance& utterance : synthesise(sentences, {165, 38, 55})) {
        spoken.push_back(without_silent_ends(utterance.samples));
    }
    std::erase_if(spoken, [](const std::vector<float>& sound) { return sound.empty(); });
    if (spoken.empty()) spoken.assign(2, murmur(6));
    samples_.assign(lead_in_frames, 0.0F);
    for (const std::vector<float>& sound : spoken) {
        samples_.insert(samples_.end(), sound.begin(), sound.end());
        samples_.insert(samples_.end(), pause_frames, 0.0F);
    }
    bring_to_level();
    follow_voice();
}

void SpeechTrack::bring_to_level() {
    // Twice: the limiter takes a little loudness away.
    for (int pass = 0; pass < 2; ++pass) {
        const double gain = std::pow(10.0, (loudness_lufs - two_channel_loudness_lufs(samples_)) / 20.0);
        for (float& sample : samples_) sample = softly_limited(static_cast<float>(sample * gain));
    }
}

void SpeechTrack::follow_voice() {
    voice_.resize(samples_.size() / voice_step_frames + 1);
    for (std::size_t i = 0; i < samples_.size(); ++i) voice_[i / voice_step_frames] += samples_[i] * samples_[i];
    float loudest = 0.0F, held = 0.0F;
    for (float& value : voice_) {
        const float level = std::sqrt(value / voice_step_frames);
        held += (level - held) * (level > held ? 0.45F : 0.22F);  // jaws open faster than they close
        value = held;
        loudest = std::max(loudest, held);
    }
    for (float& value : voice_) value = std::min(1.0F, 1.25F * value / std::max(loudest, 1e-6F));
}

float SpeechTrack::at(std::int64_t frame) const { return samples_[frame % length_frames()]; }

double SpeechTrack::voice_at(Nanoseconds at) const {
    const std::int64_t frame = ticks_within(at, Rational{sound_rate_hz, 1}) % length_frames();
    return voice_[frame / voice_step_frames];
}

}  // namespace changji::demo
