#pragma once

#include "analysis/picture/luma_histogram.hpp"
#include "capture/types/video_frame.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace changji {

/// Finds black bars: letterbox, pillarbox, windowbox, or on one side alone.
///
/// In one frame, a side's black reaches as far in as its lines have Y ≤ 24 in at least 98 % of their pixels (16 plus
/// what encoding leaves; columns are read on every eighth line between the black rows). Over the clip, a bar is what
/// is black in at least 95 % of the frames, frames that are black all over left out, and at least 4 pixels wide.
/// A dark room reaches the edge as well, but ends raggedly: a bar needs at least one frame in twenty, and two, whose
/// picture begins along a straight line, with at least half of the pixels four lines inside the bar above Y 24.
///
/// Not found: bars that are coloured or filled with a blurred picture, and bars that carry captions for more than a
/// twentieth of the clip.
/// Pure; one thread; memory for one picture size, which a change begins anew.
class BarFinder {
public:
    /// An I420 frame of limited range; a few a second are enough.
    void see(const VideoFrame& frame);

    [[nodiscard]] int frames_seen() const { return frames_seen_; }
    /// What is inside the bars, the whole picture if there are none. Absent when every frame was black.
    [[nodiscard]] std::optional<PixelRect> active_picture() const;

private:
    static constexpr std::size_t side_count = 4;
    /// By how far the black reached in.
    struct Side {
        std::vector<int> frames;
        std::vector<int> straight_frames;
    };

    [[nodiscard]] int bar_px(const Side& side) const;

    int width_px_ = 0;
    int height_px_ = 0;
    int frames_seen_ = 0;
    int frames_lit_ = 0;
    std::array<Side, side_count> sides_;  ///< left, top, right, bottom
};

}  // namespace changji
