#pragma once

#include <cstdint>
#include <vector>

#include "capture/types/sound_block.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// Something sudden that may be a clap.
struct SyncEvent {
    CaptureTime at;
    double strength = 0.0;  ///< comparable with others of its kind only
};

/// Hears claps, beeps and clapper boards: sounds that begin within a few milliseconds.
///
/// The sound is differentiated (claps are brighter than speech), its energy taken every millisecond. An onset rises
/// 16 dB above the mean of the 100 ms before, above −60 dBFS, and has in its first 6 ms reached a third of the most
/// that its first 60 ms reach in 6 ms: a syllable swells more slowly. Its moment is where it passes a tenth of its
/// peak. The last minute is kept. One thread.
class ClapEar {
public:
    void hear(const SoundBlock& block);
    /// In order of time. An onset is known 60 ms after it.
    [[nodiscard]] std::vector<SyncEvent> onsets() const;

private:
    struct Window {
        CaptureTime at;
        double energy = 0.0;
    };
    std::vector<Window> windows_;  ///< of 1 ms
    Window open_;
    int open_frames_ = 0;
    std::int64_t next_frame_ = 0;
    float left_ = 0.0F, right_ = 0.0F;  ///< the sample before
};

/// Sees flashes, and hands or a clapper board that close. Works on the means of 64 × 36 fields of the luma plane, so
/// the grain of the picture hardly counts. The last minute is kept. One thread.
class ClapEye {
public:
    void see(const VideoFrame& frame);

    /// The picture turns brighter by 5 codes or more, nearly everywhere. How bright the first picture is, against the
    /// next, says when in its exposure the light came on; light gone again in the next picture was there in the first.
    [[nodiscard]] std::vector<SyncEvent> flashes() const;

    /// Movement (mean absolute difference of two pictures, beyond 2 codes) that breaks off: it falls below 0.4 of what
    /// it was in the 120 ms before, from one picture to the next but one, and stays there for 60 ms. The contact lies
    /// as far into the interval after the last full one as that interval has of its movement. Known 0.2 s afterwards.
    [[nodiscard]] std::vector<SyncEvent> contacts() const;

    /// Between pictures, as they come: the median. Zero before the second.
    [[nodiscard]] Nanoseconds frame_interval() const;

private:
    static constexpr int columns = 64, rows = 36;
    using Fields = std::vector<float>;

    struct Picture {
        CaptureTime at;
        double brightness = 0.0;  ///< mean luma, in codes
        double brighter = 0.0;    ///< than the picture before
        double motion = 0.0;      ///< from the picture before to this
        bool lit = false;         ///< the light changed, so motion says nothing
    };
    [[nodiscard]] static Fields fields_of(const VideoFrame& frame);
    [[nodiscard]] double motion_before(std::size_t picture, Nanoseconds span) const;

    Fields last_;
    std::vector<Picture> pictures_;
};

}  // namespace changji
