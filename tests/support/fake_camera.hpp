#pragma once

#include "tests/support/media.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace changji::test {

/// Cameras for programs started with environment(): each has a description, a text file with lines
///
///     name Studio Cam
///     bus usb-0000:00:14.0-4        (the same camera at another port has another; unset: made from the number)
///     serial 4A1B2C                 (in /sys/class/video4linux/videoN/device/../serial)
///     mode mjpeg|yuyv WIDTHxHEIGHT RATE,RATE FRAMES_FILE      (one a mode; the first is the default)
///     mode yuyv 320x240-1920x1080 RATE,RATE -                 (stepwise: every size and rate between)
///     metadata                                                (no picture: the second node of a UVC camera)
///     flash SECONDS                 (see below)
///     controls none|NAME,NAME       (unset: all of them, see below)
///     controls strict               (what is automatic refuses a value with EACCES, as many UVC cameras do; else the
///                                    value is kept and holds once the automatic is off)
///     at SECONDS FAULT ARGUMENT
///
/// Faults count from the first stream after the camera was plugged in and happen once, whoever streams then:
/// `stall S` (no picture for S seconds, reopening doesn't help), `drop N` (the driver loses N pictures), `error N` (N
/// are marked damaged), `truncate N` (N end in the middle), `rate R` (other than it says: slow in the dark, or simply
/// wrong), `unplug S` (away for S seconds; without S for ever). A line added while the camera runs counts too. A camera
/// that streams is busy for every other program, except for its controls. Frames are stamped with the moment they were
/// due on CLOCK_MONOTONIC.
///
/// Flash: the picture stamped with a multiple of SECONDS of CLOCK_MONOTONIC is the first of the frames file, all others
/// are the rest of it by turns: so a moment of the machine's clock can be found in a take.
///
/// Controls, by their names in control(): brightness, white_balance_automatic, autogain, gain, power_line_frequency (0
/// off, 1 50 Hz, 2 60 Hz, the default, 3 automatic), white_balance_temperature, exposure_auto (1 manual, 3 aperture
/// priority), exposure_time_absolute (100 µs), focus_absolute, focus_automatic_continuous. What is automatic is read as
/// a slowly changing value. All programs share them; unplugged, a camera forgets them.
class FakeCameras {
public:
    /// Adds /dev/videoNUMBER, also while programs run. One that is there already is pulled out first.
    void plug_in(int number, const std::string& description);
    /// Pulled out, live. Its description may be plugged in again, also under another number.
    void unplug(int number);
    void add(int number, const std::string& line);
    void forbid(int number);  ///< as if the user were not in the group "video"

    /// What was set, or the default; of an automatic one what holds when the automatic is off. Empty: no such name.
    [[nodiscard]] std::optional<int> control(int number, const std::string& name) const;
    /// As another program would.
    void set_control(int number, const std::string& name, int value);

    /// To be put before a shell command.
    [[nodiscard]] std::string environment() const;

    /// Two seconds of a moving test picture as Motion JPEG (needs the ffmpeg program), or of flat grey
    /// (`luma`, 128, 128) as YUYV. The path of the file.
    [[nodiscard]] std::string mjpeg_frames(int width_px, int height_px);
    [[nodiscard]] std::string yuyv_frames(int width_px, int height_px, unsigned char luma);
    /// For a camera with a flash: a white picture, then two seconds of a dark moving one.
    [[nodiscard]] std::string flash_frames(int width_px, int height_px);

private:
    [[nodiscard]] std::filesystem::path file(int number) const;
    TemporaryFolder folder_;
};

/// The value of LD_PRELOAD for every fake of this folder: each is inert without its own variables.
[[nodiscard]] std::string preloaded_fakes();

}  // namespace changji::test
