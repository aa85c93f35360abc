#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

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

/// Pictures of a take, from one number up to another that isn't among them any more.
struct PictureRange {
    std::int64_t first = 0;
    std::int64_t end = 0;

    friend bool operator==(PictureRange, PictureRange) = default;
};

/// What has become of a file since it was opened.
enum class FileChange {
    None,
    Grown,     ///< it is still being written; what came later is not played
    CutShort,  ///< what is missing can't be played
    Replaced,  ///< another file bears its name; the one that was opened plays on
    Gone,      ///< moved or deleted; it plays on
};

/// Which stretch of the take a piece of sound was.
struct HeardSound {
    std::size_t frames = 0;  ///< sample pairs; none: nothing to be heard
    Nanoseconds from{0}, to{0};
};

/// Plays a take for a person to review: a finished file or the fragments of one (`take-001.part.mp4`, as far as they
/// reach when it is opened). The file is only read. A thread of its own, of low priority, decodes a few pictures and
/// half a second of sound ahead and then rests; nothing a caller does waits for it. Any thread may call; `now` is the
/// steady clock. A clip of another form than a take's becomes I420, limited-range BT.709, and 1920×1080.
class Player {
public:
    /// Io, Corrupt or UnsupportedFormat, with the remedy. Stands at the first picture. Reads the file's index: may take
    /// a tenth of a second.
    [[nodiscard]] static Result<std::unique_ptr<Player>> open(const std::filesystem::path& file);
    virtual ~Player() = default;  ///< the thread has ended when it returns

    [[nodiscard]] virtual const ClipFacts& facts() const = 0;

    /// Goes to the picture with that number (or the first, or the last); playing goes on from there. Of many wishes in
    /// a row only the newest is fetched. Out of the loop there is no loop any more.
    virtual void seek(std::int64_t frame) = 0;
    /// Stands, and goes so many pictures on, or back when negative.
    virtual void step(int frames, CaptureTime now) = 0;
    /// From where it stands, `rate` times as fast: 0.5 to 4, or backwards −0.5 to −4. It stands still at the end; from
    /// there it begins anew.
    virtual void play(double rate, CaptureTime now) = 0;
    virtual void pause(CaptureTime now) = 0;
    /// Playing begins at the range's start whenever it comes to its end; nothing: to the end of the take. Where it
    /// stands outside, it goes to the start.
    virtual void loop(std::optional<PictureRange> range, CaptureTime now) = 0;

    /// Where in the take it is: while sound is heard, what is heard. It begins to run with the first picture or sound.
    [[nodiscard]] virtual Nanoseconds position(CaptureTime now) const = 0;
    [[nodiscard]] virtual std::int64_t frame_number(CaptureTime now) const = 0;  ///< of the picture that belongs to it
    [[nodiscard]] virtual bool is_playing() const = 0;

    /// The picture to be shown at `now`, once; nothing while that is still the one given last, or isn't there yet.
    /// After a seek, a step or a pause it is given again. `sequence` is its number, `captured_at` its time in the take.
    [[nodiscard]] virtual std::optional<VideoFrame> picture(CaptureTime now) = 0;
    /// Once after a seek while it stands: a picture up to a second before the one that was asked for, which is still
    /// being decoded. Nothing when it is there.
    [[nodiscard]] virtual std::optional<VideoFrame> near_picture() = 0;

    /// Whether somebody pulls the sound. Then it is the clock; else the steady clock is, and no sound is decoded.
    virtual void pull_sound(bool pulled, CaptureTime now) = 0;
    /// For a sound device's thread, one at a time: fills `interleaved` (48 kHz stereo) with what comes next, at its own
    /// pitch from 0.5 to 2 times, and the rest with silence. Never waits, locks nothing, takes no memory. `heard_at`:
    /// when its first sample will come out of the loudspeaker.
    virtual HeardSound pull(std::span<float> interleaved, CaptureTime heard_at) = 0;

    /// What can't be decoded where it stands, or what has become of the file; empty while all is well.
    [[nodiscard]] virtual Message problem() const = 0;
    [[nodiscard]] virtual FileChange file_change() const = 0;  ///< as of a second ago at most
};

}  // namespace changji
