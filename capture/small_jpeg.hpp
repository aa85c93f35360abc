#pragma once

#include <string>

#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// The picture as a JPEG of that width (even, at least 16) for an overview: some 5 kB at 240 px. `frame` is I420 as
/// Framing makes it. Io when memory or encoder fail.
[[nodiscard]] Result<std::string> small_jpeg(const VideoFrame& frame, int width_px);

}  // namespace changji
