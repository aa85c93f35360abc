#pragma once

#include "analysis/judging/event_list.hpp"
#include "analysis/picture/periodicity.hpp"
#include "analysis/recent_or_take.hpp"
#include "analysis/sound/power_histogram.hpp"
#include "analysis/sound/voice_gate.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace changji {

/// Doors, keys, knocks: sounds that break out where nobody speaks. A noise begins where
///
///   50 ms of sound are 20 dB above the room's floor, and above −50 dBFS: quieter ones disturb nobody;
///   within them 10 ms rise 15 dB over what lay 20 to 40 ms before: what swells is no sudden noise;
///   the sound does not sing: voice that repeats itself (periodicity above 0.6) is in less than 20 ms of the 150 ms
///   before it and less than 30 ms of its own course (until it sinks to 10 dB above the floor, at most 0.4 s), and its
///   periodicity is below 0.5 on average. The voice detector alone takes 80 % of typing for voice; a word's first sound
///   is as sharp as a knock, but a vowel comes after it.
///
/// Those within 0.3 s are one. The floor is the median of the frames away from voice (with less than 0.2 s of them the
/// 10th percentile of all) over the last 10 to 20 s, in and outside a take. Known 0.6 s after it happened, from 1.7 s
/// after the first sound on: until then there is no telling what is voice.
class SuddenNoises {
public:
    void hear(const GatedFrame& frame);
    /// Absent until it can be told that there was none.
    [[nodiscard]] std::optional<EventList> events() const;
    /// What was heard before `from_frame` does not count.
    void begin_take(std::int64_t from_frame);
    void end_take(std::int64_t from_frame);

private:
    static constexpr std::size_t ring_length = 128;
    static constexpr std::int64_t before = 20, course = 45, block = 5;
    struct Tick {  ///< 10 ms
        double power = 0.0;
        double periodicity = 0.0;
        VoiceKind kind = VoiceKind::Unknown;
    };
    struct Floor {
        PowerHistogram all, away;

        void merge(const Floor& other);
    };
    struct Found {
        EventList events;
        std::int64_t blocks = 0;

        void merge(const Found& other);
    };

    [[nodiscard]] const Tick& tick(std::int64_t index) const;
    void judge(std::int64_t first_tick);

    Periodicity periodicity_;
    std::array<Tick, ring_length> ring_;
    std::int64_t ticks_ = 0;
    RecentOrTake<Floor> floor_;
    RecentOrTake<Found> found_;
    std::int64_t counts_from_ = 0;
};

}  // namespace changji
