#pragma once

#include "analysis/judging/event_list.hpp"
#include "analysis/recent_or_take.hpp"
#include "analysis/sound/sound_slots.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace changji {

/// Whether left and right pull the same way: ΣLR/√(ΣL²·ΣR²) over 100 ms, +1 for mono, 0 for unrelated channels, −1 when
/// one is turned round and both vanish on a mono speaker. A slot counts only if both channels are above −60 dBFS.
///
/// The value is the highest of the last 20 slots that count, 2 s of sound in both channels, none of which began more
/// than 10 s ago: below −0.5 it means that all of these 2 s were inverted. Absent without as many.
class PhaseMeter {
public:
    void hear(std::span<const float> interleaved);
    [[nodiscard]] std::optional<double> phase() const;
    /// Of the last 100 ms alone; absent when they don't count.
    [[nodiscard]] std::optional<double> newest() const { return newest_; }
    /// Where the value was below −0.5: each from the beginning of its first 2 s on.
    [[nodiscard]] EventList inverted() const { return inverted_.combined(); }
    void begin_take();
    void end_take();

private:
    static constexpr std::size_t slots_kept = 20;
    struct Slot {
        double correlation = 0.0;
        std::int64_t from_frame = 0;
    };
    struct Sums {
        double left_right = 0.0, left = 0.0, right = 0.0;
    };
    /// A stretch prolongs itself through its own 2 s.
    struct Stretches : EventList {
        void merge(const Stretches& other) { append(other); }
    };

    void finish_slot();
    void forget();

    SoundSlots slots_;
    Sums sums_;
    std::array<Slot, slots_kept> counted_{};
    std::size_t count_ = 0;  ///< of slots that counted; the newest is at (count_ − 1) % slots_kept
    std::optional<double> newest_;
    std::int64_t frames_heard_ = 0;
    RecentOrTake<Stretches> inverted_;
};

}  // namespace changji
