#pragma once

// Pictures and sound of a take in the order in which they are to be seen and heard. Internal to capture/.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "capture/framing.hpp"
#include "capture/playback.hpp"
#include "capture/playing/picture_track.hpp"
#include "capture/playing/sound_track.hpp"
#include "capture/playing/tempo.hpp"

namespace changji {

/// What a person wants to see. A new one makes all that was decoded before useless.
struct Wish {
    std::uint64_t number = 0;
    std::int64_t frame = 0;
    Nanoseconds at{0};   ///< for the sound; within the picture's time
    PictureRange range;  ///< nothing outside is wanted
    bool playing = false;
    bool with_sound = false;
    double rate = 1.0;
};

/// One thread at a time.
class ClipDecoder {
public:
    /// Io, Corrupt, UnsupportedFormat.
    [[nodiscard]] static Result<ClipDecoder> open(const std::filesystem::path& path);

    [[nodiscard]] const ClipFacts& facts() const { return facts_; }
    [[nodiscard]] FileChange file_change() const;

    void begin(const Wish& wish);

    struct Picture {
        std::optional<VideoFrame> frame;
        Message problem;    ///< why it isn't the one that belongs here; what came before it may be held
        bool over = false;  ///< there are no more
    };
    /// The next one in the direction of playing. `due` is the picture to be seen now: whoever fell far behind it leaves
    /// pictures out.
    [[nodiscard]] Picture next_picture(std::int64_t due, const PictureTrack::OnTheWay& on_the_way);

    struct Sound {
        std::vector<float> samples;  ///< may be empty without being over
        Nanoseconds from{0};         ///< where in the take it begins
        bool over = false;
    };
    [[nodiscard]] Sound next_sound();

private:
    ClipDecoder(std::shared_ptr<const ClipFile> file, PictureTrack pictures, std::optional<PlayedTrack> sounds);
    [[nodiscard]] Result<VideoFrame> as_takes_are(VideoFrame frame);

    std::shared_ptr<const ClipFile> file_;
    PictureTrack picture_track_;
    std::optional<PlayedTrack> sound_track_;
    ClipFacts facts_;
    Framing framing_;
    Wish wish_;
    std::int64_t next_frame_ = 0;
    std::int64_t stride_ = 1;            ///< from one picture to the next, negative backwards
    std::unique_ptr<Tempo> tempo_;       ///< null at rate 1
    std::int64_t sound_frames_ = 0;      ///< sample pairs given for this wish
    std::int64_t sound_frames_end_ = 0;  ///< as many as the range has room for
};

}  // namespace changji
