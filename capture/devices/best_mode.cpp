#include "capture/devices.hpp"

#include <algorithm>
#include <tuple>

namespace changji {
namespace {

bool is_fast(const CameraMode& mode) { return !mode.rates.empty() && mode.rates.front() >= Rational{25, 1}; }
bool is_full_hd(const CameraMode& mode) { return mode.width_px >= 1920 && mode.height_px >= 1080; }

/// Bigger is better, compared from left to right.
auto merit(const CameraMode& mode) {
    const long area = static_cast<long>(mode.width_px) * mode.height_px;
    const bool wide = Rational{mode.width_px, mode.height_px} == Rational{16, 9};
    // A damaged H.264 picture spoils all up to the next key picture.
    const bool by_itself = mode.input_format != "h264";
    // Above 1080p the nearest 16:9 loses least to scaling; below, every pixel counts, but a slide show does
    // not.
    return is_full_hd(mode) && is_fast(mode) ? std::tuple(true, true, wide, -area, by_itself)
                                             : std::tuple(false, is_fast(mode), false, area, by_itself);
}

}  // namespace

const CameraMode* best_mode(const CameraDevice& camera) {
    const auto best = std::max_element(camera.modes.begin(), camera.modes.end(),
                                       [](const auto& a, const auto& b) { return merit(a) < merit(b); });
    return best == camera.modes.end() ? nullptr : &*best;
}

Rational best_rate(const CameraMode& mode) {
    Rational chosen{0, 1};
    for (const Rational rate : mode.rates) {
        if (!chosen.is_positive() || rate >= Rational{25, 1}) chosen = rate;
    }
    return chosen;
}

Message why_best(const CameraDevice& camera) {
    const CameraMode* const best = best_mode(camera);
    if (!best) return {};
    const std::string mode = mode_text(*best), rate = rate_text(best_rate(*best));
    if (best->rates.empty())
        return say("{0} is chosen: the camera doesn't say how many pictures a second it sends.", mode);
    if (!is_fast(*best)) {
        return say(
            "{0} at {1}/s is chosen, the largest of its modes: all are slower than 25/s, so movement will "
            "look jerky.",
            mode, rate);
    }
    if (best->width_px == 1920 && best->height_px == 1080) {
        return say("{0} at {1}/s is chosen: it is full HD as it is.", mode, rate);
    }
    if (is_full_hd(*best)) {
        return say(
            "{0} at {1}/s is chosen: of its modes of at least 1920x1080 at 25/s the one that is scaled down "
            "least.",
            mode, rate);
    }
    if (std::any_of(camera.modes.begin(), camera.modes.end(), is_full_hd)) {
        return say(
            "{0} at {1}/s is chosen: its larger modes are slower than 25/s. It is too small for full HD, so "
            "the take will be enlarged.",
            mode, rate);
    }
    return say(
        "{0} at {1}/s is chosen, the largest of its modes: it is too small for full HD, so the take will be "
        "enlarged.",
        mode, rate);
}

std::string mode_text(const CameraMode& mode) {
    return std::to_string(mode.width_px) + "x" + std::to_string(mode.height_px) + " " + mode.input_format;
}

std::string rate_text(Rational rate) {
    return rate.den == 1 ? std::to_string(rate.num) : std::to_string(rate.num) + "/" + std::to_string(rate.den);
}

}  // namespace changji
