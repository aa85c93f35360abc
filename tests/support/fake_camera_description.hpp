#pragma once

// What a fake camera is and what befalls it, read from its description. Part of the library to preload.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <linux/videodev2.h>

namespace changji::test {

struct Mode {
    std::uint32_t fourcc = 0;
    unsigned least_width = 0, least_height = 0, width = 0, height = 0;  // least below most: stepwise
    std::vector<unsigned> rates;
    std::string frames_file;

    [[nodiscard]] bool stepwise() const { return least_width != width || least_height != height; }
    [[nodiscard]] std::uint32_t frame_bytes() const { return width * height * 2; }
};

struct Fault {
    double at_s = 0;     ///< after the first stream's start
    double added_s = 0;  ///< on the monotonic clock; 0: from the beginning
    std::string verb;
    double argument = 0;

    /// When it happens, on the monotonic clock, if the first stream began at `started_s`.
    [[nodiscard]] double happens_s(double started_s) const { return std::max(started_s + at_s, added_s); }
};

struct Description {
    std::string name = "Fake Camera";
    std::string bus;  ///< empty: made from the node's name
    std::uint32_t capability = V4L2_CAP_VIDEO_CAPTURE;
    std::vector<Mode> modes;
    std::vector<Fault> faults;
    std::optional<std::vector<std::string>> controls;  ///< none: all there are
    bool strict_controls = false;
    double flash_period_s = 0;  ///< 0: no flash
};

/// The words are explained in fake_camera.hpp.
[[nodiscard]] Description parse(const std::filesystem::path& file);

/// The pictures of a mode's file, one after another: JPEG by its markers, YUYV by its size.
[[nodiscard]] std::vector<std::string> load_frames(const Mode& mode);

/// CLOCK_MONOTONIC, which all programs share.
[[nodiscard]] double monotonic_s();

}  // namespace changji::test
