#pragma once

#include <cstdint>

#include "capture/types/video_frame.hpp"

namespace changji {

/// What the pixels of a file say about the tags that tell how its colours are meant.
struct TagSigns {
    std::int64_t pixels = 0;  ///< looked at
    double beyond_video_percent =
        0.0;  ///< luma below code 5 or above 246: more than EBU R103 lets a limited signal have
    double outside_limited_percent = 0.0;  ///< luma below 16 or above 235
    /// Colours that no display can show, when the codes are read as BT.709 and as BT.601.
    double impossible_709_percent = 0.0;
    double impossible_601_percent = 0.0;

    /// A limited signal keeps to codes 5..246 but for 1 % of its pixels (EBU R103).
    [[nodiscard]] bool looks_full_range() const { return beyond_video_percent > 1.0; }
    /// Read by the one matrix, colours are impossible that the other one would show.
    [[nodiscard]] bool looks_bt601() const {
        return impossible_709_percent > 0.5 && impossible_601_percent * 4 < impossible_709_percent;
    }
};

/// Holds range and matrix against the pixels. Range: how much luma lies where a limited-range signal has none. Matrix:
/// saturated colours become RGB outside 0..1 (by more than 3 %) when they are read by the wrong matrix. Pale pictures
/// contradict no matrix: the signs then say nothing, never that it is right.
///
/// Frames as decoded, before any framing; looks at every `picture_step`th, on a grid. Planar formats only. Pure.
class TagWatch {
public:
    void see(const VideoFrame& frame);
    [[nodiscard]] TagSigns signs() const;

private:
    static constexpr int picture_step = 10;

    int seen_ = 0;
    std::int64_t luma_ = 0, beyond_ = 0, outside_ = 0;
    std::int64_t colours_ = 0, impossible_709_ = 0, impossible_601_ = 0;
};

}  // namespace changji
