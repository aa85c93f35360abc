#pragma once

#include "tests/support/media.hpp"

#include <filesystem>
#include <string>

namespace changji::test {

/// Cameras for programs started with environment(): each has a description, a text file with lines
///
///     name Studio Cam
///     mode mjpeg|yuyv WIDTHxHEIGHT RATE,RATE FRAMES_FILE      (one a mode; the first is the default)
///     mode yuyv 320x240-1920x1080 RATE,RATE -                 (stepwise: every size and rate between)
///     metadata                                                (no picture: the second node of a UVC camera)
///     at SECONDS FAULT ARGUMENT                               (counted from the stream's start)
///
/// Faults: `stall S`, `drop N` (the driver loses N pictures), `error N` (N are marked damaged), `truncate N`
/// (N end in the middle), `rate R` (slower in the dark), `unplug`. A line added while the camera runs counts
/// too; removing the description unplugs as well. A camera that streams is busy for every other program.
class FakeCameras {
public:
    /// Adds /dev/videoNUMBER. Lines as above.
    void plug_in(int number, const std::string& description);
    void add(int number, const std::string& line);
    void forbid(int number);  ///< as if the user were not in the group "video"

    /// To be put before a shell command.
    [[nodiscard]] std::string environment() const;

    /// Two seconds of a moving test picture as Motion JPEG (needs the ffmpeg program), or of flat grey
    /// (`luma`, 128, 128) as YUYV. The path of the file.
    [[nodiscard]] std::string mjpeg_frames(int width_px, int height_px);
    [[nodiscard]] std::string yuyv_frames(int width_px, int height_px, unsigned char luma);

private:
    [[nodiscard]] std::filesystem::path file(int number) const;
    TemporaryFolder folder_;
};

}  // namespace changji::test
