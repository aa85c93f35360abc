#pragma once

#include <opencv2/core.hpp>

#include "capture/types/video_frame.hpp"

namespace changji {

/// The picture's brightness as it is stored, in full size: the luma plane, or the green of a picture without one.
/// Shares the frame's pixels where it can; the frame must outlive it. Empty for a format without either.
[[nodiscard]] cv::Mat stored_luma(const VideoFrame& still);

}  // namespace changji
