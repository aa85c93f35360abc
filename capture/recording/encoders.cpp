#include "capture/recording/encoders.hpp"

#include "capture/framing.hpp"
#include "capture/recording/encoder_error.hpp"
#include "capture/recording/encoder_input.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <thread>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

namespace changji {
namespace {

constexpr unsigned max_encoder_threads = 4;
constexpr int aac_bits_per_s = 192'000;
constexpr const char* constant_quality = "20";
constexpr const char* x264 = "libx264";

/// Hands `frame` (null: the end) to the encoder and everything it gives back to `on_packet`.
Status drive(AVCodecContext& codec, const AVFrame* frame, const OnPacket& on_packet) {
    int code = avcodec_send_frame(&codec, frame);
    while (code >= 0) {
        av::PacketPtr packet(av_packet_alloc());
        if (!packet) return encoder_failed(codec.codec->name, AVERROR(ENOMEM));
        code = avcodec_receive_packet(&codec, packet.get());
        if (code >= 0) on_packet(std::move(packet));
    }
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
    return encoder_failed(codec.codec->name, code);
}

void tag_bt709(AVCodecContext& codec) {
    codec.color_range = AVCOL_RANGE_MPEG;
    codec.colorspace = AVCOL_SPC_BT709;
    codec.color_primaries = AVCOL_PRI_BT709;
    codec.color_trc = AVCOL_TRC_BT709;
    codec.chroma_sample_location = AVCHROMA_LOC_LEFT;
}

void describe_picture(AVCodecContext& codec, Rational rate, int max_bitrate_kbps) {
    codec.width = take_width_px;
    codec.height = take_height_px;
    codec.sample_aspect_ratio = {1, 1};
    codec.time_base = {rate.den, rate.num};
    codec.framerate = av::to_av(rate);
    codec.gop_size = std::max(static_cast<int>(std::floor(rate.value())), 1);
    codec.max_b_frames = 0;
    codec.profile = FF_PROFILE_H264_HIGH;
    codec.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_CLOSED_GOP;
    codec.rc_max_rate = std::int64_t{max_bitrate_kbps} * 1000;
    codec.rc_buffer_size = max_bitrate_kbps * 1000;
    codec.thread_count = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, max_encoder_threads));
    tag_bt709(codec);
}

/// What each encoder calls by a name of its own; one that knows no such option leaves it.
AVDictionary* own_options(const EncoderChoice& choice, AVCodecContext& codec) {
    AVDictionary* options = nullptr;
    if (!choice.speed.empty()) av_dict_set(&options, "preset", choice.speed.c_str(), 0);
    if (av_opt_find(codec.priv_data, "profile", nullptr, 0, 0)) av_dict_set(&options, "profile", "high", 0);
    if (choice.name == x264) {
        av_dict_set(&options, "crf", constant_quality, 0);
        // 8×8 transforms are what makes the profile High; the fastest preset would leave them out. A thread of its own
        // for looking ahead costs three more pictures of memory and delay, and wins no speed.
        av_dict_set(&options, "x264-params", "force-cfr=1:8x8dct=1:sync-lookahead=0", 0);
    } else {
        codec.bit_rate = codec.rc_max_rate * 2 / 3;
        if (choice.name.ends_with("_nvenc")) {
            av_dict_set(&options, "rc", "vbr", 0);
            av_dict_set(&options, "strict_gop", "1", 0);
        }
    }
    return options;
}

}  // namespace

Result<PictureEncoder> PictureEncoder::open(const EncoderChoice& choice, Rational rate, int max_bitrate_kbps) {
    av::quiet_log();
    const AVCodec* encoder = avcodec_find_encoder_by_name(choice.name.c_str());
    if (!encoder) return encoder_cannot_open(choice.name, AVERROR_ENCODER_NOT_FOUND);
    av::CodecPtr codec(avcodec_alloc_context3(encoder));
    if (!codec) return encoder_cannot_open(choice.name, AVERROR(ENOMEM));
    describe_picture(*codec, rate, max_bitrate_kbps);
    int code = prepare_input(*codec);
    if (code < 0) return encoder_cannot_open(choice.name, code);
    AVDictionary* options = own_options(choice, *codec);
    code = avcodec_open2(codec.get(), encoder, &options);
    av_dict_free(&options);
    if (code < 0) return encoder_cannot_open(choice.name, code);

    std::optional<H264Tags> tags;
    if (choice.name != x264) {
        code = tags.emplace().open(*codec);
        if (code < 0) return encoder_cannot_open(choice.name, code);
    }
    return PictureEncoder(std::move(codec), std::move(tags));
}

Status PictureEncoder::encode(const VideoFrame& frame, std::int64_t tick, const OnPacket& on_packet) {
    const av::FramePtr picture = lay_out(frame, *codec_);
    if (!picture) return encoder_failed(codec_->codec->name, AVERROR(ENOMEM));
    picture->pts = tick;
    picture->pict_type = AV_PICTURE_TYPE_NONE;
    return send(picture.get(), on_packet);
}

Status PictureEncoder::flush(const OnPacket& on_packet) { return send(nullptr, on_packet); }

Status PictureEncoder::send(const AVFrame* frame, const OnPacket& on_packet) {
    int code = 0;
    const Status sent = drive(*codec_, frame, [&](av::PacketPtr packet) {
        // Muxers need each packet's length; encoders pass it on from the frame or leave it at zero.
        packet->duration = 1;
        if (packet->dts == AV_NOPTS_VALUE) packet->dts = packet->pts;
        if (!tags_) {
            on_packet(std::move(packet));
        } else if (code >= 0) {
            code = tags_->pass(std::move(packet), on_packet);
        }
    });
    return sent && code < 0 ? encoder_failed(codec_->codec->name, code) : sent;
}

Result<SoundEncoder> SoundEncoder::open() {
    const AVCodec* encoder = avcodec_find_encoder_by_name("aac");
    av::CodecPtr codec(encoder ? avcodec_alloc_context3(encoder) : nullptr);
    if (!codec) return encoder_cannot_open("aac", AVERROR_ENCODER_NOT_FOUND);
    codec->sample_fmt = AV_SAMPLE_FMT_FLTP;
    codec->sample_rate = sound_rate_hz;
    codec->time_base = {1, sound_rate_hz};
    codec->bit_rate = aac_bits_per_s;
    codec->profile = FF_PROFILE_AAC_LOW;
    codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_channel_layout_default(&codec->ch_layout, sound_channels);
    if (const int code = avcodec_open2(codec.get(), encoder, nullptr); code < 0)
        return encoder_cannot_open("aac", code);
    return SoundEncoder(std::move(codec));
}

Status SoundEncoder::encode(std::span<const float> interleaved, const OnPacket& on_packet) {
    waiting_.insert(waiting_.end(), interleaved.begin(), interleaved.end());
    const std::size_t step = static_cast<std::size_t>(codec_->frame_size) * sound_channels;
    std::size_t done = 0;
    Status sent;
    for (; sent && waiting_.size() - done >= step; done += step) {
        sent = send(std::span<const float>(waiting_).subspan(done, step), on_packet);
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(done));
    return sent;
}

Status SoundEncoder::flush(const OnPacket& on_packet) {
    if (!waiting_.empty()) {
        if (Status sent = send(waiting_, on_packet); !sent) return sent;
        waiting_.clear();
    }
    return drive(*codec_, nullptr, on_packet);
}

Status SoundEncoder::send(std::span<const float> interleaved, const OnPacket& on_packet) {
    av::FramePtr sound(av_frame_alloc());
    if (!sound) return encoder_failed("aac", AVERROR(ENOMEM));
    sound->format = AV_SAMPLE_FMT_FLTP;
    sound->sample_rate = sound_rate_hz;
    sound->nb_samples = static_cast<int>(interleaved.size() / sound_channels);
    av_channel_layout_default(&sound->ch_layout, sound_channels);
    if (const int code = av_frame_get_buffer(sound.get(), 0); code < 0) return encoder_failed("aac", code);
    for (int channel = 0; channel < sound_channels; ++channel) {
        auto* plane = reinterpret_cast<float*>(sound->extended_data[channel]);
        for (int at = 0; at < sound->nb_samples; ++at) plane[at] = interleaved[at * sound_channels + channel];
    }
    sound->pts = frames_sent_;
    frames_sent_ += sound->nb_samples;
    return drive(*codec_, sound.get(), on_packet);
}

}  // namespace changji
