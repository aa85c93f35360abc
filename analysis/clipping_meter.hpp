#pragma once

#include "analysis/recent_or_take.hpp"
#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace changji {

/// How often the signal stands at full scale: runs of at least 3 samples in a row at |x| ≥ 0.999, per second,
/// of the channel that has more. Absent before 1 s of sound.
class ClippingMeter {
public:
    void hear(std::span<const float> interleaved);
    [[nodiscard]] std::optional<double> runs_per_s() const;
    void begin_take() { counts_.begin_take(); }
    void end_take() { counts_.end_take(); }

private:
    struct Counts {
        std::array<std::int64_t, sound_channels> runs{};
        std::int64_t frames = 0;

        void merge(const Counts& other) {
            for (std::size_t channel = 0; channel < runs.size(); ++channel) runs[channel] += other.runs[channel];
            frames += other.frames;
        }
    };

    std::array<int, sound_channels> run_length_{};
    RecentOrTake<Counts> counts_;
};

}  // namespace changji
