#pragma once

#include "capture/types/sound_block.hpp"
#include "capture/types/video_frame.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace changji::test {

struct Pixel {
    std::uint8_t y = 16;
    std::uint8_t cb = 128;
    std::uint8_t cr = 128;
};

/// An I420 frame whose pixel at (x, y) is `colour(x, y)`; chroma is taken from each block's upper left pixel.
[[nodiscard]] VideoFrame paint_frame(int width_px, int height_px, const std::function<Pixel(int, int)>& colour);
[[nodiscard]] VideoFrame flat_frame(Pixel pixel, int width_px = 1920, int height_px = 1080);
/// A hash of the position, 0..255: noise that is the same everywhere.
[[nodiscard]] std::uint8_t noise_at(int x, int y);

/// A picture or a film's first frame as Framing would give it: 1920×1080, limited-range BT.709, enlarged and
/// cropped to fill. Decoded by the ffmpeg program; aborts the test process when that fails.
[[nodiscard]] VideoFrame decode_picture(const std::filesystem::path& file);
/// Up to `count` pictures of a film in the same form, `rate` a second, captured from time 0 on.
[[nodiscard]] std::vector<VideoFrame> decode_frames(const std::filesystem::path& file, int count, Rational rate);
/// A sound file as 48 kHz stereo, interleaved, after an optional ffmpeg filter.
[[nodiscard]] std::vector<float> decode_sound(const std::filesystem::path& file, const std::string& filter = "anull");

using Interleaved = std::vector<float>;
/// The same sine in both channels.
[[nodiscard]] Interleaved sine(double hertz, double peak_dbfs, double seconds);
/// White noise with Gaussian amplitudes, both channels the same; `rms_dbfs` = 10·log10 of its mean square.
[[nodiscard]] Interleaved white_noise(double rms_dbfs, double seconds, unsigned seed = 1);
[[nodiscard]] Interleaved silence(double seconds);
void append(Interleaved& sound, const Interleaved& more);
[[nodiscard]] double mean_square(const Interleaved& sound);
[[nodiscard]] SoundBlock block_of(const Interleaved& sound, std::int64_t first_frame = 0);
/// Stereo, 48 kHz, 32-bit float, for other programs to read.
void write_wav(const std::filesystem::path& file, const Interleaved& sound);

}  // namespace changji::test
