#include "analysis/sound/channel_meter.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr double dead_below_dbfs = -70.0;
constexpr double alive_above_dbfs = -40.0;
constexpr double lowest_dbfs = -120.0;

double power_dbfs(double power) { return std::max(lowest_dbfs, 10.0 * std::log10(std::max(power, 1e-12))); }

}  // namespace

void ChannelMeter::hear(std::span<const float> interleaved) {
    for (std::size_t i = 0; i + 1 < interleaved.size(); i += sound_channels) {
        for (std::size_t channel = 0; channel < sound_channels; ++channel) {
            const float sample = interleaved[i + channel];
            filling_.squares[channel] += double{sample} * sample;
            filling_.peak[channel] = std::max(filling_.peak[channel], std::abs(sample));
        }
        if (++filled_frames_ < slot_frames) continue;
        slots_[whole_slots_++ % slot_count] = filling_;
        filling_ = Slot{};
        filled_frames_ = 0;
    }
}

std::array<ChannelLevel, sound_channels> ChannelMeter::levels() const {
    std::array<ChannelLevel, sound_channels> levels;
    if (whole_slots_ == 0) return levels;
    const Slot& newest = slots_[(whole_slots_ - 1) % slot_count];
    for (std::size_t channel = 0; channel < sound_channels; ++channel) {
        levels[channel].rms_dbfs = power_dbfs(newest.squares[channel] / slot_frames);
        levels[channel].peak_dbfs = power_dbfs(double{newest.peak[channel]} * newest.peak[channel]);
    }
    return levels;
}

std::optional<DeadChannel> ChannelMeter::dead_channel() const {
    if (whole_slots_ < slot_count) return std::nullopt;
    std::array<double, sound_channels> dbfs{};
    for (std::size_t channel = 0; channel < sound_channels; ++channel) {
        double squares = 0.0;
        for (const Slot& slot : slots_) squares += slot.squares[channel];
        dbfs[channel] = power_dbfs(squares / (slot_frames * slot_count));
    }
    const auto [left, right] = dbfs;
    if (left < dead_below_dbfs && right < dead_below_dbfs) return DeadChannel::Both;
    if (left < dead_below_dbfs && right > alive_above_dbfs) return DeadChannel::Left;
    if (right < dead_below_dbfs && left > alive_above_dbfs) return DeadChannel::Right;
    return DeadChannel::None;
}

}  // namespace changji
