#pragma once

// Any picture of a take by its number. Internal to capture/.

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <utility>

#include "capture/playing/clip_input.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// The pictures of a file of constant rate, counted from 0. Cheap in order; going back within the last few that were
/// decoded costs nothing, anywhere else the pictures since the key frame before. One thread at a time.
class PictureTrack {
public:
    /// Io, Corrupt, UnsupportedFormat.
    [[nodiscard]] static Result<PictureTrack> open(const std::shared_ptr<const ClipFile>& file);

    using OnTheWay = std::function<void(const VideoFrame&)>;

    [[nodiscard]] Rational rate() const { return rate_; }
    [[nodiscard]] std::int64_t frames() const { return frames_; }  ///< as the file says
    [[nodiscard]] bool one_rate() const { return one_rate_; }      ///< every picture has a number of its own
    [[nodiscard]] int width_px() const { return input_.stream().codecpar->width; }
    [[nodiscard]] int height_px() const { return input_.stream().codecpar->height; }

    /// Picture `number` as it is stored: `sequence` is its number, `captured_at` its time in the file. EndOfStream
    /// behind the last one, Corrupt where it can't be decoded. `on_the_way`: hears of the first picture that had to be
    /// decoded before it, if any.
    [[nodiscard]] Result<VideoFrame> frame(std::int64_t number, const OnTheWay& on_the_way = {});

    static constexpr std::size_t kept = 12;  ///< 37 MB at 1920×1080

private:
    PictureTrack(ClipInput input, av::CodecPtr codec) : input_(std::move(input)), codec_(std::move(codec)) {}
    [[nodiscard]] const VideoFrame* find(std::int64_t number) const;
    /// Decodes until `number` or a later one is there; false at the end.
    [[nodiscard]] bool decode_to(std::int64_t number, const OnTheWay& on_the_way);
    [[nodiscard]] bool decode_next(std::int64_t wanted);
    void keep(const AVFrame& picture);
    [[nodiscard]] bool seek(Nanoseconds at);

    ClipInput input_;
    av::CodecPtr codec_;
    av::PacketPtr packet_{av_packet_alloc()};
    av::FramePtr decoded_{av_frame_alloc()};
    Rational rate_{25, 1};
    std::int64_t frames_ = 0;
    bool one_rate_ = false;
    std::deque<VideoFrame> recent_;  ///< in order, without a gap but for damage
    std::int64_t last_ = -1;         ///< number of the picture decoded last
    bool at_start_ = true;           ///< nothing lies before what was decoded since the last seek
    bool over_ = false;              ///< the file has been read to its end
};

}  // namespace changji
