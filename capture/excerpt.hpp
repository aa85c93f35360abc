#pragma once

#include "capture/types/result.hpp"
#include "capture/types/rgb_picture.hpp"
#include "capture/types/time.hpp"
#include "capture/types/video_frame.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace changji {

/// Single pictures and short sounds out of a file, found by seeking. Times count from where the earlier of picture and
/// sound begins, as a file's media source counts them; those below zero are taken as zero. One thread at a time.
class Excerpts {
public:
    ~Excerpts();
    Excerpts(const Excerpts&) = delete;
    Excerpts& operator=(const Excerpts&) = delete;

    /// What a viewer sees at that time, as Framing gives it: 1920×1080 I420, limited-range BT.709. `captured_at` is
    /// when the picture was first shown. Before the first picture that one, after the last one that until the file
    /// ends; a photo at any time. Cheapest in order of time, as then the decoder reads on.
    /// EndOfStream behind the end, UnsupportedFormat without a picture, Corrupt or Io where it can't be read.
    [[nodiscard]] Result<VideoFrame> frame_at(Nanoseconds at);

    /// 48 kHz stereo, interleaved, from one sample to another. Never filled up: where the track begins later or
    /// ends earlier it is shorter. EndOfStream when nothing is left, UnsupportedFormat without sound,
    /// Corrupt or Io where it can't be read.
    [[nodiscard]] Result<std::vector<float>> sound_between(Nanoseconds from, Nanoseconds to);

private:
    friend Result<std::unique_ptr<Excerpts>> open_excerpts(const std::filesystem::path& file);
    class Pictures;
    class Sounds;
    Excerpts(std::unique_ptr<Pictures> pictures, std::unique_ptr<Sounds> sounds);

    std::unique_ptr<Pictures> pictures_;
    std::unique_ptr<Sounds> sounds_;
};

/// Io, Corrupt or UnsupportedFormat (no media file, HDR) with the remedy, as for the file as a source.
[[nodiscard]] Result<std::unique_ptr<Excerpts>> open_excerpts(const std::filesystem::path& file);

/// Both write to a temporary file, which takes the name when it is whole: DiskFull or Io leave nothing behind.
[[nodiscard]] Status write_png(const std::filesystem::path& path, const RgbPicture& picture);
/// 48 kHz stereo, 16 bits; samples beyond full scale are cut.
[[nodiscard]] Status write_wav(const std::filesystem::path& path, std::span<const float> interleaved);

}  // namespace changji
