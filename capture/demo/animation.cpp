#include "capture/demo/animation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace changji::demo {
namespace {

double wave(double at_s, double period_s, double phase) {
    return std::sin(2.0 * std::numbers::pi * (at_s / period_s + phase));
}

/// Lids fall in 80 ms, rest 60 ms and rise in 120 ms.
double blink(double since_s) {
    if (since_s < 0.0 || since_s > 0.26) return 0.0;
    if (since_s < 0.08) return since_s / 0.08;
    return since_s < 0.14 ? 1.0 : (0.26 - since_s) / 0.12;
}

double lids_at(double at_s) {
    constexpr double round_s = 19.3;
    constexpr std::array blinks_s{1.9, 5.4, 8.2, 8.55, 12.6, 15.1};
    const double within_s = std::fmod(at_s, round_s);
    double closed = 0.0;
    for (const double start_s : blinks_s) closed = std::max(closed, blink(within_s - start_s));
    return closed;
}

}  // namespace

Pose pose_at(Nanoseconds at, double voice) {
    const double t = to_seconds(at);
    Pose pose;
    pose.head_x_px = 5.0 * wave(t, 7.3, 0.1) + 2.2 * wave(t, 3.1, 0.4);
    pose.head_y_px = 1.8 * wave(t, 4.7, 0.0) + 1.2 * wave(t, 2.3, 0.3) + 2.0 * voice * wave(t, 1.3, 0.0);
    pose.head_tilt_rad = 0.013 * wave(t, 8.9, 0.2) + 0.005 * wave(t, 3.7, 0.6);
    pose.breath_px = 1.6 + 1.6 * wave(t, 3.9, 0.0);
    pose.gaze_px = std::clamp(2.6 * wave(t, 11.0, 0.15), -1.2, 1.2);
    pose.lids = lids_at(t);
    pose.mouth = std::clamp(voice, 0.0, 1.0);
    pose.brows_px = 1.5 * voice + 1.0 * wave(t, 6.1, 0.5);
    return pose;
}

}  // namespace changji::demo
