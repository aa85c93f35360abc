#pragma once

#include "analysis/judging/event_list.hpp"
#include "analysis/recent_or_take.hpp"
#include "analysis/sound/sound_slots.hpp"
#include "capture/types/sound_block.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace changji {

/// How often the signal stands at full scale: runs of at least 3 samples in a row at |x| ≥ 0.999, per second,
/// of the channel that has more. Absent before 1 s of sound. The moments are of both channels; those within 0.3 s are
/// one.
class ClippingMeter {
public:
    void hear(std::span<const float> interleaved);
    [[nodiscard]] std::optional<double> runs_per_s() const;
    [[nodiscard]] EventList moments() const { return counts_.combined().moments; }
    void begin_take();
    void end_take();

private:
    struct Counts {
        std::array<std::int64_t, sound_channels> runs{};
        std::int64_t frames = 0;
        EventList moments;

        void merge(const Counts& other);
    };

    void hear_piece(std::span<const float> interleaved);

    SoundSlots slots_;
    std::array<int, sound_channels> run_length_{};
    std::int64_t frames_heard_ = 0;
    RecentOrTake<Counts> counts_;
};

}  // namespace changji
