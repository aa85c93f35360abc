#pragma once

#include "capture/types/video_frame.hpp"

namespace changji {

/// The earlier field of an interlaced picture alone, progressive: the later field's lines become the mean of the
/// lines around them. Half the sharpness, but no picture before it is needed.
[[nodiscard]] VideoFrame first_field(const VideoFrame& interlaced);

}  // namespace changji
