#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "capture/types/video_frame.hpp"

namespace changji::test {

/// Y', Cb and Cr of a pixel.
struct Code {
    int y = 0, cb = 0, cr = 0;

    friend bool operator==(const Code&, const Code&) = default;
};

/// R'G'B' (0..1) in a matrix and range, straight from the definition of the standards.
inline Code code_of(const std::array<double, 3>& rgb, ColorMatrix matrix, ColorRange range) {
    const double kr = matrix == ColorMatrix::Bt601 ? 0.299 : matrix == ColorMatrix::Bt709 ? 0.2126 : 0.2627;
    const double kb = matrix == ColorMatrix::Bt601 ? 0.114 : matrix == ColorMatrix::Bt709 ? 0.0722 : 0.0593;
    const double luma = kr * rgb[0] + (1.0 - kr - kb) * rgb[1] + kb * rgb[2];
    const double pb = (rgb[2] - luma) / (2.0 * (1.0 - kb)), pr = (rgb[0] - luma) / (2.0 * (1.0 - kr));
    const bool full = range == ColorRange::Full;
    const auto rounded = [](double value) { return static_cast<int>(std::lround(std::clamp(value, 0.0, 255.0))); };
    return {rounded(full ? 255.0 * luma : 16.0 + 219.0 * luma), rounded(128.0 + (full ? 255.0 : 224.0) * pb),
            rounded(128.0 + (full ? 255.0 : 224.0) * pr)};
}

/// White, yellow, cyan, green, magenta, red, blue, black.
inline constexpr std::array<std::array<double, 3>, 8> colour_bars{
    {{1, 1, 1}, {1, 1, 0}, {0, 1, 1}, {0, 1, 0}, {1, 0, 1}, {1, 0, 0}, {0, 0, 1}, {0, 0, 0}}};

/// Of an I420 frame.
inline Code code_at(const VideoFrame& frame, int x, int y) {
    const auto at = [&](std::size_t plane, int px, int py) {
        return static_cast<int>(frame.planes[plane].data[py * frame.planes[plane].stride_bytes + px]);
    };
    return {at(0, x, y), at(1, x / 2, y / 2), at(2, x / 2, y / 2)};
}

}  // namespace changji::test
