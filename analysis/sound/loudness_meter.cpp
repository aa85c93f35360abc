#include "analysis/sound/loudness_meter.hpp"

#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <cmath>
#include <new>

#include <ebur128.h>

namespace changji {
namespace {

constexpr unsigned long slot_ms = 100;
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
        EBUR128_MODE_M | EBUR128_MODE_S | EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_HISTOGRAM;
    ebur128_state* state = ebur128_init(sound_channels, sound_rate_hz, mode);
};

LoudnessMeter::LoudnessMeter() { restart(); }
LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::restart() {
    analyser_ = std::make_unique<Analyser>();
    frames_heard_ = slots_heard_ = 0;
    slots_ = {};
    true_peak_.restart();
}

void LoudnessMeter::hear(std::span<const float> interleaved) {
    const auto piece = [this](std::span<const float> sound) {
        const std::size_t frames = sound.size() / sound_channels;
        if (ebur128_add_frames_float(analyser_->state, sound.data(), frames) != EBUR128_SUCCESS) return;
        frames_heard_ += frames;
        Peak& peak = peak_.current();
        peak = {true_peak_.raise(peak.linear, sound), true};
    };
    slots_.cut(interleaved, piece, [this] { end_slot(); });
}

void LoudnessMeter::end_slot() {
    peak_.advance(SoundSlots::slot_s);
    double lufs = 0.0;
    const bool heard = ebur128_loudness_window(analyser_->state, slot_ms, &lufs) == EBUR128_SUCCESS;
    slot_power_[slots_heard_++ % slot_power_.size()] = heard ? std::pow(10.0, lufs / 10.0) : 0.0;
}

/// Of the newest slots, each measured once: asked itself, libebur128 adds up every sample of 3 s anew.
std::optional<double> LoudnessMeter::lufs_of_last(std::size_t slots) const {
    if (slots_heard_ < slots) return std::nullopt;
    double power = 0.0;
    for (std::size_t back = 1; back <= slots; ++back) power += slot_power_[(slots_heard_ - back) % slot_power_.size()];
    const double lufs = 10.0 * std::log10(power / static_cast<double>(slots));
    return lufs > gate_lufs ? std::optional(lufs) : std::nullopt;
}

std::optional<double> LoudnessMeter::momentary_lufs() const { return lufs_of_last(4); }

std::optional<double> LoudnessMeter::short_term_lufs() const { return lufs_of_last(slot_power_.size()); }

std::optional<double> LoudnessMeter::integrated_lufs() const { return ask(analyser_->state, ebur128_loudness_global); }

std::optional<double> LoudnessMeter::range_lu() const {
    double lu = 0.0;
    if (frames_heard_ < std::size_t{sound_rate_hz} * 10 || !integrated_lufs() ||
        ebur128_loudness_range(analyser_->state, &lu) != EBUR128_SUCCESS) {
        return std::nullopt;
    }
    return lu;
}

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
