#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "capture/camera_controls.hpp"
#include "capture/source_spec.hpp"
#include "capture/types/result.hpp"
#include "capture/types/sound_block.hpp"
#include "capture/types/video_frame.hpp"

namespace changji {

enum class Liveness {
    Live,  ///< time passes whether anyone listens or not: camera, stream, demo, file at its own pace
    Held,  ///< waits for its sinks: a file at free pace
};

/// What a video source really delivers; may differ from what was asked.
struct VideoSettings {
    std::string name;  ///< for a person: "Studio Cam", "interview.mp4"
    int width_px = 0;  ///< as stored, before orientation
    int height_px = 0;
    Rational rate{0, 1};       ///< nominal; 0: the source doesn't say
    std::string input_format;  ///< "mjpeg", "h264", ...
    Orientation orientation;
    Rational sample_aspect_ratio{1, 1};
    Liveness liveness = Liveness::Live;
    Nanoseconds duration{0};           ///< 0: unlimited or unknown
    bool still = false;                ///< one photo, repeated for ever
    std::optional<DemoSettings> demo;  ///< present for the built-in scene: its settings now
};

struct AudioSettings {
    std::string name;
    int sample_rate_hz = 0;  ///< of the source; blocks always arrive at sound_rate_hz
    int channels = 0;
    Liveness liveness = Liveness::Live;
    Message problem = {};     ///< why nothing is heard though blocks come: muted, turned down; may change at any time
    Nanoseconds duration{0};  ///< 0: unlimited or unknown
};

/// A camera, file, stream or the demo scene. Sinks run on the source's own thread and return at once, except
/// that sinks of a Held source may wait. Not thread-safe: one thread opens, starts, stops and destroys.
class VideoSource {
public:
    virtual ~VideoSource() = default;  ///< stops
    /// `on_lost` with DeviceLost is an alarm: nothing came for half a second, or the device is gone. The source goes
    /// on trying by itself, and frames may follow (their `sequence` goes on counting). It runs once an interruption.
    /// With any other kind (EndOfStream for the end of a file) it is the end, and no frame follows.
    virtual Status start(std::function<void(VideoFrame)> on_frame, std::function<void(Error)> on_lost) = 0;
    virtual void stop() = 0;                                  ///< idempotent; no sink runs after it returns
    [[nodiscard]] virtual VideoSettings granted() const = 0;  ///< of the device as it is opened now; any thread
    /// Exposure, white balance and the like; null where the source has none. Lives as long as the source.
    [[nodiscard]] virtual CameraControls* controls() { return nullptr; }
};

/// A microphone, or the sound of a file, stream or the demo scene. Threads and sinks as for VideoSource.
/// Blocks are 5 to 100 ms long and follow one another without gap or overlap in `first_frame`, except where an
/// interruption lies between (then `first_frame` leaps forward).
class AudioSource {
public:
    virtual ~AudioSource() = default;
    virtual Status start(std::function<void(SoundBlock)> on_block, std::function<void(Error)> on_lost) = 0;
    virtual void stop() = 0;
    [[nodiscard]] virtual AudioSettings granted() const = 0;
};

/// A picture and its sound. A source that is one file or stream serves both; it begins to play when both
/// have been started, so that neither loses its beginning.
struct Sources {
    std::unique_ptr<VideoSource> video;
    std::unique_ptr<AudioSource> audio;  ///< null: no sound was asked for, or the camera source has none
    Message note;                        ///< what `auto` chose and why, or why there is no sound; may be empty
};

/// Opens both, nothing is delivered before start(). Errors: DeviceNotFound, DeviceBusy, UnsupportedFormat, Io,
/// InvalidConfig, each saying which source. `Auto` falls back to the demo scene (camera) and from there to its
/// speech (microphone); a camera without any microphone gives no sound and says so in `note`.
[[nodiscard]] Result<Sources> open_sources(const SourceSpec& camera, const SourceSpec& microphone);

/// Sound alone: a file, a stream, the demo's speech or a microphone. Errors as open_sources.
[[nodiscard]] Result<std::unique_ptr<AudioSource>> open_sound(const SourceSpec& microphone);

/// The demo scene's light, clutter and noise may be changed while it runs; no effect on other sources.
void adjust_demo(VideoSource& video, AudioSource* audio, const DemoSettings& settings);

}  // namespace changji
