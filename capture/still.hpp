#pragma once

#include <filesystem>

#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// The one picture of a photo file in full size, as it is stored: not turned (`orientation` tells how, as far as the
/// file's decoder knows), in its own range and matrix. Io, Corrupt or UnsupportedFormat (a film, sound, HDR, a format
/// that FFmpeg doesn't read) with the remedy.
[[nodiscard]] Result<VideoFrame> read_still(const std::filesystem::path& file);

/// The whole picture turned upright by `orientation`, made smaller where its longer side exceeds `longest_side_px`
/// (≥ 16), never larger: I420, limited-range BT.709, even sides. UnsupportedFormat when its pixels can't be converted.
[[nodiscard]] Result<VideoFrame> upright_picture(const VideoFrame& still, Orientation orientation, int longest_side_px);

}  // namespace changji
