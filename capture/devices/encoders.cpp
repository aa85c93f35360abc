#include "capture/av/av.hpp"
#include "capture/devices.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

extern "C" {
#include <libavutil/hwcontext.h>
}

namespace changji {
namespace {

struct FreeBuffer {
    void operator()(AVBufferRef* buffer) const { av_buffer_unref(&buffer); }
};
using BufferPtr = std::unique_ptr<AVBufferRef, FreeBuffer>;

bool accepts(const AVCodec& codec, AVPixelFormat format) {
    for (const AVPixelFormat* known = codec.pix_fmts; known && *known != AV_PIX_FMT_NONE; ++known) {
        if (*known == format) return true;
    }
    return false;
}

/// The format to try an encoder with: plain memory before the graphics card's own.
AVPixelFormat trial_format(const AVCodec& codec) {
    for (const AVPixelFormat plain : {AV_PIX_FMT_YUV420P, AV_PIX_FMT_NV12}) {
        if (accepts(codec, plain)) return plain;
    }
    return accepts(codec, AV_PIX_FMT_VAAPI) ? AV_PIX_FMT_VAAPI : AV_PIX_FMT_NONE;
}

/// Zero or FFmpeg's error code.
int give_vaapi_frames(AVCodecContext& encoder) {
    AVBufferRef* made = nullptr;
    if (const int error = av_hwdevice_ctx_create(&made, AV_HWDEVICE_TYPE_VAAPI, nullptr, nullptr, 0); error < 0) {
        return error;
    }
    const BufferPtr device(made);
    BufferPtr frames(av_hwframe_ctx_alloc(device.get()));
    if (!frames) return AVERROR(ENOMEM);
    auto& context = *reinterpret_cast<AVHWFramesContext*>(frames->data);
    context.format = AV_PIX_FMT_VAAPI;
    context.sw_format = AV_PIX_FMT_NV12;
    context.width = encoder.width;
    context.height = encoder.height;
    if (const int error = av_hwframe_ctx_init(frames.get()); error < 0) return error;
    encoder.hw_frames_ctx = frames.release();
    return 0;
}

int try_to_open(const AVCodec& codec) {
    const av::CodecPtr encoder(avcodec_alloc_context3(&codec));
    if (!encoder) return AVERROR(ENOMEM);
    encoder->width = 1920;
    encoder->height = 1080;
    encoder->time_base = {1, 25};
    encoder->framerate = {25, 1};
    encoder->pix_fmt = trial_format(codec);
    encoder->bit_rate = 8'000'000;
    if (encoder->pix_fmt == AV_PIX_FMT_VAAPI) {
        if (const int error = give_vaapi_frames(*encoder); error < 0) return error;
    }
    return avcodec_open2(encoder.get(), &codec, nullptr);
}

/// FFmpeg's error codes seldom tell what hardware is missing; the encoder's kind does.
Message why_not(const std::string& name, int error) {
    if (name.ends_with("_nvenc")) {
        return say(
            "The encoder {0} needs an NVIDIA graphics card with its driver, which this machine does not "
            "have.",
            name);
    }
    if (name.ends_with("_vaapi") || name.ends_with("_qsv")) {
        return say(
            "The encoder {0} needs a graphics chip with a VA-API driver and the right to use "
            "/dev/dri/renderD128 (group \"render\").",
            name);
    }
    if (name.ends_with("_v4l2m2m")) {
        return say("The encoder {0} needs an encoder chip as small boards have; this machine has none.", name);
    }
    return say("The encoder {0} does not work on this machine: {1}.", name, av::reason(error));
}

}  // namespace

std::vector<EncoderDevice> list_encoders() {
    av::quiet_log();
    std::vector<EncoderDevice> encoders;
    void* place = nullptr;
    while (const AVCodec* const codec = av_codec_iterate(&place)) {
        if (!av_codec_is_encoder(codec) || codec->id != AV_CODEC_ID_H264) continue;
        if (trial_format(*codec) == AV_PIX_FMT_NONE) continue;
        const int opened = try_to_open(*codec);
        encoders.push_back({codec->name, opened >= 0, opened >= 0 ? Message{} : why_not(codec->name, opened)});
    }
    return encoders;
}

}  // namespace changji
