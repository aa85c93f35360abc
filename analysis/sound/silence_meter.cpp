#include "analysis/sound/silence_meter.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr float silent_below = 0.0001f;
constexpr std::int64_t listed_from_frames = sound_rate_hz;

}  // namespace

void SilenceMeter::Silences::merge(const Silences& other) {
    longest_frames = std::max(longest_frames, other.longest_frames);
    frames += other.frames;
    stretches.append(other.stretches);
}

void SilenceMeter::Silences::add(FrameRange stretch) {
    longest_frames = std::max(longest_frames, stretch.frames());
    if (stretch.frames() >= listed_from_frames) stretches.add(stretch);
}

void SilenceMeter::hear(std::span<const float> interleaved) {
    const auto piece = [this](std::span<const float> sound) {
        Silences& silences = silences_.current();
        for (std::size_t i = 0; i < sound.size(); i += sound_channels) {
            if (std::max(std::abs(sound[i]), std::abs(sound[i + 1])) >= silent_below) {
                if (silent_from_ < frames_heard_) silences.add({silent_from_, frames_heard_});
                silent_from_ = frames_heard_ + 1;
            }
            ++frames_heard_;
        }
        silences.frames += static_cast<std::int64_t>(sound.size() / sound_channels);
    };
    slots_.cut(interleaved, piece, [this] { silences_.advance(SoundSlots::slot_s); });
}

SilenceReading SilenceMeter::read() const {
    Silences silences = silences_.combined();
    if (silent_from_ < frames_heard_) silences.add({silent_from_, frames_heard_});
    SilenceReading reading;
    if (silences.frames >= sound_rate_hz) reading.longest_s = to_seconds(sound_duration(silences.longest_frames));
    reading.stretches = std::move(silences.stretches);
    return reading;
}

void SilenceMeter::begin_take() {
    silent_from_ = frames_heard_;
    silences_.begin_take();
}

void SilenceMeter::end_take() {
    silent_from_ = frames_heard_;
    silences_.end_take();
}

}  // namespace changji
