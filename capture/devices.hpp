#pragma once

#include <string>
#include <vector>

#include "capture/types/message.hpp"
#include "capture/types/time.hpp"

namespace changji {

struct CameraMode {
    std::string input_format;  ///< FFmpeg's name: "mjpeg", "yuyv422", "h264"
    int width_px = 0;
    int height_px = 0;
    std::vector<Rational> rates;  ///< descending
};

struct CameraDevice {
    std::string path;    ///< /dev/video0
    std::string name;    ///< "Studio Cam"
    std::string bus;     ///< tells two equal cameras apart: the port
    std::string serial;  ///< of a USB camera that has one; not every maker gives each camera its own
    std::vector<CameraMode> modes;
    Message problem;  ///< why it can't be used; empty when it can
};

struct MicrophoneDevice {
    std::string source;  ///< what `--microphone` takes: "pulse:NAME" or "alsa:NAME"
    std::string name;    ///< for a person
    bool is_default = false;
    bool is_monitor = false;  ///< records what the machine plays, not a microphone
    Message problem;          ///< why nothing would be heard: muted, nothing plugged in; empty when it can be used
    int sample_rate_hz = 0;   ///< of the device; 0: decided when it is opened
    int channels = 0;
    bool is_muted = false;  ///< or turned down to nothing, by the sound server
};

struct EncoderDevice {
    std::string name;  ///< FFmpeg's: "libx264", "h264_vaapi"
    bool usable = false;
    Message problem;
};

/// Every V4L2 capture device, also those that can't be used now, in order of path.
[[nodiscard]] std::vector<CameraDevice> list_cameras();
/// Every PulseAudio source and ALSA capture device; empty when neither service answers within 2 s.
[[nodiscard]] std::vector<MicrophoneDevice> list_microphones();
/// The H.264 encoders of this FFmpeg build, opened once each to see whether they work here.
[[nodiscard]] std::vector<EncoderDevice> list_encoders();

/// The mode to record with: at least 1920×1080 and 25/s before anything else, then the nearest 16:9 above,
/// then the largest picture; raw or Motion JPEG doesn't matter, H.264 comes last. Null when there is none.
[[nodiscard]] const CameraMode* best_mode(const CameraDevice& camera);
/// The rate to record it at: 25/s if there is one (no flicker under 50 Hz lamps), else the slowest above it, else the
/// fastest. 0 when the camera names none.
[[nodiscard]] Rational best_rate(const CameraMode& mode);
/// Why best_mode() is the one, and what it means for the take. Empty without modes.
[[nodiscard]] Message why_best(const CameraDevice& camera);

/// For a person: "1920x1080 mjpeg", "30" or "30000/1001".
[[nodiscard]] std::string mode_text(const CameraMode& mode);
[[nodiscard]] std::string rate_text(Rational rate);

}  // namespace changji
