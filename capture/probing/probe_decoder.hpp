#pragma once

#include <cstdint>
#include <string>

#include "capture/av/av.hpp"

namespace changji {

/// Decodes one stream strictly and counts; the pictures and samples themselves are not kept.
class CountingDecoder {
public:
    /// Null when this FFmpeg build has no decoder for the stream.
    [[nodiscard]] static std::unique_ptr<CountingDecoder> open(const AVStream& stream, int threads);

    /// How many faults this packet brought to light, a little late where the decoder works ahead.
    int decode(const AVPacket& packet);
    int drain();  ///< the same for what is still inside

    [[nodiscard]] std::int64_t frames() const { return frames_; }
    [[nodiscard]] bool saw_interlaced() const { return saw_interlaced_; }

private:
    explicit CountingDecoder(av::CodecPtr codec) : codec_(std::move(codec)), frame_(av_frame_alloc()) {}
    int receive_all();
    av::CodecPtr codec_;
    av::FramePtr frame_;
    std::int64_t frames_ = 0;
    bool saw_interlaced_ = false;
};

}  // namespace changji
