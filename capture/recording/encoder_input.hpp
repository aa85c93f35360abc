#pragma once

#include "capture/av/av.hpp"

namespace changji {

/// How `encoder` is given a take's pictures: as they are (yuv420p), as NV12, or on the graphics chip (VA-API).
/// AV_PIX_FMT_NONE: it takes none of these.
[[nodiscard]] AVPixelFormat input_format(const AVCodec& encoder);

/// Sets the pixel format and, on the graphics chip, the pool of pictures of `encoder`, whose size is set and which is
/// not open yet. Zero or FFmpeg's error code.
[[nodiscard]] int prepare_input(AVCodecContext& encoder);

/// `frame` (I420) as `encoder` takes it; a frame that is right already is lent, not copied. Null when memory is short
/// or the graphics chip refuses it.
[[nodiscard]] av::FramePtr lay_out(const VideoFrame& frame, const AVCodecContext& encoder);

/// The same picture in NV12. Null when memory is short.
[[nodiscard]] av::FramePtr to_nv12(const VideoFrame& frame);

}  // namespace changji
