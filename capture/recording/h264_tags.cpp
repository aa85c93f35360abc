#include "capture/recording/h264_tags.hpp"

#include <cstring>
#include <string>

extern "C" {
#include <libavutil/mem.h>
}

namespace changji {
namespace {

// Codes of ITU-T H.264 Annex E: 1 is BT.709 in all three tables, sample aspect ratio 1:1 and chroma to the left.
constexpr const char* tags =
    "h264_metadata=video_full_range_flag=0:colour_primaries=1:transfer_characteristics=1:matrix_coefficients=1:"
    "chroma_sample_loc_type=0:sample_aspect_ratio=1:tick_rate=";

int replace_header(AVCodecContext& encoder, const AVCodecParameters& tagged) {
    if (tagged.extradata_size == 0) return 0;
    const auto size = static_cast<std::size_t>(tagged.extradata_size);
    auto* const header = static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
    if (!header) return AVERROR(ENOMEM);
    std::memcpy(header, tagged.extradata, size);
    av_free(encoder.extradata);
    encoder.extradata = header;
    encoder.extradata_size = tagged.extradata_size;
    return 0;
}

}  // namespace

int H264Tags::open(AVCodecContext& encoder) {
    // fixed_frame_rate_flag stays as it is: FFmpeg 5.1 can't write a changed one without buffering parameters.
    // A tick is half a frame's time: H.264 counts fields.
    const std::string wishes =
        tags + std::to_string(2 * encoder.framerate.num) + "/" + std::to_string(encoder.framerate.den);
    AVBSFContext* made = nullptr;
    if (const int code = av_bsf_list_parse_str(wishes.c_str(), &made); code < 0) return code;
    filter_.reset(made);
    if (const int code = avcodec_parameters_from_context(made->par_in, &encoder); code < 0) return code;
    made->time_base_in = encoder.time_base;
    if (const int code = av_bsf_init(made); code < 0) return code;
    return replace_header(encoder, *made->par_out);
}

int H264Tags::pass(av::PacketPtr packet, const std::function<void(av::PacketPtr)>& on_packet) {
    int code = av_bsf_send_packet(filter_.get(), packet.get());
    while (code >= 0) {
        av::PacketPtr tagged(av_packet_alloc());
        if (!tagged) return AVERROR(ENOMEM);
        code = av_bsf_receive_packet(filter_.get(), tagged.get());
        if (code >= 0) on_packet(std::move(tagged));
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
}

}  // namespace changji
