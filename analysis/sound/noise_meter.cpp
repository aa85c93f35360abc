#include "analysis/sound/noise_meter.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr std::int64_t enough_without_voice = 10;  // 0.2 s
constexpr std::int64_t enough_voice = 25;          // 0.5 s
constexpr std::int64_t enough_sound = 45;          // 1 s, of which the gate still holds the last 0.1 s
constexpr double lowest_ratio_db = -10.0;
constexpr double estimate_bias_db = 4.5;

}  // namespace

void NoiseMeter::Statistics::merge(const Statistics& other) {
    all.merge(other.all);
    without_voice.merge(other.without_voice);
    voiced_power += other.voiced_power;
    voiced_frames += other.voiced_frames;
}

void NoiseMeter::hear(std::span<const float> interleaved) {
    gate_.hear(interleaved, [this](const GatedFrame& frame) {
        spectrum_.hear(frame);
        sudden_noises_.hear(frame);
        if (frame.first_frame >= counts_from_) count(frame);
    });
}

void NoiseMeter::count(const GatedFrame& frame) {
    Statistics& statistics = statistics_.current();
    statistics.all.add(frame.power());
    if (frame.kind == VoiceKind::Voice) {
        statistics.voiced_power += frame.power();
        ++statistics.voiced_frames;
    }
    if (frame.away_from_voice) statistics.without_voice.add(frame.power());
    statistics_.advance(VoiceGate::frame_s);
}

NoiseReading NoiseMeter::read() const {
    const Statistics statistics = statistics_.combined();
    NoiseReading reading;
    reading.spectrum = spectrum_.read();
    reading.sudden_noises = sudden_noises_.events();
    if (statistics.all.total() < enough_sound) return reading;
    const bool heard_room = statistics.without_voice.total() >= enough_without_voice;
    reading.estimated = !heard_room;
    reading.noise_floor_dbfs =
        heard_room ? statistics.without_voice.percentile_dbfs(0.5) : statistics.all.percentile_dbfs(0.1);
    if (statistics.voiced_frames < enough_voice) return reading;
    if (heard_room) {
        const double noise = power_of(*reading.noise_floor_dbfs);
        const double speech = statistics.voiced_power / static_cast<double>(statistics.voiced_frames);
        const double ratio = std::max((speech - noise) / noise, power_of(lowest_ratio_db));
        reading.speech_to_noise_db = 10.0 * std::log10(ratio);
    } else {
        const double spread = statistics.all.percentile_dbfs(0.95) - statistics.all.percentile_dbfs(0.1);
        reading.speech_to_noise_db = spread - estimate_bias_db;
    }
    return reading;
}

void NoiseMeter::begin_take() {
    counts_from_ = gate_.frames_heard();
    statistics_.begin_take();
    spectrum_.begin_take(counts_from_);
    sudden_noises_.begin_take(counts_from_);
}

void NoiseMeter::end_take() {
    counts_from_ = gate_.frames_heard();
    statistics_.end_take();
    spectrum_.end_take(counts_from_);
    sudden_noises_.end_take(counts_from_);
}

}  // namespace changji
