#pragma once

#include "capture/av/av.hpp"
#include "capture/recorder.hpp"
#include "capture/recording/h264_tags.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace changji {

using OnPacket = std::function<void(av::PacketPtr)>;

/// H.264 High, 1920×1080 yuv420p, closed GOPs of one second, without B frames (so that decoding order is
/// showing order and little is inside when the program dies), tagged BT.709 limited with square pixels. x264 keeps to
/// a constant quality below the cap, other encoders to a bit rate of two thirds of it. One thread.
class PictureEncoder {
public:
    /// UnsupportedFormat: this FFmpeg build doesn't have the encoder, or this machine lacks what it needs.
    [[nodiscard]] static Result<PictureEncoder> open(const EncoderChoice& choice, Rational rate, int max_bitrate_kbps);
    /// `tick` counts up by one a call; packets carry it as their time.
    Status encode(const VideoFrame& frame, std::int64_t tick, const OnPacket& on_packet);
    Status flush(const OnPacket& on_packet);
    [[nodiscard]] const AVCodecContext& context() const { return *codec_; }

private:
    PictureEncoder(av::CodecPtr codec, std::optional<H264Tags> tags)
        : codec_(std::move(codec)), tags_(std::move(tags)) {}
    Status send(const AVFrame* frame, const OnPacket& on_packet);
    av::CodecPtr codec_;
    std::optional<H264Tags> tags_;  ///< of encoders that can't be trusted with them
};

/// AAC-LC, 48 kHz stereo, 192 kb/s. Any number of samples at a time. One thread.
class SoundEncoder {
public:
    [[nodiscard]] static Result<SoundEncoder> open();
    Status encode(std::span<const float> interleaved, const OnPacket& on_packet);
    Status flush(const OnPacket& on_packet);  ///< the last packet lasts exactly as long as its sound
    [[nodiscard]] const AVCodecContext& context() const { return *codec_; }

private:
    explicit SoundEncoder(av::CodecPtr codec) : codec_(std::move(codec)) {}
    Status send(std::span<const float> interleaved, const OnPacket& on_packet);
    av::CodecPtr codec_;
    std::vector<float> waiting_;
    std::int64_t frames_sent_ = 0;
};

}  // namespace changji
