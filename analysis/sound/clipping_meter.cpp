#include "analysis/sound/clipping_meter.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr float full_scale = 0.999f;
constexpr int shortest_run = 3;
constexpr std::int64_t join_frames = sound_rate_hz * 3 / 10;

}  // namespace

void ClippingMeter::Counts::merge(const Counts& other) {
    for (std::size_t channel = 0; channel < runs.size(); ++channel) runs[channel] += other.runs[channel];
    frames += other.frames;
    moments.append(other.moments, join_frames);
}

void ClippingMeter::hear(std::span<const float> interleaved) {
    slots_.cut(
        interleaved, [this](std::span<const float> piece) { hear_piece(piece); },
        [this] { counts_.advance(SoundSlots::slot_s); });
}

void ClippingMeter::hear_piece(std::span<const float> interleaved) {
    Counts& counts = counts_.current();
    for (std::size_t i = 0; i < interleaved.size(); ++i) {
        const std::size_t channel = i % sound_channels;
        int& length = run_length_[channel];
        length = std::abs(interleaved[i]) >= full_scale ? std::min(length + 1, shortest_run + 1) : 0;
        if (length < shortest_run) continue;
        if (length == shortest_run) ++counts.runs[channel];
        const std::int64_t frame = frames_heard_ + static_cast<std::int64_t>(i / sound_channels);
        counts.moments.add({frame + 1 - shortest_run, frame + 1}, join_frames);
    }
    const auto frames = static_cast<std::int64_t>(interleaved.size() / sound_channels);
    counts.frames += frames;
    frames_heard_ += frames;
}

std::optional<double> ClippingMeter::runs_per_s() const {
    const Counts counts = counts_.combined();
    if (counts.frames < sound_rate_hz) return std::nullopt;
    const auto runs = std::max(counts.runs[0], counts.runs[1]);
    return static_cast<double>(runs) / to_seconds(sound_duration(counts.frames));
}

void ClippingMeter::begin_take() {
    run_length_ = {};
    counts_.begin_take();
}

void ClippingMeter::end_take() {
    run_length_ = {};
    counts_.end_take();
}

}  // namespace changji
