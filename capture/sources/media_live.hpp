#pragma once

// The time of a live stream, and its silences. Internal to capture/.

#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "capture/types/time.hpp"

namespace changji {

/// Puts a stream's time on this machine's clock by the packets that were fastest on their way: what comes late
/// was captured in time all the same. A sender whose clock is slower is followed by 200 ppm.
class LiveClock {
public:
    /// Something whose last moment has the stream's time `stamp` arrived.
    void saw(CaptureTime stamp, CaptureTime arrived);
    /// After saw().
    [[nodiscard]] CaptureTime on_our_clock(CaptureTime stamp) const { return stamp + offset_.value_or(Nanoseconds{0}); }

private:
    std::optional<Nanoseconds> offset_;
    CaptureTime last_;
};

/// What waits in buffers when a stream is joined is old: it is decoded but not delivered. It ends with the first
/// packet that had to be waited for, and a moment more in which the clock finds the fast packets.
class Backlog {
public:
    explicit Backlog(CaptureTime joined) : joined_(joined) {}
    /// A packet came after so long a wait.
    void packet(Nanoseconds waited, CaptureTime now);
    [[nodiscard]] bool over(CaptureTime now) const;

private:
    CaptureTime joined_;
    std::optional<CaptureTime> first_wait_;
};

/// When a track gave something last, and whether its silence has been told.
class SilenceWatch {
public:
    void begin(CaptureTime now, Nanoseconds longest);
    void heard(CaptureTime now);
    [[nodiscard]] bool is_silent(CaptureTime now) const { return now - last_ > longest_; }
    /// True once for each silence.
    [[nodiscard]] bool alarms() { return !std::exchange(told_, true); }

private:
    CaptureTime last_;
    Nanoseconds longest_{0};
    bool told_ = false;
};

/// What playing a live stream needs beyond what a file needs.
struct LivePlay {
    std::thread::id thread = std::this_thread::get_id();
    std::string name;
    LiveClock clock;
    Backlog backlog{CaptureTime()};
    CaptureTime last_packet;
    SilenceWatch picture, sound;
    std::uint64_t pictures = 0;
    CaptureTime last_picture;
    std::int64_t next_sound = 0;            ///< `first_frame` of the next block
    std::int64_t sound_shift = 0;           ///< from the reader's count to ours
    bool sound_joins = true;                ///< the next block is the first after a break
    std::optional<CaptureTime> sound_ends;  ///< when the last block delivered ends
};

}  // namespace changji
