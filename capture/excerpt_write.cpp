#include "capture/av/av.hpp"
#include "capture/excerpt.hpp"
#include "capture/takes.hpp"
#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string_view>
#include <utility>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace changji {
namespace {

namespace fs = std::filesystem;

Error cannot_make(const fs::path& path, int code) {
    return {ErrorKind::Io,
            say("{0} can't be made: {1}. Close other programs and try again.", path.string(), av::reason(code))};
}

std::string_view text_of(const std::uint8_t* bytes, int count) {
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count)};
}

av::FramePtr to_rgb24(const RgbPicture& picture) {
    av::FramePtr frame(av_frame_alloc());
    if (!frame) return nullptr;
    frame->format = AV_PIX_FMT_RGB24;
    frame->width = picture.width_px;
    frame->height = picture.height_px;
    frame->color_range = AVCOL_RANGE_JPEG;
    frame->color_primaries = AVCOL_PRI_BT709;
    frame->color_trc = AVCOL_TRC_IEC61966_2_1;
    if (av_frame_get_buffer(frame.get(), 0) < 0) return nullptr;
    const auto row_bytes = static_cast<std::size_t>(picture.width_px) * 3;
    for (int y = 0; y < picture.height_px; ++y) {
        std::copy_n(picture.rgb.data() + picture.at(0, y), row_bytes,
                    frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0]);
    }
    return frame;
}

int encode_png(const RgbPicture& picture, AVPacket& png) {
    const AVCodec* const encoder = avcodec_find_encoder(AV_CODEC_ID_PNG);
    const av::CodecPtr codec(avcodec_alloc_context3(encoder));
    const av::FramePtr frame = to_rgb24(picture);
    if (!codec || !frame) return AVERROR(ENOMEM);
    codec->width = picture.width_px;
    codec->height = picture.height_px;
    codec->pix_fmt = AV_PIX_FMT_RGB24;
    codec->time_base = {1, 1};
    codec->thread_count = 1;
    int code = avcodec_open2(codec.get(), encoder, nullptr);
    if (code >= 0) code = avcodec_send_frame(codec.get(), frame.get());
    if (code >= 0) code = avcodec_send_frame(codec.get(), nullptr);
    return code < 0 ? code : avcodec_receive_packet(codec.get(), &png);
}

/// A muxer that writes into memory.
struct MemoryOutput {
    AVFormatContext* context = nullptr;
    std::uint8_t* bytes = nullptr;

    MemoryOutput() = default;
    MemoryOutput(const MemoryOutput&) = delete;
    MemoryOutput& operator=(const MemoryOutput&) = delete;
    ~MemoryOutput() {
        close();
        av_free(bytes);
        avformat_free_context(context);
    }
    /// Bytes written; they stay until the end.
    int close() {
        if (!context || !context->pb) return 0;
        return avio_close_dyn_buf(std::exchange(context->pb, nullptr), &bytes);
    }
};

int to_16_bits(float sample) { return static_cast<int>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32'768.0F)); }

int fill(AVPacket& packet, std::span<const float> interleaved) {
    const int code = av_new_packet(&packet, static_cast<int>(interleaved.size() * sizeof(std::int16_t)));
    if (code < 0) return code;
    std::uint8_t* to = packet.data;
    for (const float sample : interleaved) {
        const int value = std::min(to_16_bits(sample), 32'767);
        *to++ = static_cast<std::uint8_t>(value & 0xFF);
        *to++ = static_cast<std::uint8_t>((value >> 8) & 0xFF);
    }
    return 0;
}

int mux_wav(MemoryOutput& out, std::span<const float> interleaved) {
    int code = avformat_alloc_output_context2(&out.context, nullptr, "wav", nullptr);
    if (code < 0) return code;
    AVStream* const stream = avformat_new_stream(out.context, nullptr);
    const av::PacketPtr packet(av_packet_alloc());
    if (!stream || !packet || avio_open_dyn_buf(&out.context->pb) < 0) return AVERROR(ENOMEM);
    stream->codecpar->codec_type = AVMEDIA_TYPE_AUDIO;
    stream->codecpar->codec_id = AV_CODEC_ID_PCM_S16LE;
    stream->codecpar->sample_rate = sound_rate_hz;
    stream->codecpar->bits_per_coded_sample = 16;
    stream->codecpar->block_align = 2 * sound_channels;
    av_channel_layout_default(&stream->codecpar->ch_layout, sound_channels);
    out.context->flags |= AVFMT_FLAG_BITEXACT;  // the same sound, the same file
    code = avformat_write_header(out.context, nullptr);
    if (code >= 0) code = fill(*packet, interleaved);
    packet->pts = packet->dts = 0;
    if (code >= 0) code = av_write_frame(out.context, packet.get());
    return code < 0 ? code : av_write_trailer(out.context);
}

}  // namespace

Status write_png(const fs::path& path, const RgbPicture& picture) {
    assert(picture.rgb.size() == static_cast<std::size_t>(picture.width_px) * picture.height_px * 3);
    av::quiet_log();
    const av::PacketPtr png(av_packet_alloc());
    const int code = png ? encode_png(picture, *png) : AVERROR(ENOMEM);
    if (code < 0) return cannot_make(path, code);
    return write_file_atomically(path, text_of(png->data, png->size));
}

Status write_wav(const fs::path& path, std::span<const float> interleaved) {
    assert(interleaved.size() % sound_channels == 0);
    av::quiet_log();
    MemoryOutput out;
    if (const int code = mux_wav(out, interleaved); code < 0) return cannot_make(path, code);
    const int size = out.close();
    return write_file_atomically(path, text_of(out.bytes, size));
}

}  // namespace changji
