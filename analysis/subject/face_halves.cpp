#include "analysis/subject/face_halves.hpp"

#include <algorithm>

namespace changji {
namespace {

constexpr double largest_ratio = 99.0;

double median_light(const VideoFrame& frame, const PixelRect& region) {
    LumaHistogram histogram;
    histogram.add(frame, region, face_line_step);
    return linear_light(histogram.median_code());
}

}  // namespace

double FaceHalves::ratio() const {
    if (left_light == right_light) return 1.0;
    const auto [darker, brighter] = std::minmax(left_light, right_light);
    return std::min(largest_ratio, brighter / std::max(darker, 1e-9));
}

FaceHalves measure_halves(const VideoFrame& frame, const PixelRect& core) {
    const int half = core.width / 2;
    FaceHalves halves;
    halves.left = {core.x, core.y, half, core.height};
    halves.right = {core.x + core.width - half, core.y, half, core.height};
    halves.left_light = median_light(frame, halves.left);
    halves.right_light = median_light(frame, halves.right);
    return halves;
}

}  // namespace changji
