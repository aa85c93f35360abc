#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "capture/types/sound_block.hpp"
#include "capture/types/time.hpp"

namespace changji {

/// Says when the sound that a device asks for will be heard. SDL tells nobody how much of what it took lies unheard in
/// buffers, so that is measured: a device that begins to play takes as much as its buffers hold at once, and from then
/// on only what it plays. Its own clock is followed, for no sound card runs at exactly 48 kHz. Pure; made for a sound
/// callback: no locks, no memory.
class OutputClock {
public:
    /// The device asks for `frames` sample pairs at `now`. Returns when the first of them will be heard.
    CaptureTime ask(CaptureTime now, std::size_t frames);
    /// From being asked to being heard, as of the last time.
    [[nodiscard]] Nanoseconds latency() const { return latency_; }
    /// Counts up when the device had run dry and everything is measured anew.
    [[nodiscard]] int beginnings() const { return beginnings_; }
    /// When what will be asked for next is heard.
    [[nodiscard]] CaptureTime next_heard() const { return next_heard_; }
    /// A sound server knows better by so much, later when positive.
    void correct(Nanoseconds correction) { correction_ = correction; }

private:
    void begin(CaptureTime now);

    static constexpr std::size_t windows = 4;  ///< of half a second each
    int beginnings_ = 0;
    CaptureTime began_;  ///< when the first sample was heard
    std::int64_t asked_frames_ = 0;
    std::array<Nanoseconds, windows> earliest_{};  ///< of `now` against the sound asked for, in each window
    std::size_t window_ = 0;
    Nanoseconds window_ends_{0};
    bool settled_ = false;
    Nanoseconds ahead_{0};  ///< how long before it is heard the device asks at the earliest
    Nanoseconds latency_{0};
    Nanoseconds correction_{0};
    CaptureTime next_heard_;
};

}  // namespace changji
