#include "analysis/loudness_meter.hpp"

#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <cmath>
#include <new>

#include <ebur128.h>

namespace changji {
namespace {

constexpr double gate_lufs = -70.0;
constexpr double lowest_dbtp = -120.0;

using Query = int (*)(ebur128_state*, double*);

std::optional<double> ask(ebur128_state* state, Query query) {
    double lufs = 0.0;
    if (query(state, &lufs) != EBUR128_SUCCESS || !(lufs > gate_lufs)) return std::nullopt;
    return lufs;
}

}  // namespace

void LoudnessMeter::Peak::merge(const Peak& other) {
    linear = std::max(linear, other.linear);
    heard = heard || other.heard;
}

struct LoudnessMeter::Analyser {
    Analyser() {
        if (!state) throw std::bad_alloc();
    }
    ~Analyser() { ebur128_destroy(&state); }
    Analyser(const Analyser&) = delete;
    Analyser& operator=(const Analyser&) = delete;

    static constexpr int mode =
        EBUR128_MODE_M | EBUR128_MODE_S | EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK | EBUR128_MODE_HISTOGRAM;
    ebur128_state* state = ebur128_init(sound_channels, sound_rate_hz, mode);
};

LoudnessMeter::LoudnessMeter() { restart(); }
LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::restart() {
    analyser_ = std::make_unique<Analyser>();
    frames_heard_ = 0;
}

void LoudnessMeter::hear(std::span<const float> interleaved) {
    const std::size_t frames = interleaved.size() / sound_channels;
    if (frames == 0 || ebur128_add_frames_float(analyser_->state, interleaved.data(), frames) != EBUR128_SUCCESS)
        return;
    frames_heard_ += frames;
    Peak peak{0.0, true};
    for (unsigned channel = 0; channel < sound_channels; ++channel) {
        double linear = 0.0;
        if (ebur128_prev_true_peak(analyser_->state, channel, &linear) == EBUR128_SUCCESS) {
            peak.linear = std::max(peak.linear, linear);
        }
    }
    peak_.current().merge(peak);
    peak_.advance(to_seconds(sound_duration(static_cast<std::int64_t>(frames))));
}

std::optional<double> LoudnessMeter::momentary_lufs() const {
    if (frames_heard_ < sound_rate_hz * 4 / 10) return std::nullopt;
    return ask(analyser_->state, ebur128_loudness_momentary);
}

std::optional<double> LoudnessMeter::short_term_lufs() const {
    if (frames_heard_ < std::size_t{sound_rate_hz} * 3) return std::nullopt;
    return ask(analyser_->state, ebur128_loudness_shortterm);
}

std::optional<double> LoudnessMeter::integrated_lufs() const { return ask(analyser_->state, ebur128_loudness_global); }

std::optional<double> LoudnessMeter::true_peak_dbtp() const {
    const Peak peak = peak_.combined();
    if (!peak.heard) return std::nullopt;
    return peak.linear > 0.0 ? std::max(lowest_dbtp, 20.0 * std::log10(peak.linear)) : lowest_dbtp;
}

void LoudnessMeter::begin_take() {
    restart();
    peak_.begin_take();
}

void LoudnessMeter::end_take() {
    restart();
    peak_.end_take();
}

}  // namespace changji
