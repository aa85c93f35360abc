#pragma once

#include "analysis/judging/event_list.hpp"
#include "analysis/recent_or_take.hpp"
#include "analysis/sound/sound_slots.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace changji {

struct SilenceReading {
    std::optional<double> longest_s;
    EventList stretches;  ///< of 1 s and more; the last one may still go on
};

/// Stretches in which every sample of both channels is below −80 dBFS (|x| < 0.0001), as ffmpeg's
/// `silencedetect=noise=-80dB:d=1` finds them. The longest one's length counts whatever it is, 0 if there is none;
/// absent before 1 s of sound. A stretch that goes on counts with what was heard of it; a take's begin with the take,
/// and outside a take it counts whole, however long ago it began.
class SilenceMeter {
public:
    void hear(std::span<const float> interleaved);
    [[nodiscard]] SilenceReading read() const;
    void begin_take();
    void end_take();

private:
    struct Silences {
        std::int64_t longest_frames = 0;
        std::int64_t frames = 0;
        EventList stretches;

        void merge(const Silences& other);
        void add(FrameRange stretch);
    };

    SoundSlots slots_;
    RecentOrTake<Silences> silences_;
    std::int64_t frames_heard_ = 0;
    std::int64_t silent_from_ = 0;  ///< frames_heard_ while it sounds
};

}  // namespace changji
