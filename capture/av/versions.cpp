#include "capture/av/versions.hpp"

#include <algorithm>

namespace changji::av {

#if LIBAVUTIL_VERSION_MAJOR >= 59

Scan scan_of(const AVFrame& frame) {
    if (!(frame.flags & AV_FRAME_FLAG_INTERLACED)) return Scan::Progressive;
    return frame.flags & AV_FRAME_FLAG_TOP_FIELD_FIRST ? Scan::TopFieldFirst : Scan::BottomFieldFirst;
}

void set_scan(AVFrame& frame, Scan scan) {
    frame.flags &= ~(AV_FRAME_FLAG_INTERLACED | AV_FRAME_FLAG_TOP_FIELD_FIRST);
    if (scan != Scan::Progressive) frame.flags |= AV_FRAME_FLAG_INTERLACED;
    if (scan == Scan::TopFieldFirst) frame.flags |= AV_FRAME_FLAG_TOP_FIELD_FIRST;
}

const std::int32_t* display_matrix_of(const AVStream& stream) {
    const AVPacketSideData* const found = av_packet_side_data_get(
        stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return found ? reinterpret_cast<const std::int32_t*>(found->data) : nullptr;
}

/// Here it is among the codec's parameters.
void copy_side_data(const AVStream&, AVStream&) {}

const AVPixelFormat* formats_of(const AVCodec& encoder) {
    const void* formats = nullptr;
    avcodec_get_supported_config(nullptr, &encoder, AV_CODEC_CONFIG_PIX_FORMAT, 0, &formats, nullptr);
    return static_cast<const AVPixelFormat*>(formats);
}

#else

Scan scan_of(const AVFrame& frame) {
    if (!frame.interlaced_frame) return Scan::Progressive;
    return frame.top_field_first ? Scan::TopFieldFirst : Scan::BottomFieldFirst;
}

void set_scan(AVFrame& frame, Scan scan) {
    frame.interlaced_frame = scan != Scan::Progressive ? 1 : 0;
    frame.top_field_first = scan == Scan::TopFieldFirst ? 1 : 0;
}

const std::int32_t* display_matrix_of(const AVStream& stream) {
    return reinterpret_cast<const std::int32_t*>(av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
}

void copy_side_data(const AVStream& from, AVStream& to) {
    for (int i = 0; i < from.nb_side_data; ++i) {
        const AVPacketSideData& data = from.side_data[i];
        std::uint8_t* const copy = av_stream_new_side_data(&to, data.type, data.size);
        if (copy) std::copy_n(data.data, data.size, copy);
    }
}

const AVPixelFormat* formats_of(const AVCodec& encoder) { return encoder.pix_fmts; }

#endif

}  // namespace changji::av
