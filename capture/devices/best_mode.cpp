#include "capture/devices.hpp"

#include <algorithm>
#include <tuple>

namespace changji {
namespace {

/// Bigger is better, compared from left to right.
auto merit(const CameraMode& mode) {
    const long area = static_cast<long>(mode.width_px) * mode.height_px;
    const bool fast = !mode.rates.empty() && mode.rates.front() >= Rational{25, 1};
    const bool full = mode.width_px >= 1920 && mode.height_px >= 1080;
    const bool wide = Rational{mode.width_px, mode.height_px} == Rational{16, 9};
    // Above 1080p the nearest 16:9 loses least to scaling; below, every pixel counts, but a slide show does
    // not.
    return full && fast ? std::tuple(true, fast, wide, -area) : std::tuple(false, fast, false, area);
}

}  // namespace

const CameraMode* best_mode(const CameraDevice& camera) {
    const auto best = std::max_element(camera.modes.begin(), camera.modes.end(),
                                       [](const auto& a, const auto& b) { return merit(a) < merit(b); });
    return best == camera.modes.end() ? nullptr : &*best;
}

}  // namespace changji
