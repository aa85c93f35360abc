#include "capture/small_jpeg.hpp"

#include "capture/av/av.hpp"

namespace changji {
namespace {

Error cannot_make(int code) {
    return {ErrorKind::Io,
            say("A small picture can't be made ({0}): close other programs and try again.", av::reason(code))};
}

av::FramePtr scaled_down(const AVFrame& frame, int width_px) {
    av::FramePtr small(av_frame_alloc());
    if (!small) return nullptr;
    small->format = AV_PIX_FMT_YUVJ420P;
    small->width = width_px;
    small->height = static_cast<int>(av_rescale(width_px, frame.height, frame.width)) & ~1;
    small->color_range = AVCOL_RANGE_JPEG;
    if (av_frame_get_buffer(small.get(), 0) < 0) return nullptr;
    const av::ScalerPtr scaler(sws_getContext(frame.width, frame.height, AV_PIX_FMT_YUV420P, small->width,
                                              small->height, AV_PIX_FMT_YUVJ420P, SWS_AREA, nullptr, nullptr, nullptr));
    if (!scaler) return nullptr;
    // A JPEG is full-range BT.601, whatever its maker says.
    sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(SWS_CS_ITU709), 0, sws_getCoefficients(SWS_CS_ITU601), 1,
                             0, 1 << 16, 1 << 16);
    sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, small->data, small->linesize);
    return small;
}

}  // namespace

Result<std::string> small_jpeg(const VideoFrame& frame, int width_px) {
    av::quiet_log();
    const av::FramePtr borrowed = av::to_av_frame(frame);
    const av::FramePtr small = borrowed ? scaled_down(*borrowed, width_px) : nullptr;
    const AVCodec* const encoder = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    const av::CodecPtr codec(avcodec_alloc_context3(encoder));
    const av::PacketPtr packet(av_packet_alloc());
    if (!small || !codec || !packet) return cannot_make(AVERROR(ENOMEM));
    codec->width = small->width;
    codec->height = small->height;
    codec->pix_fmt = AV_PIX_FMT_YUVJ420P;
    codec->color_range = AVCOL_RANGE_JPEG;
    codec->time_base = {1, 25};
    codec->thread_count = 1;
    constexpr int quality = 4;  // 2 is best, 31 worst
    codec->flags |= AV_CODEC_FLAG_QSCALE;
    codec->global_quality = small->quality = quality * FF_QP2LAMBDA;
    int code = avcodec_open2(codec.get(), encoder, nullptr);
    if (code >= 0) code = avcodec_send_frame(codec.get(), small.get());
    if (code >= 0) code = avcodec_receive_packet(codec.get(), packet.get());
    if (code < 0) return cannot_make(code);
    return std::string(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
}

}  // namespace changji
