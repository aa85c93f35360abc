#include "capture/av/av.hpp"
#include "capture/av/versions.hpp"

#include <cmath>
#include <numbers>
#include <utility>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace changji::av {
namespace {

bool is_full_range_format(AVPixelFormat format) {
    return format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P || format == AV_PIX_FMT_YUVJ444P ||
           format == AV_PIX_FMT_YUVJ440P || format == AV_PIX_FMT_YUVJ411P;
}

bool is_gray(AVPixelFormat format) {
    const AVPixFmtDescriptor* const about = av_pix_fmt_desc_get(format);
    return about && about->nb_components < 3 && !(about->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL));
}

ColorRange range_of(const AVFrame& frame) {
    if (frame.color_range == AVCOL_RANGE_JPEG) return ColorRange::Full;
    if (is_full_range_format(static_cast<AVPixelFormat>(frame.format))) return ColorRange::Full;
    if (frame.color_range == AVCOL_RANGE_MPEG) return ColorRange::Limited;
    // Untagged gray comes from scanners, photos and infrared cameras.
    return is_gray(static_cast<AVPixelFormat>(frame.format)) ? ColorRange::Full : ColorRange::Unspecified;
}

ColorMatrix matrix_of(AVColorSpace space) {
    switch (space) {
        case AVCOL_SPC_BT709: return ColorMatrix::Bt709;
        case AVCOL_SPC_FCC:
        case AVCOL_SPC_BT470BG:
        case AVCOL_SPC_SMPTE170M: return ColorMatrix::Bt601;
        case AVCOL_SPC_BT2020_NCL:
        case AVCOL_SPC_BT2020_CL: return ColorMatrix::Bt2020;
        default: return ColorMatrix::Unspecified;
    }
}

AVColorSpace space_of(ColorMatrix matrix) {
    switch (matrix) {
        case ColorMatrix::Bt601: return AVCOL_SPC_SMPTE170M;
        case ColorMatrix::Bt709: return AVCOL_SPC_BT709;
        case ColorMatrix::Bt2020: return AVCOL_SPC_BT2020_NCL;
        case ColorMatrix::Unspecified: break;
    }
    return AVCOL_SPC_UNSPECIFIED;
}

/// The format of VideoFrame that keeps most of `format`.
AVPixelFormat nearest_format(AVPixelFormat format) {
    const AVPixFmtDescriptor* const about = av_pix_fmt_desc_get(format);
    if (!about || (about->flags & AV_PIX_FMT_FLAG_HWACCEL)) return AV_PIX_FMT_NONE;
    if (about->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) return AV_PIX_FMT_BGRA;
    if (about->nb_components < 3 || about->log2_chroma_h > 0) return AV_PIX_FMT_YUV420P;
    return about->log2_chroma_w > 0 ? AV_PIX_FMT_YUV422P : AV_PIX_FMT_YUV444P;
}

bool is_bottom_up(const AVFrame& frame) { return frame.linesize[0] < 0; }

/// `frame` in the nearest format, in fresh memory; range and matrix stay what they are.
FramePtr converted(const AVFrame& frame) {
    // A stream keeps its format, so one scaler a thread serves frame after frame.
    thread_local ScalerPtr scaler;
    const auto from = static_cast<AVPixelFormat>(frame.format);
    FramePtr to(av_frame_alloc());
    if (!to) return nullptr;
    to->format = nearest_format(from);
    to->width = frame.width;
    to->height = frame.height;
    if (to->format == AV_PIX_FMT_NONE || av_frame_get_buffer(to.get(), 0) < 0) return nullptr;
    av_frame_copy_props(to.get(), &frame);

    const int flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;
    scaler.reset(sws_getCachedContext(scaler.release(), frame.width, frame.height, from, to->width, to->height,
                                      static_cast<AVPixelFormat>(to->format), flags, nullptr, nullptr, nullptr));
    if (!scaler) return nullptr;
    const bool full = range_of(frame) == ColorRange::Full;
    const int* const coefficients = sws_getCoefficients(SWS_CS_DEFAULT);
    sws_setColorspaceDetails(scaler.get(), coefficients, full, coefficients, full, 0, 1 << 16, 1 << 16);
    if (sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, to->data, to->linesize) <= 0) {
        return nullptr;
    }
    if (to->format != AV_PIX_FMT_BGRA) to->color_range = full ? AVCOL_RANGE_JPEG : frame.color_range;
    return to;
}

}  // namespace

AVPixelFormat to_av(PixelFormat format) {
    switch (format) {
        case PixelFormat::I420: return AV_PIX_FMT_YUV420P;
        case PixelFormat::I422: return AV_PIX_FMT_YUV422P;
        case PixelFormat::I444: return AV_PIX_FMT_YUV444P;
        case PixelFormat::Nv12: return AV_PIX_FMT_NV12;
        case PixelFormat::Yuyv422: return AV_PIX_FMT_YUYV422;
        case PixelFormat::Bgra: return AV_PIX_FMT_BGRA;
        case PixelFormat::Unspecified: break;
    }
    return AV_PIX_FMT_NONE;
}

PixelFormat from_av(AVPixelFormat format) {
    switch (format) {
        case AV_PIX_FMT_YUV420P:
        case AV_PIX_FMT_YUVJ420P: return PixelFormat::I420;
        case AV_PIX_FMT_YUV422P:
        case AV_PIX_FMT_YUVJ422P: return PixelFormat::I422;
        case AV_PIX_FMT_YUV444P:
        case AV_PIX_FMT_YUVJ444P: return PixelFormat::I444;
        case AV_PIX_FMT_NV12: return PixelFormat::Nv12;
        case AV_PIX_FMT_YUYV422: return PixelFormat::Yuyv422;
        case AV_PIX_FMT_BGRA:
        case AV_PIX_FMT_BGR0: return PixelFormat::Bgra;
        default: return PixelFormat::Unspecified;
    }
}

Result<VideoFrame> to_video_frame(const AVFrame& frame) {
    const auto format = static_cast<AVPixelFormat>(frame.format);
    const bool holds = from_av(format) != PixelFormat::Unspecified && frame.buf[0] && !is_bottom_up(frame);
    const std::shared_ptr<AVFrame> shared(holds ? av_frame_clone(&frame) : converted(frame).release(), Free());
    if (!shared) {
        const char* const name = av_get_pix_fmt_name(format);
        return Error{ErrorKind::UnsupportedFormat,
                     say("Pictures in the pixel format {0} can't be used. Choose another format at the source.",
                         name ? name : "?")};
    }
    VideoFrame picture;
    picture.format = from_av(static_cast<AVPixelFormat>(shared->format));
    for (std::size_t plane = 0; plane < picture.planes.size(); ++plane) {
        picture.planes[plane] = {shared->data[plane], shared->linesize[plane]};
    }
    picture.width_px = shared->width;
    picture.height_px = shared->height;
    picture.range = picture.format == PixelFormat::Bgra ? ColorRange::Full : range_of(*shared);
    picture.matrix = matrix_of(shared->colorspace);
    picture.scan = scan_of(*shared);
    const Rational aspect = from_av(shared->sample_aspect_ratio);
    if (aspect.is_positive()) picture.sample_aspect_ratio = aspect;
    if (const AVFrameSideData* turned = av_frame_get_side_data(shared.get(), AV_FRAME_DATA_DISPLAYMATRIX)) {
        picture.orientation = orientation_of(reinterpret_cast<const std::int32_t*>(turned->data));
    }
    picture.owner = shared;
    return picture;
}

Orientation orientation_of(const std::int32_t* display_matrix) {
    if (!display_matrix) return {};
    // The matrix maps (x, y) to (a·x + c·y, b·x + d·y) with y pointing down. Mirroring first changes the
    // signs of a and b only, so that c and d give the angle in either case.
    const double a = display_matrix[0], b = display_matrix[1], c = display_matrix[3], d = display_matrix[4];
    const double determinant = a * d - b * c;
    if (determinant == 0.0) return {};
    const auto quarter_turns = std::lround(std::atan2(-c, d) / (std::numbers::pi / 2));
    return {static_cast<int>((quarter_turns + 4) % 4 * 90), determinant < 0.0};
}

FramePtr to_av_frame(const VideoFrame& frame) {
    FramePtr borrowed(av_frame_alloc());
    if (!borrowed) return nullptr;
    auto keeper = std::make_unique<std::shared_ptr<const void>>(frame.owner);
    const auto release = [](void* opaque, std::uint8_t*) { delete static_cast<std::shared_ptr<const void>*>(opaque); };
    auto* const pixels = const_cast<std::uint8_t*>(frame.planes[0].data);
    const auto size = static_cast<std::size_t>(frame.planes[0].stride_bytes) * frame.height_px;
    borrowed->buf[0] = av_buffer_create(pixels, size, release, keeper.get(), AV_BUFFER_FLAG_READONLY);
    if (!borrowed->buf[0]) return nullptr;
    static_cast<void>(keeper.release());

    for (std::size_t plane = 0; plane < frame.planes.size(); ++plane) {
        borrowed->data[plane] = const_cast<std::uint8_t*>(frame.planes[plane].data);
        borrowed->linesize[plane] = frame.planes[plane].stride_bytes;
    }
    borrowed->format = to_av(frame.format);
    borrowed->width = frame.width_px;
    borrowed->height = frame.height_px;
    borrowed->sample_aspect_ratio = to_av(frame.sample_aspect_ratio);
    set_scan(*borrowed, frame.scan);
    borrowed->colorspace = frame.format == PixelFormat::Bgra ? AVCOL_SPC_RGB : space_of(frame.matrix);
    borrowed->color_range = frame.range == ColorRange::Full      ? AVCOL_RANGE_JPEG
                            : frame.range == ColorRange::Limited ? AVCOL_RANGE_MPEG
                                                                 : AVCOL_RANGE_UNSPECIFIED;
    return borrowed;
}

}  // namespace changji::av
