#pragma once

#include "capture/types/video_frame.hpp"

#include <opencv2/core.hpp>

namespace changji {

/// The luma that faces are searched in: each pixel the mean of two lines of the square that brings the width to
/// at most 480 (1920×1080 becomes 480×270). A picture whose brightest hundredth stays below 30 % is
/// stretched from the unrounded means, so that a face of ten codes keeps its steps, and its noise is taken
/// out by a median of 3×3. Of an I420 frame of any size.
[[nodiscard]] cv::Mat make_search_picture(const VideoFrame& frame);

}  // namespace changji
