#pragma once

#include <array>

#include "capture/types/video_frame.hpp"

namespace changji {

/// How many of the moving pictures looked at are made of two half pictures of different moments.
struct FieldCount {
    int moving = 0;  ///< pictures that moved enough to decide
    int combed = 0;  ///< of these: its lines belong to two moments

    /// Of the moving pictures, 0..100; 0 when none moved.
    [[nodiscard]] double combed_percent() const { return moving > 0 ? 100.0 * combed / moving : 0.0; }
};

/// Tells interlaced pictures from progressive ones by the pictures alone, whatever the file says of them.
///
/// Of three pictures in a row, each line of the middle one is replaced by the same line of the picture before, and by
/// that of the picture after; how badly it fits between its neighbours is summed for even and odd lines apart
/// (|a − 2b + c| over the lines above, at and below), as FFmpeg's `idet` defines it. In an interlaced picture one field
/// lies nearer to the picture before and the other to the one after: the two sums part by more than 4 %. In a
/// progressive one they agree and both are worse than the line itself (by half at least). Only stretches of lines on
/// which something moves are looked at; what is neither does not count.
///
/// Every frame as decoded, before any framing. Looks at one triple in `picture_step` pictures and at a quarter of the
/// columns. Pure; one thread; keeps two frames, their pixels are shared.
class FieldMeter {
public:
    void see(const VideoFrame& frame);
    [[nodiscard]] FieldCount count() const { return count_; }

private:
    static constexpr int picture_step = 3;

    std::array<VideoFrame, 2> before_;  ///< the last but one, the last
    int seen_ = 0;
    FieldCount count_;
};

}  // namespace changji
