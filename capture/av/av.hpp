#pragma once

// The one place that knows how FFmpeg's objects are owned and how its words map to ours. Internal to capture/.

#include <memory>
#include <string>

#include "capture/types/result.hpp"
#include "capture/types/video_frame.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
#include <libavutil/pixfmt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

namespace changji::av {

struct Free {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
    void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
    void operator()(SwrContext* resampler) const { swr_free(&resampler); }
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
using FramePtr = std::unique_ptr<AVFrame, Free>;
using PacketPtr = std::unique_ptr<AVPacket, Free>;
using CodecPtr = std::unique_ptr<AVCodecContext, Free>;
using GraphPtr = std::unique_ptr<AVFilterGraph, Free>;
using ResamplerPtr = std::unique_ptr<SwrContext, Free>;
using ScalerPtr = std::unique_ptr<SwsContext, Free>;

struct CloseInput {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
using InputPtr = std::unique_ptr<AVFormatContext, CloseInput>;

/// FFmpeg's own words for an error code ("No such file or directory").
[[nodiscard]] std::string reason(int error_code);

/// Sends FFmpeg's log to nowhere but keeps its last error line a thread, for messages. Every open_...() calls it;
/// any time but the first does nothing.
void quiet_log();

/// The last error FFmpeg logged on this thread since the last call; empty when there was none.
[[nodiscard]] std::string take_logged_error();

[[nodiscard]] constexpr Rational from_av(AVRational rational) { return {rational.num, rational.den}; }
[[nodiscard]] constexpr AVRational to_av(Rational rational) { return {rational.num, rational.den}; }

[[nodiscard]] AVPixelFormat to_av(PixelFormat format);
[[nodiscard]] PixelFormat from_av(AVPixelFormat format);  ///< Unspecified for what VideoFrame can't hold

/// Shares the pixels of a decoded frame. Range and matrix come from its tags (the yuvj formats are full range);
/// a pixel format that VideoFrame can't hold is converted to I420 or Bgra first. Orientation from display-matrix
/// side data of the frame if there is any. Sequence and capture time are left to the caller.
[[nodiscard]] Result<VideoFrame> to_video_frame(const AVFrame& frame);

/// How a display matrix turns the picture, in VideoFrame's terms (mirror first, then clockwise). Identity for null.
[[nodiscard]] Orientation orientation_of(const std::int32_t* display_matrix);

/// An AVFrame that borrows a VideoFrame's planes and keeps its owner alive; tags are set from it. Null when
/// memory is short.
[[nodiscard]] FramePtr to_av_frame(const VideoFrame& frame);

}  // namespace changji::av
