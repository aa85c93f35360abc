#pragma once

#include "analysis/picture/luma_histogram.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// Every second line of a face tells its brightness.
inline constexpr int face_line_step = 2;

/// The two sides of a face as the picture shows them, each with the median of its linear light, 0..1.
struct FaceHalves {
    PixelRect left, right;
    double left_light = 0.0;
    double right_light = 0.0;

    /// Brighter to darker, 1..99: `light.key_fill_ratio`.
    [[nodiscard]] double ratio() const;
};

/// Of a face's core, which is at least two pixels wide and one high.
[[nodiscard]] FaceHalves measure_halves(const VideoFrame& frame, const PixelRect& core);

}  // namespace changji
