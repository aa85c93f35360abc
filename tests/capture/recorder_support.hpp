#pragma once

#include "capture/recorder.hpp"
#include "tests/support/media.hpp"

#include <cmath>
#include <cstring>
#include <filesystem>
#include <numbers>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace changji::test {

inline constexpr CaptureTime take_start{std::chrono::hours(1)};
inline constexpr Rational rate_25{25, 1};

/// Flat grey with a lighter bar that stands elsewhere in each of eight pictures, and noise below that makes
/// the file grow by a good 10 kB a picture.
inline VideoFrame moving_picture(std::int64_t index, CaptureTime captured_at, std::uint8_t luma = 90) {
    static std::vector<VideoFrame> made[256];
    std::vector<VideoFrame>& pictures = made[luma];
    for (int step = static_cast<int>(pictures.size()); step < 8; ++step) {
        pictures.push_back(make_i420_frame(1920, 1080, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
            std::memset(y.data, luma, static_cast<std::size_t>(y.stride_bytes) * 1080);
            for (int row = 500; row < 580; ++row) std::memset(y.data + row * y.stride_bytes + 64 + 16 * step, 180, 64);
            std::minstd_rand random(static_cast<unsigned>(step) + 1);
            for (int row = 700; row < 900; ++row) {
                for (int column = 0; column < 400; ++column) {
                    y.data[row * y.stride_bytes + column] = static_cast<std::uint8_t>(80 + random() % 64);
                }
            }
            std::memset(cb.data, 128, static_cast<std::size_t>(cb.stride_bytes) * 540);
            std::memset(cr.data, 128, static_cast<std::size_t>(cr.stride_bytes) * 540);
        }));
    }
    VideoFrame frame = pictures[index % 8];
    frame.sequence = static_cast<std::uint64_t>(index);
    frame.captured_at = captured_at;
    return frame;
}

/// Silence but for 100 ms of 1 kHz that begin at `beep_at`.
inline SoundBlock sound_with_beep(std::int64_t first, std::int64_t frames, CaptureTime source_start,
                                  CaptureTime beep_at) {
    auto samples = std::make_shared<std::vector<float>>();
    for (std::int64_t index = first; index < first + frames; ++index) {
        const double since_beep_s = to_seconds(source_start + sound_duration(index) - beep_at);
        const bool beeps = since_beep_s >= 0.0 && since_beep_s < 0.1;
        const auto value =
            beeps ? static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * 1000.0 * since_beep_s)) : 0.0F;
        samples->insert(samples->end(), {value, value});
    }
    return {samples, first, source_start + sound_duration(first)};
}

inline RecorderSettings settings_for(const std::filesystem::path& part_file) {
    RecorderSettings settings;
    settings.part_file = part_file;
    settings.encoder.speed = "ultrafast";
    settings.when_full = WhenFull::Wait;
    return settings;
}

/// Frames and sound in turn, as two sources would give them; sound runs from `sound_from` for as long as the
/// picture.
inline void play(Recorder& recorder, int frames, Nanoseconds sound_from = Nanoseconds(0),
                 CaptureTime beep_at = take_start + std::chrono::seconds(1)) {
    const CaptureTime source_start = take_start + sound_from;
    std::int64_t sound_at = 0;
    for (int index = 0; index < frames; ++index) {
        const CaptureTime now = take_start + tick_time(index, rate_25);
        for (; source_start + sound_duration(sound_at) < now + std::chrono::milliseconds(40); sound_at += 480) {
            recorder.write(sound_with_beep(sound_at, 480, source_start, beep_at));
        }
        recorder.write(moving_picture(index, now));
    }
}

/// What `ffprobe -show_entries` says of one stream, "key=value" a line.
inline std::string probe(const std::filesystem::path& file, const std::string& stream, const std::string& entries) {
    return run("ffprobe -v error -count_packets -select_streams " + stream + " -of default=nw=1 -show_entries " +
               entries + " '" + file.string() + "'")
        .output;
}
inline double number(const std::string& probed, const std::string& key) {
    const std::size_t at = probed.find(key + "=");
    return at == std::string::npos ? std::nan("") : std::stod("0" + probed.substr(at + key.size() + 1));
}
inline std::int64_t picture_packets(const std::filesystem::path& file) {
    return std::llround(number(probe(file, "v:0", "stream=nb_read_packets"), "nb_read_packets"));
}
/// What the decoder complains about; empty for a clean file.
inline std::string decoder_errors(const std::filesystem::path& file) {
    return run("ffmpeg -nostdin -v error -i '" + file.string() + "' -f null -").errors;
}

}  // namespace changji::test
