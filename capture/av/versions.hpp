#pragma once

// What FFmpeg 5 (Debian 12) and FFmpeg 7 (Debian 13) do differently, and nothing else. Internal to capture/.

#include <cstdint>

#include "capture/av/av.hpp"

namespace changji::av {

/// What a callback for written bytes is handed.
#if LIBAVFORMAT_VERSION_MAJOR >= 61
using WrittenByte = const std::uint8_t;
#else
using WrittenByte = std::uint8_t;
#endif

[[nodiscard]] Scan scan_of(const AVFrame& frame);
void set_scan(AVFrame& frame, Scan scan);

/// How a stream's pictures are to be turned, as nine numbers of fixed point; null: as they are.
[[nodiscard]] const std::int32_t* display_matrix_of(const AVStream& stream);
/// What a stream says beside its codec's parameters, which have been copied: the display matrix above all.
void copy_side_data(const AVStream& from, AVStream& to);

/// What an encoder takes, AV_PIX_FMT_NONE last; null: it doesn't say.
[[nodiscard]] const AVPixelFormat* formats_of(const AVCodec& encoder);

}  // namespace changji::av
