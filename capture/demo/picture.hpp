#pragma once

#include "capture/demo/canvas.hpp"
#include "capture/types/video_frame.hpp"

#include <cstdint>
#include <vector>

namespace changji::demo {

inline constexpr int scene_width_px = 1920;
inline constexpr int scene_height_px = 1080;

/// Even edges, inside the picture.
struct Area {
    int x_px = 0;
    int y_px = 0;
    int width_px = 0;
    int height_px = 0;
};

/// The noiseless picture, I420 limited-range BT.709, that is kept from frame to frame.
struct CleanPicture {
    std::vector<std::uint8_t> y = std::vector<std::uint8_t>(scene_width_px * scene_height_px);
    std::vector<std::uint8_t> cb = std::vector<std::uint8_t>(scene_width_px * scene_height_px / 4);
    std::vector<std::uint8_t> cr = std::vector<std::uint8_t>(scene_width_px * scene_height_px / 4);
};

/// Exposes one area of an opaque canvas of the scene's size: every pixel's linear light times `light`,
/// clipped at white. Light goes with the 2.4th power of the code values, so the codes are multiplied by
/// light^(1/2.4).
void expose(const Canvas& canvas, const Area& area, double light, CleanPicture& picture);

/// A sensor's luma noise: fixed Gaussian codes, shifted anew for every row of every frame.
class SensorNoise {
public:
    explicit SensorNoise(double sigma_codes);
    /// Makes the frame to deliver. Clipped white stays clipped, as on a sensor that saturates after its
    /// noise.
    [[nodiscard]] VideoFrame apply(const CleanPicture& picture, std::uint64_t frame_index) const;

private:
    std::vector<std::int8_t> codes_;
};

}  // namespace changji::demo
