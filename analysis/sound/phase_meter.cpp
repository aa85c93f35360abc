#include "analysis/sound/phase_meter.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr double least_heard_power = 1e-6;  // −60 dBFS
constexpr double inverted_below = -0.5;
constexpr std::int64_t oldest_frames = std::int64_t{sound_rate_hz} * 10;

}  // namespace

void PhaseMeter::hear(std::span<const float> interleaved) {
    const auto piece = [this](std::span<const float> sound) {
        Sums sums = sums_;
        for (std::size_t i = 0; i < sound.size(); i += sound_channels) {
            const double left = sound[i], right = sound[i + 1];
            sums.left_right += left * right;
            sums.left += left * left;
            sums.right += right * right;
        }
        sums_ = sums;
        frames_heard_ += static_cast<std::int64_t>(sound.size() / sound_channels);
    };
    slots_.cut(interleaved, piece, [this] { finish_slot(); });
}

void PhaseMeter::finish_slot() {
    constexpr double least_energy = least_heard_power * SoundSlots::slot_frames;
    const auto slot_frames = static_cast<std::int64_t>(SoundSlots::slot_frames);
    newest_.reset();
    if (sums_.left >= least_energy && sums_.right >= least_energy) {
        const double correlation = sums_.left_right / std::sqrt(sums_.left * sums_.right);
        const Slot oldest = counted_[(count_ + 1) % slots_kept];  // of the 20 that this one completes
        newest_ = correlation;
        counted_[count_++ % slots_kept] = {correlation, frames_heard_ - slot_frames};
        if (const auto now = phase(); now && *now < inverted_below) {
            inverted_.current().add({oldest.from_frame, frames_heard_});
        }
    }
    sums_ = Sums{};
    inverted_.advance(SoundSlots::slot_s);
}

std::optional<double> PhaseMeter::phase() const {
    if (count_ < slots_kept || counted_[count_ % slots_kept].from_frame < frames_heard_ - oldest_frames) return {};
    const auto lower = [](const Slot& a, const Slot& b) { return a.correlation < b.correlation; };
    return std::max_element(counted_.begin(), counted_.end(), lower)->correlation;
}

void PhaseMeter::forget() {
    count_ = 0;
    newest_.reset();
    sums_ = Sums{};
}

void PhaseMeter::begin_take() {
    forget();
    inverted_.begin_take();
}

void PhaseMeter::end_take() {
    forget();
    inverted_.end_take();
}

}  // namespace changji
