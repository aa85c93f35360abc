#include "capture/probing/probe_picture.hpp"

#include <cstdlib>
#include <memory>
#include <utility>

#include "capture/av/versions.hpp"
#include "capture/probing/probe_decoder.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace changji {
namespace {

std::string text(const char* words) { return words ? words : ""; }

std::string scan_of(AVFieldOrder order) {
    if (order == AV_FIELD_UNKNOWN) return "";
    return order == AV_FIELD_PROGRESSIVE ? "progressive" : "interlaced";
}

int scaled(int length_px, AVRational by) { return static_cast<int>(av_rescale(length_px, by.num, by.den)); }

struct CloseParser {
    void operator()(AVCodecParserContext* parser) const { av_parser_close(parser); }
};

/// The size the codec stores, before its own cropping; parsed from the first packet.
std::pair<int, int> stored_size(const AVStream& stream, const AVPacket& packet) {
    const std::unique_ptr<AVCodecParserContext, CloseParser> parser(av_parser_init(stream.codecpar->codec_id));
    const av::CodecPtr codec(avcodec_alloc_context3(nullptr));
    if (!parser || !codec || avcodec_parameters_to_context(codec.get(), stream.codecpar) < 0) return {0, 0};
    parser->flags |= PARSER_FLAG_COMPLETE_FRAMES;
    std::uint8_t* out = nullptr;
    int out_bytes = 0;
    av_parser_parse2(parser.get(), codec.get(), &out, &out_bytes, packet.data, packet.size, packet.pts, packet.dts, 0);
    return {parser->coded_width, parser->coded_height};
}

}  // namespace

VideoFacts picture_facts(AVFormatContext& context, AVStream& stream) {
    const AVCodecParameters& codec = *stream.codecpar;
    VideoFacts facts;
    if (codec.codec_id != AV_CODEC_ID_NONE) facts.codec = avcodec_get_name(codec.codec_id);
    facts.profile = text(avcodec_profile_name(codec.codec_id, codec.profile));
    facts.coded_width_px = codec.width;
    facts.coded_height_px = codec.height;
    facts.width_px = codec.width;
    facts.height_px = codec.height;
    const AVRational shape = av_guess_sample_aspect_ratio(&context, &stream, nullptr);
    if (shape.num > 0 && shape.den > 0) {
        facts.sample_aspect_ratio = av::from_av(shape);
        facts.width_px = scaled(codec.width, shape);
    }
    AVRational picture{0, 1};
    const AVRational pixel = shape.num > 0 && shape.den > 0 ? shape : AVRational{1, 1};
    if (codec.height > 0) {
        av_reduce(&picture.num, &picture.den, std::int64_t{codec.width} * pixel.num,
                  std::int64_t{codec.height} * pixel.den, 1 << 20);
    }
    facts.orientation = av::orientation_of(av::display_matrix_of(stream));
    if (facts.orientation.rotation_degrees % 180 != 0) {
        std::swap(facts.width_px, facts.height_px);
        picture = picture.num > 0 ? av_inv_q(picture) : picture;
    }
    facts.display_aspect_ratio = av::from_av(picture);
    facts.scan = scan_of(codec.field_order);
    facts.pixel_format = text(av_get_pix_fmt_name(static_cast<AVPixelFormat>(codec.format)));
    if (codec.color_range != AVCOL_RANGE_UNSPECIFIED) facts.color_range = text(av_color_range_name(codec.color_range));
    if (codec.color_space != AVCOL_SPC_UNSPECIFIED) facts.color_space = text(av_color_space_name(codec.color_space));
    if (codec.color_primaries != AVCOL_PRI_UNSPECIFIED) {
        facts.color_primaries = text(av_color_primaries_name(codec.color_primaries));
    }
    if (codec.color_trc != AVCOL_TRC_UNSPECIFIED) facts.color_transfer = text(av_color_transfer_name(codec.color_trc));
    return facts;
}

void look_into_pictures(mp4::MediaInput& input, const AVStream& stream, VideoFacts& facts) {
    constexpr int most_packets = 200;
    constexpr int enough_frames = 3;
    constexpr int macroblock_px = 16;
    std::unique_ptr<CountingDecoder> decoder;
    if (facts.scan.empty() && stream.codecpar->codec_id == AV_CODEC_ID_H264) decoder = CountingDecoder::open(stream, 1);
    const av::PacketPtr packet(av_packet_alloc());
    bool size_known = false;
    for (int i = 0; i < most_packets && (!size_known || decoder) && input.read(*packet); ++i) {
        if (packet->stream_index != stream.index) continue;
        if (!size_known) {
            // Up to a macroblock less is the codec's padding, not somebody's cropping.
            const auto [width, height] = stored_size(stream, *packet);
            if (width - stream.codecpar->width >= macroblock_px) facts.coded_width_px = width;
            if (height - stream.codecpar->height >= macroblock_px) facts.coded_height_px = height;
            size_known = true;
        }
        if (!decoder) continue;
        decoder->decode(*packet);
        if (decoder->frames() == 0) continue;
        facts.scan = decoder->saw_interlaced() ? "interlaced" : "progressive";
        if (decoder->frames() >= enough_frames) decoder.reset();
    }
}

}  // namespace changji
