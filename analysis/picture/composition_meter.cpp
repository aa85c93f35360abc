#include "analysis/picture/composition_meter.hpp"

#include <algorithm>

namespace changji {
namespace {

constexpr double crown_above_box = 0.30;
constexpr double eyes_below_top = 0.40;

}  // namespace

Composition measure_composition(std::span<const FaceBox> faces) {
    if (faces.empty()) return {};
    double crown = 1.0, eyes = 0.0, side = 1.0;
    for (const FaceBox& face : faces) {
        crown = std::min(crown, face.y - crown_above_box * face.height);
        eyes += face.y + eyes_below_top * face.height;
        side = std::min({side, face.x, 1.0 - face.x - face.width});
    }
    return {100.0 * crown, 100.0 * eyes / static_cast<double>(faces.size()), 100.0 * side};
}

}  // namespace changji
