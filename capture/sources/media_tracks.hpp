#pragma once

// From packets to pictures and blocks of sound. Internal to capture/.

#include "capture/sources/media_input.hpp"
#include "capture/sources/media_picture_clock.hpp"
#include "capture/types/sound_block.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace changji {

/// Frames of one track, packet after packet, until the decoder is empty. Damaged packets are passed over.
class TrackDecoder {
public:
    TrackDecoder(MediaInput& input, MediaInput::Track track, av::CodecPtr codec)
        : input_(input),
          track_(track),
          codec_(std::move(codec)),
          wait_for_key_(input.joins_midway() && track == MediaInput::Track::Picture ? most_before_key : 0) {}

    enum class Next { Frame, NotYet, End };
    [[nodiscard]] Next next();
    [[nodiscard]] const AVFrame& frame() const { return *frame_; }
    /// The frame's time from the start of the input, if it says.
    [[nodiscard]] std::optional<Nanoseconds> time() const;
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
    /// Something did not decode cleanly.
    [[nodiscard]] bool saw_damage() const { return saw_damage_; }

private:
    /// A stream is joined at a key frame; one that marks none is decoded from here on all the same.
    static constexpr int most_before_key = 300;
    [[nodiscard]] bool comes_before_key(const AVPacket& packet);

    MediaInput& input_;
    MediaInput::Track track_;
    av::CodecPtr codec_;
    av::PacketPtr packet_{av_packet_alloc()};
    av::FramePtr frame_{av_frame_alloc()};
    int wait_for_key_;
    std::optional<Error> failure_;
    bool saw_damage_ = false;
    bool draining_ = false;
};

/// The pictures of an input; `captured_at` counts from the input's start. A photo repeats for ever.
class PictureReader {
public:
    [[nodiscard]] static Result<PictureReader> open(MediaInput& input);
    /// Decodes until the next picture is there, the other track has to go first, or the track is over.
    void fetch();
    /// When the next picture is to be shown; CaptureTime::max() while there is none.
    [[nodiscard]] CaptureTime due() const { return head_ ? head_->captured_at : CaptureTime::max(); }
    [[nodiscard]] std::optional<VideoFrame> take() { return std::exchange(head_, std::nullopt); }
    [[nodiscard]] bool ended() const { return ended_ && !head_; }
    [[nodiscard]] Error end() const;

private:
    PictureReader(MediaInput& input, av::CodecPtr codec);
    void keep(const AVFrame& frame);

    MediaInput* input_;
    TrackDecoder decoder_;
    PictureClock clock_;
    Orientation orientation_;
    std::uint64_t count_ = 0;
    std::optional<VideoFrame> head_;
    std::optional<VideoFrame> photo_;
    std::optional<Error> failure_;
    bool ended_ = false;
};

/// The sound of an input as 20 ms blocks at 48 kHz stereo; `captured_at` counts from the input's start.
/// Stretches the input leaves out are silent; small jitter of time stamps is ignored.
class SoundReader {
public:
    [[nodiscard]] static Result<SoundReader> open(MediaInput& input);
    void fetch();
    /// When the last sample of the next block has been heard; CaptureTime::max() while there is none.
    [[nodiscard]] CaptureTime due() const;
    [[nodiscard]] std::optional<SoundBlock> take() { return std::exchange(head_, std::nullopt); }
    [[nodiscard]] bool ended() const { return ended_ && !head_; }
    [[nodiscard]] Error end() const;

private:
    SoundReader(MediaInput& input, av::CodecPtr codec);
    void keep(const AVFrame& frame, std::optional<Nanoseconds> at);
    [[nodiscard]] bool follow(const AVFrame& frame);
    void place(Nanoseconds at);
    void resample(const AVFrame* frame);
    void cut_block();

    MediaInput* input_;
    TrackDecoder decoder_;
    av::ResamplerPtr resampler_;
    struct Shape {
        int format = -1;
        int rate_hz = 0;
        int channels = 0;
        friend bool operator==(const Shape&, const Shape&) = default;
    } shape_;
    std::vector<float> pending_;  ///< interleaved, not yet in a block
    std::int64_t first_pending_ = 0;
    std::int64_t to_skip_ = 0;  ///< frames that repeat what was there already
    std::optional<Nanoseconds> begins_;
    Nanoseconds shift_{0};
    std::optional<SoundBlock> head_;
    bool ended_ = false;
};

}  // namespace changji
