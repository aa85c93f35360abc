#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace changji {

/// A picture to be looked at: full-range sRGB, rows from top to bottom without padding, three bytes a pixel.
struct RgbPicture {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> rgb;  ///< 3 · width · height

    /// Where the pixel's red byte stands in `rgb`; green and blue follow.
    [[nodiscard]] std::size_t at(int x, int y) const { return 3 * (static_cast<std::size_t>(y) * width_px + x); }
};

}  // namespace changji
