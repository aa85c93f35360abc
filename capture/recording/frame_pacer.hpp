#pragma once

#include "capture/types/time.hpp"

#include <cstdint>
#include <deque>
#include <optional>

namespace changji {

/// What becomes of one captured frame.
struct Placement {
    std::int64_t repeats = 0;  ///< ticks to fill with the frame before, ahead of this one
    bool taken = false;        ///< fills the tick after those; else it is dropped
};

/// Turns frames as they were captured into a constant rate. Tick k stands for the moment `first frame +
/// k/rate` and takes the frame that was captured nearest to it.
///
/// At equal rates a frame keeps its turn as long as it is within 3/4 of a tick (and 17 ms) of it, so that
/// neither jitter nor a phase that slides slowly past the half makes repeats and drops in pairs. Pure; one
/// thread.
class FramePacer {
public:
    explicit FramePacer(Rational rate, std::int64_t max_ticks = 0);  ///< 0: no limit

    [[nodiscard]] Placement place(CaptureTime captured_at);
    /// A frame that was captured and can't be taken: it tells the source's rate all the same.
    void lose(CaptureTime captured_at);
    /// Fills the ticks up to `moment` with the last frame; returns how many those are. 0 before the first
    /// frame.
    [[nodiscard]] std::int64_t hold_until(CaptureTime moment);

    [[nodiscard]] std::int64_t ticks() const { return ticks_; }  ///< filled so far
    [[nodiscard]] bool full() const { return max_ticks_ > 0 && ticks_ >= max_ticks_; }

private:
    double position(CaptureTime moment) const;
    void note_spacing(CaptureTime captured_at);
    double spacing_ticks() const;
    std::int64_t advance(std::int64_t wanted);

    const Rational rate_;
    const std::int64_t max_ticks_;
    const double near_ticks_;
    std::optional<CaptureTime> start_;
    std::deque<CaptureTime> recent_;
    std::int64_t ticks_ = 0;
};

}  // namespace changji
