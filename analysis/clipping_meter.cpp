#include "analysis/clipping_meter.hpp"

#include <cmath>

namespace changji {
namespace {

constexpr float full_scale = 0.999f;
constexpr int shortest_run = 3;

}  // namespace

void ClippingMeter::hear(std::span<const float> interleaved) {
    Counts& counts = counts_.current();
    for (std::size_t i = 0; i < interleaved.size(); ++i) {
        const std::size_t channel = i % sound_channels;
        int& length = run_length_[channel];
        length = std::abs(interleaved[i]) >= full_scale ? std::min(length + 1, shortest_run + 1) : 0;
        if (length == shortest_run) ++counts.runs[channel];
    }
    const auto frames = static_cast<std::int64_t>(interleaved.size() / sound_channels);
    counts.frames += frames;
    counts_.advance(to_seconds(sound_duration(frames)));
}

std::optional<double> ClippingMeter::runs_per_s() const {
    const Counts counts = counts_.combined();
    if (counts.frames < sound_rate_hz) return std::nullopt;
    const auto runs = std::max(counts.runs[0], counts.runs[1]);
    return static_cast<double>(runs) / to_seconds(sound_duration(counts.frames));
}

}  // namespace changji
