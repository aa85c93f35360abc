#pragma once

#include "analysis/meter_bank.hpp"
#include "capture/types/sound_block.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace changji {

/// Which channels sound, by the power of each over the last 2 s.
enum class DeadChannel { None = 0, Left = 1, Right = 2, Both = 3 };

/// Levels of each channel: over 100 ms for the bars, over 2 s to find a dead one.
class ChannelMeter {
public:
    void hear(std::span<const float> interleaved);
    /// Of the last whole 100 ms.
    [[nodiscard]] std::array<ChannelLevel, sound_channels> levels() const;
    /// A channel below −70 dBFS (RMS over 2 s) while the other is above −40 is dead; with both below −70
    /// there is no sound at all. Absent before 2 s of sound.
    [[nodiscard]] std::optional<DeadChannel> dead_channel() const;

private:
    static constexpr std::size_t slot_frames = sound_rate_hz / 10;
    static constexpr std::size_t slot_count = 20;
    struct Slot {
        std::array<double, sound_channels> squares{};
        std::array<float, sound_channels> peak{};
    };

    std::array<Slot, slot_count> slots_{};
    std::size_t whole_slots_ = 0;  ///< since the start; the newest is at (whole_slots_ − 1) % slot_count
    Slot filling_;
    std::size_t filled_frames_ = 0;
};

}  // namespace changji
