#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "capture/types/result.hpp"
#include "capture/types/sound_block.hpp"
#include "capture/types/time.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

/// What is played. Time counts from the first picture, as in a take's report.
struct ClipFacts {
    int width_px = 0;
    int height_px = 0;
    Rational rate{25, 1};
    std::int64_t frames = 0;
    Nanoseconds length{0};  ///< to the end of the last picture
    bool has_sound = false;
};

/// A piece of sound to be heard next: `block` as it sounds at the rate asked for, from when to when of the take it is.
struct HeardSound {
    SoundBlock block;
    Nanoseconds from{0}, to{0};
};

/// Plays a take for a person to review: a finished file or the fragments of one (`take-001.part.mp4`, as far as they
/// reach when it is opened). The file is only read. A thread of its own decodes ahead, a few pictures and half a second
/// of sound, and then rests; nothing a caller does waits for it. Any thread may call; `now` is one machine's clock and
/// never goes back.
class Player {
public:
    /// Io, Corrupt or UnsupportedFormat, with the remedy. Paused at the first picture.
    [[nodiscard]] static Result<std::unique_ptr<Player>> open(const std::filesystem::path& file);
    virtual ~Player() = default;  ///< the thread has ended when it returns

    [[nodiscard]] virtual const ClipFacts& facts() const = 0;

    /// Goes to the picture with that number (or the first, or the last); playing goes on from there. Of many wishes in
    /// a row only the newest is fetched.
    virtual void seek(std::int64_t frame) = 0;
    /// Pauses and goes so many pictures on, or back when negative.
    virtual void step(int frames, CaptureTime now) = 0;
    /// From where it stands, `rate` times as fast: 0.5 to 2, the pitch of voices kept. At the end it stands still.
    virtual void play(double rate, CaptureTime now) = 0;
    virtual void pause(CaptureTime now) = 0;

    /// Where in the take it is. While playing this runs on as soon as the first picture is there.
    [[nodiscard]] virtual Nanoseconds position(CaptureTime now) const = 0;
    /// The number of the picture that belongs to it.
    [[nodiscard]] virtual std::int64_t frame_number(CaptureTime now) const = 0;
    [[nodiscard]] virtual bool is_playing() const = 0;

    /// The picture to be shown at `now`, once; nothing while that is still the one given last, or isn't there yet.
    /// After a seek, a step or a pause it is given again. `sequence` is its number, `captured_at` its time in the take;
    /// stored size and format.
    [[nodiscard]] virtual std::optional<VideoFrame> picture(CaptureTime now) = 0;
    /// The next sound in order, while playing; nothing when none is ready, at the end, or paused. After a seek, a pause
    /// or another rate it begins anew there: throw away what was queued.
    [[nodiscard]] virtual std::optional<HeardSound> sound() = 0;
    /// What can be heard at `now` is the take's moment `at`: pictures follow the sound device's clock.
    virtual void heard(Nanoseconds at, CaptureTime now) = 0;

    /// What can't be decoded where it stands; empty while all is well.
    [[nodiscard]] virtual Message problem() const = 0;
};

}  // namespace changji
