#pragma once

// The sound of a take from any moment. Internal to capture/.

#include <cstdint>
#include <vector>

#include "capture/playing/clip_input.hpp"
#include "capture/types/sound_block.hpp"

namespace changji {

/// Decoded sound at 48 kHz stereo, from the sample asked for to the end. One thread at a time.
class PlayedTrack {
public:
    /// UnsupportedFormat where the file has no sound; Corrupt, Io.
    [[nodiscard]] static Result<PlayedTrack> open(std::shared_ptr<const ClipFile> file);

    /// The samples that next() gives begin at `at`; where the track begins later, silence leads in.
    void seek(Nanoseconds at);
    /// Interleaved samples that follow those given before, as many as the file stores in one go; empty at the end.
    [[nodiscard]] std::vector<float> next();

private:
    PlayedTrack(ClipInput input, av::CodecPtr codec) : input_(std::move(input)), codec_(std::move(codec)) {}
    [[nodiscard]] bool decode();
    [[nodiscard]] bool fit_resampler();
    [[nodiscard]] std::vector<float> resampled();
    [[nodiscard]] std::vector<float> placed(std::vector<float> samples, Nanoseconds at);

    ClipInput input_;
    av::CodecPtr codec_;
    av::ResamplerPtr resampler_;
    av::PacketPtr packet_{av_packet_alloc()};
    av::FramePtr decoded_{av_frame_alloc()};
    std::int64_t wanted_ = 0;  ///< sample pair of the file that comes next
    bool placed_ = false;      ///< something has been given since the last seek
    bool over_ = false;
};

}  // namespace changji
