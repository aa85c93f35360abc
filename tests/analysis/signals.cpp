#include "tests/analysis/signals.hpp"

#include "tests/support/media.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <numbers>
#include <random>

namespace changji::test {
namespace fs = std::filesystem;
namespace {

std::string read_all(const std::string& command_tail, const fs::path& input) {
    const TemporaryFolder folder;
    const fs::path raw = folder.path() / "raw";
    const auto result = run("ffmpeg -v error -i '" + input.string() + "' " + command_tail + " '" + raw.string() + "'");
    std::ifstream stream(raw, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    if (result.exit_code != 0 || bytes.empty()) {
        std::fprintf(stderr, "ffmpeg could not decode %s: %s\n", input.c_str(), result.errors.c_str());
        std::abort();
    }
    return bytes;
}

/// Pictures as Framing would give them.
std::vector<VideoFrame> decode_i420(const fs::path& file, const std::string& options, const std::string& filter) {
    constexpr int width = 1920, height = 1080;
    constexpr std::size_t frame_bytes = std::size_t{width} * height * 3 / 2;
    const std::string raw =
        read_all(options + " -vf " + filter +
                     "scale=1920:1080:force_original_aspect_ratio=increase:out_color_matrix=bt709:out_range=limited,"
                     "crop=1920:1080,format=yuv420p -f rawvideo",
                 file);
    if (raw.size() % frame_bytes != 0) std::abort();
    std::vector<VideoFrame> frames;
    const char* from = raw.data();
    const auto copy = [&from](WritablePlane plane, int columns, int rows) {
        for (int row = 0; row < rows; ++row, from += columns) {
            std::memcpy(plane.data + row * plane.stride_bytes, from, static_cast<std::size_t>(columns));
        }
    };
    while (from < raw.data() + raw.size()) {
        frames.push_back(make_i420_frame(width, height, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
            copy(y, width, height);
            copy(cb, width / 2, height / 2);
            copy(cr, width / 2, height / 2);
        }));
    }
    return frames;
}

}  // namespace

VideoFrame paint_frame(int width_px, int height_px, const std::function<Pixel(int, int)>& colour) {
    return make_i420_frame(width_px, height_px, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        for (int row = 0; row < height_px; ++row) {
            for (int column = 0; column < width_px; ++column) {
                const Pixel pixel = colour(column, row);
                y.data[row * y.stride_bytes + column] = pixel.y;
                if (row % 2 || column % 2) continue;
                cb.data[row / 2 * cb.stride_bytes + column / 2] = pixel.cb;
                cr.data[row / 2 * cr.stride_bytes + column / 2] = pixel.cr;
            }
        }
    });
}

VideoFrame flat_frame(Pixel pixel, int width_px, int height_px) {
    return paint_frame(width_px, height_px, [&](int, int) { return pixel; });
}

std::uint8_t noise_at(int x, int y) {
    auto h = static_cast<std::uint32_t>(x) * 374761393u + static_cast<std::uint32_t>(y) * 668265263u;
    h = (h ^ (h >> 13)) * 1274126177u;
    return static_cast<std::uint8_t>(h >> 24);
}

std::vector<VideoFrame> decode_frames(const fs::path& file, int count, Rational rate) {
    auto frames = decode_i420(file, "-map 0:v:0 -frames:v " + std::to_string(count),
                              "fps=" + std::to_string(rate.num) + "/" + std::to_string(rate.den) + ",");
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frames[i].sequence = i;
        frames[i].captured_at = CaptureTime(tick_time(static_cast<std::int64_t>(i), rate));
    }
    return frames;
}

VideoFrame decode_picture(const fs::path& file) { return decode_i420(file, "-frames:v 1", "").front(); }

std::vector<float> decode_sound(const fs::path& file, const std::string& filter) {
    const std::string raw = read_all("-af " + filter + " -f f32le -ac 2 -ar 48000", file);
    std::vector<float> samples(raw.size() / sizeof(float));
    std::memcpy(samples.data(), raw.data(), samples.size() * sizeof(float));
    return samples;
}

Interleaved sine(double hertz, double peak_dbfs, double seconds) {
    Interleaved sound;
    const double peak = std::pow(10.0, peak_dbfs / 20.0);
    for (int i = 0; i < std::lround(seconds * sound_rate_hz); ++i) {
        const auto sample = static_cast<float>(peak * std::sin(2.0 * std::numbers::pi * hertz * i / sound_rate_hz));
        sound.insert(sound.end(), {sample, sample});
    }
    return sound;
}

Interleaved white_noise(double rms_dbfs, double seconds, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> amplitude(0.0f, static_cast<float>(std::pow(10.0, rms_dbfs / 20.0)));
    Interleaved sound;
    for (int i = 0; i < std::lround(seconds * sound_rate_hz); ++i) {
        const float sample = amplitude(random);
        sound.insert(sound.end(), {sample, sample});
    }
    return sound;
}

Interleaved silence(double seconds) {
    return Interleaved(static_cast<std::size_t>(std::lround(seconds * sound_rate_hz)) * sound_channels);
}

void append(Interleaved& sound, const Interleaved& more) { sound.insert(sound.end(), more.begin(), more.end()); }

double mean_square(const Interleaved& sound) {
    double sum = 0.0;
    for (const float sample : sound) sum += double{sample} * sample;
    return sum / static_cast<double>(sound.size());
}

SoundBlock block_of(const Interleaved& sound, std::int64_t first_frame) {
    SoundBlock block;
    block.samples = std::make_shared<const std::vector<float>>(sound);
    block.first_frame = first_frame;
    block.captured_at = CaptureTime(sound_duration(first_frame));
    return block;
}

void write_wav(const fs::path& file, const Interleaved& sound) {
    const fs::path raw = file.string() + ".f32";
    std::ofstream(raw, std::ios::binary)
        .write(reinterpret_cast<const char*>(sound.data()), static_cast<std::streamsize>(sound.size() * sizeof(float)));
    const auto result = run("ffmpeg -v error -y -f f32le -ac 2 -ar 48000 -i '" + raw.string() + "' -c:a pcm_f32le '" +
                            file.string() + "'");
    if (result.exit_code != 0) std::abort();
}

}  // namespace changji::test
