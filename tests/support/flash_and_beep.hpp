#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace changji::test {

/// One moment of the machine's clock as a take shows and sounds it: a white picture among dark ones
/// (FakeCameras::flash_frames), and the beginning of a beep over a quiet room (SoundServer::feed_beeps).
struct FlashAndBeep {
    double flash_s = 0;  ///< presentation time of the white picture
    double beep_s = 0;

    [[nodiscard]] double sound_late_ms() const { return (beep_s - flash_s) * 1000; }
};

/// ATSC IS-191: at the input of an encoder sound comes at most 15 ms too early and 45 ms too late.
constexpr double most_early_ms = 15, most_late_ms = 45;

/// The pairs between two times of a file, decoded by the ffmpeg program; a flash without a beep within 0.4 s, or the
/// reverse, is left out. Beeps are found to a fraction of a millisecond, flashes to the time stamp of their picture.
[[nodiscard]] std::vector<FlashAndBeep> flashes_and_beeps(const std::filesystem::path& file, double from_s = 0,
                                                          double to_s = 1e6);
[[nodiscard]] std::vector<double> flash_times_s(const std::filesystem::path& file, double from_s = 0,
                                                double to_s = 1e6);
[[nodiscard]] std::vector<double> beep_times_s(const std::filesystem::path& file);

/// "12.3 to 14.0 ms late (24 pairs)", for a message.
[[nodiscard]] std::string summary(const std::vector<FlashAndBeep>& pairs);

}  // namespace changji::test
