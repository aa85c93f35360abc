#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "capture/types/losses.hpp"
#include "capture/types/queue.hpp"
#include "capture/types/result.hpp"
#include "capture/types/sound_block.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

struct EncoderChoice {
    std::string name = "libx264";
    std::string speed = "superfast";  ///< the encoder's own preset name

    friend bool operator==(const EncoderChoice&, const EncoderChoice&) = default;
};

/// Reads `auto` or `NAME[:SPEED]`. InvalidConfig for an encoder this FFmpeg build doesn't have or that doesn't
/// make H.264, or an unknown speed.
[[nodiscard]] Result<EncoderChoice> parse_encoder(std::string_view text);

enum class SoundTrack { None, Stereo };

struct RecorderSettings {
    std::filesystem::path part_file;  ///< TAKE.part.mp4; must not exist
    Rational rate{25, 1};
    std::int64_t max_frames = 0;  ///< the take ends by itself after so many; 0: no limit
    EncoderChoice encoder;
    SoundTrack sound = SoundTrack::Stereo;
    WhenFull when_full = WhenFull::Refuse;
    int max_bitrate_kbps = 12'000;  ///< caps the file's size
};

struct RecorderState {
    std::int64_t frames = 0;  ///< taken into the file's timeline so far
    Losses losses;
    std::int64_t bytes_written = 0;
    std::size_t waiting = 0;  ///< frames in the queue; close to `capacity` means that the machine is too slow
    std::size_t capacity = 0;
    bool full_length = false;    ///< max_frames reached
    double disk_behind_s = 0.0;  ///< how long ago what the disk is busy with now was recorded; over 2: it is too slow
};

/// Writes one take: paces frames to a constant rate, keeps sound on the picture's clock, encodes H.264 High and
/// AAC-LC, muxes fragments of half a second that survive a crash.
///
/// The take starts with the first frame given; sound captured before that moment is trimmed to it, sound that
/// starts later is led in with silence. write() may be called from the sources' threads and returns at once
/// (WhenFull::Refuse). Encoding, and writing to disk, run on threads of the recorder's own.
class Recorder {
public:
    virtual ~Recorder() = default;  ///< abandons nothing: finishes as finish() does
    /// 1920×1080 I420 limited BT.709 frames from Framing, in order of capture.
    virtual void write(const VideoFrame& frame) = 0;
    virtual void write(const SoundBlock& block) = 0;
    /// Counted into the losses; the stretch up to the next frame or block is held or silent, and noted. What was
    /// captured before `now` and still is on its way is no return.
    virtual void note_camera_lost(CaptureTime now) = 0;
    virtual void note_microphone_lost(CaptureTime now) = 0;
    /// Time goes on though no frame comes: while the camera is lost the picture holds up to a second before `now`.
    virtual void pass_time(CaptureTime now) = 0;
    [[nodiscard]] virtual RecorderState state() const = 0;
    /// What went wrong with encoding or the disk, if anything; the file is whole up to that moment.
    [[nodiscard]] virtual std::optional<Error> fault() const = 0;
    /// Takes no more, encodes what is queued, trims sound to the picture's length, closes the file.
    /// Idempotent. DiskFull and Io when the end could not be written: what was written before stays playable.
    virtual Status finish() = 0;
};

[[nodiscard]] Result<std::unique_ptr<Recorder>> open_recorder(const RecorderSettings& settings);

}  // namespace changji
