#include "capture/framing.hpp"

#include "capture/av/av.hpp"
#include "capture/framing/framing_direct.hpp"
#include "capture/framing/framing_first_field.hpp"

#include <algorithm>
#include <string>
#include <utility>

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/pixdesc.h>
}

namespace changji {
namespace {

constexpr int shortest_source_px = 16;
constexpr int last_sd_line = 576;

/// Everything of a source that the graph is built for.
struct Input {
    int width_px = 0;
    int height_px = 0;
    PixelFormat format = PixelFormat::Unspecified;
    ColorRange range = ColorRange::Unspecified;
    ColorMatrix matrix = ColorMatrix::Unspecified;
    Rational aspect{1, 1};
    Orientation orientation;
    bool interlaced = false;  ///< some of the pictures are

    friend bool operator==(const Input&, const Input&) = default;
};

Input input_of(const VideoFrame& frame) {
    Input input{frame.width_px, frame.height_px,           frame.format,      frame.range,
                frame.matrix,   frame.sample_aspect_ratio, frame.orientation, frame.scan != Scan::Progressive};
    if (!input.aspect.is_positive()) input.aspect = {1, 1};
    if (input.format == PixelFormat::Bgra) {
        input.range = ColorRange::Full;
        return input;
    }
    if (input.range == ColorRange::Unspecified) input.range = ColorRange::Limited;
    if (input.matrix == ColorMatrix::Unspecified) {
        const int lines = std::min(input.width_px, input.height_px);  // a portrait clip's lines lie across
        input.matrix = lines <= last_sd_line ? ColorMatrix::Bt601 : ColorMatrix::Bt709;
    }
    return input;
}

bool lies_on_side(Orientation orientation) { return orientation.rotation_degrees % 180 != 0; }

/// Size after rotation, in stored pixels and in square ones.
struct Upright {
    int stored_width_px = 0;
    int width_px = 0;
    int height_px = 0;
};

Upright upright_size(const Input& input) {
    const bool side = lies_on_side(input.orientation);
    const Rational aspect = side ? Rational{input.aspect.den, input.aspect.num} : input.aspect;
    Upright upright;
    upright.stored_width_px = side ? input.height_px : input.width_px;
    upright.height_px = side ? input.width_px : input.height_px;
    const std::int64_t width = std::int64_t{upright.stored_width_px} * aspect.num;
    upright.width_px = static_cast<int>(std::clamp<std::int64_t>((width + aspect.den / 2) / aspect.den, 0, 1 << 16));
    return upright;
}

/// Planar, and for quarter turns with chroma halved both ways or not at all: what the filters can work on.
/// swscale only rearranges here; range and matrix must come out as they went in.
std::string planar_step(const Input& input) {
    const bool turned = lies_on_side(input.orientation);
    std::string planar;
    switch (input.format) {
        case PixelFormat::Bgra: planar = "gbrp"; break;
        case PixelFormat::Nv12: planar = "yuv420p"; break;
        case PixelFormat::Yuyv422: planar = turned ? "yuv444p" : "yuv422p"; break;
        case PixelFormat::I422: planar = turned ? "yuv444p" : ""; break;
        default: break;
    }
    if (planar.empty()) return {};
    const std::string range = input.range == ColorRange::Full ? "full" : "limited";
    return "scale=in_range=" + range + ":out_range=" + range +
           ":flags=bicubic+accurate_rnd+full_chroma_int,format=" + planar + ",";
}

/// The picture of the earlier field, at full height; pictures that aren't interlaced pass.
std::string deinterlace_step(const Input& input) {
    return input.interlaced ? "bwdif=mode=send_frame:parity=auto:deint=interlaced," : "";
}

std::string orientation_step(Orientation orientation) {
    std::string steps = orientation.mirrored ? "hflip," : "";
    switch (orientation.rotation_degrees) {
        case 90: steps += "transpose=clock,"; break;
        case 180: steps += "hflip,vflip,"; break;
        case 270: steps += "transpose=cclock,"; break;
        default: break;
    }
    return steps;
}

/// The crop in stored pixels, which need not be square.
std::string crop_step(const CropRect& crop, const Upright& upright) {
    const auto stored = [&](std::int64_t px) {
        return (px * upright.stored_width_px + upright.width_px) / (2 * std::int64_t{upright.width_px}) * 2;
    };
    const std::int64_t width =
        std::clamp(stored(crop.width_px), std::int64_t{2}, std::int64_t{upright.stored_width_px} / 2 * 2);
    const std::int64_t x = std::min(stored(crop.x_px), (upright.stored_width_px - width) / 2 * 2);
    return "crop=" + std::to_string(width) + ":" + std::to_string(crop.height_px) + ":" + std::to_string(x) + ":" +
           std::to_string(crop.y_px) + ",";
}

/// zscale, because swscale doesn't convert from one YUV matrix to another reliably.
std::string convert_step(const Input& input) {
    std::string step =
        "zscale=w=" + std::to_string(take_width_px) + ":h=" + std::to_string(take_height_px) +
        ":filter=bicubic:matrix=709:range=limited:rangein=" + (input.range == ColorRange::Full ? "full" : "limited");
    switch (input.matrix) {
        case ColorMatrix::Bt601: step += ":matrixin=170m"; break;
        case ColorMatrix::Bt709: step += ":matrixin=709"; break;
        case ColorMatrix::Bt2020: step += ":matrixin=2020_ncl"; break;
        case ColorMatrix::Unspecified: break;
    }
    return step + ",format=yuv420p";
}

}  // namespace

struct Framing::Graph {
    std::optional<CropRect> wanted;
    FramingFacts facts;
    Input input;
    CropRect built_crop;
    av::GraphPtr filters;
    AVFilterContext* source = nullptr;
    AVFilterContext* sink = nullptr;
    DirectConversion direct;
    bool knows_last = false;  ///< the deinterlacer has a picture to compare with

    [[nodiscard]] Status build(const Input& next, const Upright& upright, const CropRect& crop);
    [[nodiscard]] int make_filters(const std::string& steps, const std::string& source_args);
    [[nodiscard]] Result<VideoFrame> filter(const VideoFrame& frame, Input next, const Upright& upright,
                                            const CropRect& crop);
    [[nodiscard]] Result<VideoFrame> convert(const VideoFrame& frame);
    [[nodiscard]] int pass(const VideoFrame& frame, AVFrame& out);
    [[nodiscard]] int pass_deinterlacing(const VideoFrame& frame, AVFrame& out);
};

Status Framing::Graph::build(const Input& next, const Upright& upright, const CropRect& crop) {
    const std::string steps = planar_step(next) + deinterlace_step(next) + orientation_step(next.orientation) +
                              crop_step(crop, upright) + convert_step(next);
    const std::string source_args = "video_size=" + std::to_string(next.width_px) + "x" +
                                    std::to_string(next.height_px) +
                                    ":pix_fmt=" + av_get_pix_fmt_name(av::to_av(next.format)) + ":time_base=1/1000";
    av::quiet_log();
    if (const int code = make_filters(steps, source_args); code < 0) {
        filters.reset();
        return Error{ErrorKind::UnsupportedFormat,
                     say("The picture can't be brought to 1920x1080: {0}. Choose another format at the source.",
                         av::reason(code))};
    }
    input = next;
    built_crop = crop;
    return {};
}

int Framing::Graph::make_filters(const std::string& steps, const std::string& source_args) {
    knows_last = false;
    filters.reset(avfilter_graph_alloc());
    if (!filters) return AVERROR(ENOMEM);
    filters->nb_threads = 1;  // frames come from one thread each; cores belong to the encoder
    int code = avfilter_graph_create_filter(&source, avfilter_get_by_name("buffer"), "in", source_args.c_str(), nullptr,
                                            filters.get());
    if (code >= 0) {
        code = avfilter_graph_create_filter(&sink, avfilter_get_by_name("buffersink"), "out", nullptr, nullptr,
                                            filters.get());
    }
    if (code < 0) return code;
    AVFilterInOut* from = avfilter_inout_alloc();
    AVFilterInOut* to = avfilter_inout_alloc();
    if (from && to) {
        *from = {av_strdup("in"), source, 0, nullptr};
        *to = {av_strdup("out"), sink, 0, nullptr};
        code = avfilter_graph_parse_ptr(filters.get(), steps.c_str(), &to, &from, nullptr);
    } else {
        code = AVERROR(ENOMEM);
    }
    avfilter_inout_free(&from);
    avfilter_inout_free(&to);
    return code < 0 ? code : avfilter_graph_config(filters.get(), nullptr);
}

Result<VideoFrame> Framing::Graph::filter(const VideoFrame& frame, Input next, const Upright& upright,
                                          const CropRect& crop) {
    // Broadcast streams mix interlaced and progressive pictures: one graph serves both.
    next.interlaced |= filters && input.interlaced;
    if (!filters || next != input || crop != built_crop) {
        if (const Status built = build(next, upright, crop); !built) return built.error();
    }
    return convert(frame);
}

Result<VideoFrame> Framing::Graph::convert(const VideoFrame& frame) {
    const av::FramePtr out(av_frame_alloc());
    int code = AVERROR(ENOMEM);
    if (out) code = input.interlaced ? pass_deinterlacing(frame, *out) : pass(frame, *out);
    if (code < 0) {
        filters.reset();
        return Error{ErrorKind::UnsupportedFormat,
                     say("The picture can't be brought to 1920x1080: {0}. Choose another format at the source.",
                         av::reason(code))};
    }
    return av::to_video_frame(*out);
}

int Framing::Graph::pass(const VideoFrame& frame, AVFrame& out) {
    const av::FramePtr in = av::to_av_frame(frame);
    const int code = in ? av_buffersrc_add_frame(source, in.get()) : AVERROR(ENOMEM);
    return code < 0 ? code : av_buffersink_get_frame(sink, &out);
}

/// The deinterlacer gives a picture when the next one comes. What it needs for the earlier field is the picture before,
/// not the one after: each goes in twice, the second time as a progressive one that costs nothing, and comes out
/// at once.
int Framing::Graph::pass_deinterlacing(const VideoFrame& frame, AVFrame& out) {
    // Without a picture before, it would take every line for a still one and let the combs stand.
    const bool alone = !std::exchange(knows_last, true) && frame.scan != Scan::Progressive;
    VideoFrame again = alone ? first_field(frame) : frame;
    int code = pass(alone ? again : frame, out);  // of the picture before, for the second time
    if (code < 0 && code != AVERROR(EAGAIN)) return code;
    av_frame_unref(&out);
    again.scan = Scan::Progressive;
    return pass(again, out);
}

Framing::Framing(std::optional<CropRect> wanted) : graph_(std::make_unique<Graph>()) { graph_->wanted = wanted; }
Framing::~Framing() = default;
Framing::Framing(Framing&&) noexcept = default;
Framing& Framing::operator=(Framing&&) noexcept = default;

Result<VideoFrame> Framing::frame(const VideoFrame& source) {
    if (!source.planes[0].data || source.format == PixelFormat::Unspecified) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The source gave a picture without pixels. Choose another format at the source.")};
    }
    const Input input = input_of(source);
    const Upright upright = upright_size(input);
    if (std::min({input.width_px, input.height_px, upright.width_px}) < shortest_source_px) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The source's picture is only {0} x {1} pixels. Choose a larger format at the source.",
                         std::to_string(input.width_px), std::to_string(input.height_px))};
    }
    const CropRect crop = fitted_crop(graph_->wanted, upright.width_px, upright.height_px);
    graph_->facts = {upright.width_px, upright.height_px, crop,
                     crop.width_px < upright.width_px || crop.height_px < upright.height_px,
                     crop.width_px < take_width_px || crop.height_px < take_height_px};

    const Input stands_right{take_width_px, take_height_px, input.format, input.range, input.matrix, {1, 1}, {}, false};
    const bool in_place = input == stands_right && crop == CropRect{0, 0, take_width_px, take_height_px};
    const bool right_codes = input.range == ColorRange::Limited && input.matrix == ColorMatrix::Bt709;
    const bool only_codes = in_place && (!right_codes || input.format != PixelFormat::Nv12);
    VideoFrame framed = source;
    if (in_place && right_codes && input.format == PixelFormat::I420) {
        // right already
    } else if (auto direct = only_codes ? graph_->direct.convert(source, input.range, input.matrix) : std::nullopt) {
        framed = std::move(*direct);
    } else {
        auto filtered = graph_->filter(source, input, upright, crop);
        if (!filtered) return filtered;
        framed = std::move(*filtered);
    }
    framed.range = ColorRange::Limited;
    framed.matrix = ColorMatrix::Bt709;
    framed.scan = Scan::Progressive;
    framed.sample_aspect_ratio = {1, 1};
    framed.orientation = {};
    framed.sequence = source.sequence;
    framed.captured_at = source.captured_at;
    return framed;
}

void Framing::move_crop(std::optional<CropRect> wanted) { graph_->wanted = wanted; }

FramingFacts Framing::facts() const { return graph_->facts; }

}  // namespace changji
