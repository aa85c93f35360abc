#include "analysis/noise_meter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace changji {
namespace {

constexpr double frame_s = 0.02;
constexpr double frame_samples = 2.0 * VoiceActivity::frame_length * sound_channels;
constexpr std::size_t guard_frames = 5;            // 100 ms on either side
constexpr std::int64_t enough_without_voice = 10;  // 0.2 s
constexpr std::int64_t enough_voice = 25;          // 0.5 s
constexpr std::int64_t enough_sound = 50;          // 1 s
constexpr double lowest_dbfs = -130.0;
constexpr double step_db = 0.1;
constexpr double lowest_ratio_db = -10.0;

double from_db(double db) { return std::pow(10.0, db / 10.0); }

struct Biquad {
    double b0, b1, b2, a1, a2;
};

/// Butterworth high-pass, R. Bristow-Johnson's "Audio EQ Cookbook".
Biquad high_pass_80_hz() {
    const double w = 2.0 * std::numbers::pi * 80.0 / sound_rate_hz;
    const double alpha = std::sin(w) / std::numbers::sqrt2;
    const double a0 = 1.0 + alpha, c = std::cos(w);
    return {(1.0 + c) / 2.0 / a0, -(1.0 + c) / a0, (1.0 + c) / 2.0 / a0, -2.0 * c / a0, (1.0 - alpha) / a0};
}

}  // namespace

void NoiseMeter::PowerHistogram::add(double power) {
    const double dbfs = 10.0 * std::log10(std::max(power, 1e-13));
    const double bin = std::clamp((dbfs - lowest_dbfs) / step_db, 0.0, static_cast<double>(counts_.size() - 1));
    ++counts_[static_cast<std::size_t>(bin)];
    ++total_;
}

void NoiseMeter::PowerHistogram::merge(const PowerHistogram& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    total_ += other.total_;
}

double NoiseMeter::PowerHistogram::percentile_dbfs(double share) const {
    const double wanted = share * static_cast<double>(total_);
    double below = 0.0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        below += counts_[i];
        if (below >= wanted && below > 0.0) return lowest_dbfs + step_db * (static_cast<double>(i) + 0.5);
    }
    return lowest_dbfs;
}

void NoiseMeter::Statistics::merge(const Statistics& other) {
    all.merge(other.all);
    without_voice.merge(other.without_voice);
    voiced_power += other.voiced_power;
    voiced_frames += other.voiced_frames;
}

double NoiseMeter::HighPass::filter(double x) {
    static const Biquad f = high_pass_80_hz();
    const double y = f.b0 * x + f.b1 * x1_ + f.b2 * x2_ - f.a1 * y1_ - f.a2 * y2_;
    x2_ = x1_;
    x1_ = x;
    y2_ = y1_;
    y1_ = std::abs(y) < 1e-15 ? 0.0 : y;  // denormal numbers are slow
    return y;
}

NoiseMeter::NoiseMeter() = default;

void NoiseMeter::hear(std::span<const float> interleaved) {
    for (std::size_t i = 0; i + 1 < interleaved.size(); i += sound_channels) {
        const double left = high_pass_[0].filter(interleaved[i]), right = high_pass_[1].filter(interleaved[i + 1]);
        frame_.power += left * left + right * right;
        mono_[mono_filled_++] = (interleaved[i] + interleaved[i + 1]) / 2.0f;
        if (mono_filled_ == mono_.size()) finish_voice_frame();
    }
}

void NoiseMeter::finish_voice_frame() {
    mono_filled_ = 0;
    const bool reliable = voice_.is_reliable();
    const bool voiced = voice_.hear(mono_);
    const Kind kind = !reliable ? Kind::Unknown : voiced ? Kind::Voice : Kind::WithoutVoice;
    frame_.kind = second_half_ ? std::max(frame_.kind, kind) : kind;
    second_half_ = !second_half_;
    if (second_half_) return;
    frame_.power /= frame_samples;
    classify(frame_);
    frame_ = Frame{};
    statistics_.advance(frame_s);
}

void NoiseMeter::classify(const Frame& newest) {
    Statistics& statistics = statistics_.current();
    statistics.all.add(newest.power);
    if (newest.kind == Kind::Voice) {
        statistics.voiced_power += newest.power;
        ++statistics.voiced_frames;
    }
    neighbours_.push_back(newest);
    if (neighbours_.size() <= 2 * guard_frames) return;
    const bool quiet = std::all_of(neighbours_.begin(), neighbours_.end(),
                                   [](const Frame& frame) { return frame.kind == Kind::WithoutVoice; });
    if (quiet) statistics.without_voice.add(neighbours_[guard_frames].power);
    neighbours_.pop_front();
}

NoiseReading NoiseMeter::read() const {
    const Statistics statistics = statistics_.combined();
    NoiseReading reading;
    const bool heard_room = statistics.without_voice.total() >= enough_without_voice;
    if (statistics.all.total() >= enough_sound) {
        reading.noise_floor_dbfs =
            heard_room ? statistics.without_voice.percentile_dbfs(0.5) : statistics.all.percentile_dbfs(0.1);
    }
    if (statistics.voiced_frames < enough_voice) return reading;
    if (heard_room) {
        const double noise = from_db(*reading.noise_floor_dbfs);
        const double speech = statistics.voiced_power / static_cast<double>(statistics.voiced_frames);
        const double ratio = std::max((speech - noise) / noise, from_db(lowest_ratio_db));
        reading.speech_to_noise_db = 10.0 * std::log10(ratio);
    } else if (reading.noise_floor_dbfs) {
        const double spread = statistics.all.percentile_dbfs(0.95) - statistics.all.percentile_dbfs(0.1);
        reading.speech_to_noise_db = spread - 4.5;
    }
    return reading;
}

}  // namespace changji
