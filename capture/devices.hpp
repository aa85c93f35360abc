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
    std::string path;  ///< /dev/video0
    std::string name;  ///< "Studio Cam"
    std::string bus;   ///< tells two equal cameras apart
    std::vector<CameraMode> modes;
    Message problem;  ///< why it can't be used; empty when it can
};

struct MicrophoneDevice {
    std::string source;  ///< what `--microphone` takes: "pulse:NAME" or "alsa:NAME"
    std::string name;    ///< for a person
    bool is_default = false;
    bool is_monitor = false;  ///< records what the machine plays, not a microphone
    Message problem;
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
/// then the largest picture; compressed or not doesn't matter. Null when there is none.
[[nodiscard]] const CameraMode* best_mode(const CameraDevice& camera);

}  // namespace changji
