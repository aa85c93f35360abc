#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "capture/camera_controls.hpp"
#include "capture/sound_shaper.hpp"
#include "capture/types/result.hpp"
#include "capture/types/time.hpp"

namespace changji {

enum class SourceKind {
    Unspecified,
    Auto,        ///< the best device found
    Demo,        ///< the built-in scene
    V4l2,        ///< camera, by path or part of its name
    Pulse,       ///< microphone, by (part of) its name
    Alsa,        ///< microphone, by ALSA device name
    Media,       ///< file or URL
    Lavfi,       ///< FFmpeg filter graph
    WithCamera,  ///< microphone only: the sound that comes with the camera source
    None,        ///< microphone only: no sound
};

enum class Pace {
    Own,   ///< a file is played at its own pace, as a camera would deliver it
    Free,  ///< as fast as it goes; whoever takes the frames holds the source back
};

/// What becomes of a file's packets that don't decode cleanly.
enum class Damage {
    PassOver,  ///< the pictures around them are shown, as a player does
    Tell,      ///< they are decoded strictly, and the track ends with Corrupt instead of EndOfStream
};

enum class Clutter { Low, Medium, High };

/// How the demo scene looks and sounds.
struct DemoSettings {
    double light = 1.0;  ///< 0.05 to 2: factor on the scene's light; 1 is well lit
    Clutter clutter = Clutter::Low;
    double noise_dbfs = -70.0;  ///< −90 to −10: RMS of the room's noise

    friend bool operator==(const DemoSettings&, const DemoSettings&) = default;
};

/// What the user wrote for `--camera` or `--microphone`, taken apart.
struct SourceSpec {
    SourceKind kind = SourceKind::Auto;
    std::string target;  ///< device path or name, file path, URL or filter graph
    int width_px = 0;    ///< asked for; 0: the best there is
    int height_px = 0;
    Rational rate{0, 1};       ///< asked for; 0: the best there is
    std::string input_format;  ///< "mjpeg", "yuyv422", ...; empty: the best there is
    Pace pace = Pace::Own;
    Damage damage = Damage::PassOver;
    int decoder_threads = 0;  ///< of a file at free pace; 0: one more than there are cores
    DemoSettings demo;
    std::vector<ControlWish> controls;  ///< of a camera: set when it is opened
    SoundShape sound;                   ///< of a microphone: channels, gain, limiter

    friend bool operator==(const SourceSpec&, const SourceSpec&) = default;
};

/// A file on this machine, never an address whatever its name is, at free pace.
[[nodiscard]] SourceSpec file_spec(const std::filesystem::path& file);

/// Reads the SOURCE forms of the interface contract:
/// `auto[?...]`, `demo[:light=..,clutter=..,noise=..]`, `/dev/videoN[?size=WxH&rate=R&format=F]`, `v4l2:NAME[?...]`
/// (where `exposure`, `gain`, `white_balance`, `focus` and `power_line` may be set too, as in
/// `exposure=250&focus=auto`), `lavfi:GRAPH`, a path or URL (`PATH?pace=free`). A path that exists is taken whole,
/// question mark or not. InvalidConfig with the offending part when it can't be read.
[[nodiscard]] Result<SourceSpec> parse_camera_spec(std::string_view text);

/// As above with `pulse:NAME`, `alsa:NAME`, `camera` and `none`; no V4L2 forms. `auto`, `pulse:` and `alsa:` take
/// `?channels=both|left|right|mix&gain=DB&limiter=on|off`.
[[nodiscard]] Result<SourceSpec> parse_microphone_spec(std::string_view text);

}  // namespace changji
