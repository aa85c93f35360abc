#include "capture/recording/encoder_input.hpp"

#include <algorithm>
#include <cstring>

#include "capture/av/versions.hpp"

extern "C" {
#include <libavutil/hwcontext.h>
}

namespace changji {
namespace {

constexpr int surfaces = 20;  // some drivers can't add to the pool later

struct FreeBuffer {
    void operator()(AVBufferRef* buffer) const { av_buffer_unref(&buffer); }
};
using BufferPtr = std::unique_ptr<AVBufferRef, FreeBuffer>;

bool accepts(const AVCodec& encoder, AVPixelFormat format) {
    for (const AVPixelFormat* known = av::formats_of(encoder); known && *known != AV_PIX_FMT_NONE; ++known) {
        if (*known == format) return true;
    }
    return false;
}

int give_surfaces(AVCodecContext& encoder) {
    AVBufferRef* made = nullptr;
    if (const int code = av_hwdevice_ctx_create(&made, AV_HWDEVICE_TYPE_VAAPI, nullptr, nullptr, 0); code < 0) {
        return code;
    }
    const BufferPtr device(made);
    BufferPtr pool(av_hwframe_ctx_alloc(device.get()));
    if (!pool) return AVERROR(ENOMEM);
    auto& pictures = *reinterpret_cast<AVHWFramesContext*>(pool->data);
    pictures.format = AV_PIX_FMT_VAAPI;
    pictures.sw_format = AV_PIX_FMT_NV12;
    pictures.width = encoder.width;
    pictures.height = encoder.height;
    pictures.initial_pool_size = surfaces;
    if (const int code = av_hwframe_ctx_init(pool.get()); code < 0) return code;
    encoder.hw_frames_ctx = pool.release();
    return 0;
}

av::FramePtr on_chip(const VideoFrame& frame, const AVCodecContext& encoder) {
    const av::FramePtr plain = to_nv12(frame);
    av::FramePtr surface(av_frame_alloc());
    if (!plain || !surface || av_hwframe_get_buffer(encoder.hw_frames_ctx, surface.get(), 0) < 0) return nullptr;
    if (av_hwframe_transfer_data(surface.get(), plain.get(), 0) < 0) return nullptr;
    return av_frame_copy_props(surface.get(), plain.get()) < 0 ? nullptr : std::move(surface);
}

}  // namespace

AVPixelFormat input_format(const AVCodec& encoder) {
    // Encoders of small boards name no formats: they pass on what the driver takes.
    if (!av::formats_of(encoder)) return AV_PIX_FMT_YUV420P;
    for (const AVPixelFormat format : {AV_PIX_FMT_YUV420P, AV_PIX_FMT_NV12, AV_PIX_FMT_VAAPI}) {
        if (accepts(encoder, format)) return format;
    }
    return AV_PIX_FMT_NONE;
}

int prepare_input(AVCodecContext& encoder) {
    encoder.pix_fmt = input_format(*encoder.codec);
    return encoder.pix_fmt == AV_PIX_FMT_VAAPI ? give_surfaces(encoder) : 0;
}

av::FramePtr lay_out(const VideoFrame& frame, const AVCodecContext& encoder) {
    if (encoder.pix_fmt == AV_PIX_FMT_VAAPI) return on_chip(frame, encoder);
    return encoder.pix_fmt == AV_PIX_FMT_NV12 ? to_nv12(frame) : av::to_av_frame(frame);
}

av::FramePtr to_nv12(const VideoFrame& frame) {
    const av::FramePtr source = av::to_av_frame(frame);
    av::FramePtr made(av_frame_alloc());
    if (!source || !made) return nullptr;
    made->format = AV_PIX_FMT_NV12;
    made->width = frame.width_px;
    made->height = frame.height_px;
    if (av_frame_get_buffer(made.get(), 0) < 0 || av_frame_copy_props(made.get(), source.get()) < 0) return nullptr;
    const auto row_of = [](const Plane& plane, int row) {
        return plane.data + static_cast<std::ptrdiff_t>(row) * plane.stride_bytes;
    };
    for (int row = 0; row < frame.height_px; ++row) {
        std::memcpy(made->data[0] + static_cast<std::ptrdiff_t>(row) * made->linesize[0], row_of(frame.planes[0], row),
                    static_cast<std::size_t>(frame.width_px));
    }
    for (int row = 0; row < frame.height_px / 2; ++row) {
        const std::uint8_t* const cb = row_of(frame.planes[1], row);
        const std::uint8_t* const cr = row_of(frame.planes[2], row);
        std::uint8_t* const both = made->data[1] + static_cast<std::ptrdiff_t>(row) * made->linesize[1];
        for (int column = 0; column < frame.width_px / 2; ++column) {
            both[2 * column] = cb[column];
            both[2 * column + 1] = cr[column];
        }
    }
    return made;
}

}  // namespace changji
