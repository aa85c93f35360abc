#pragma once

#include "capture/types/video_frame.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace changji {

/// The picture at 160×90, each pixel the mean of the area it covers: coarse enough that only what a viewer
/// sees as a thing of its own makes an edge, small enough for any loop.
struct Thumbnail {
    static constexpr int width = 160;
    static constexpr int height = 90;
    using Component = std::array<std::uint8_t, std::size_t{width} * height>;

    Component luma{};
    Component blue{};  ///< Cb
    Component red{};   ///< Cr

    [[nodiscard]] static constexpr std::size_t at(int x, int y) { return static_cast<std::size_t>(y * width + x); }
};

/// Of an I420 frame of any size.
[[nodiscard]] Thumbnail make_thumbnail(const VideoFrame& frame);

}  // namespace changji
