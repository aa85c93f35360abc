#include "ui/window/preview_governor.hpp"

#include <algorithm>
#include <initializer_list>

namespace changji {
namespace {

constexpr double hardware_rate = 30.0;
constexpr double software_rate = 10.0;
constexpr double pressed_rate = 2.0;
constexpr double pressure_limit = 0.25;
constexpr double calm_limit = 0.10;
/// Two seconds at the pressed rate: a queue that fills again at once must not make the preview flutter.
constexpr int calm_frames_needed = 4;
constexpr double smoothing = 0.2;
/// The share of time that drawing may take.
constexpr double drawing_share = 0.5;

}  // namespace

Renderer renderer_of(std::string_view gl_renderer) {
    for (const std::string_view software : {"llvmpipe", "softpipe", "swrast"}) {
        if (gl_renderer.find(software) != std::string_view::npos) return Renderer::Software;
    }
    return Renderer::Hardware;
}

PreviewGovernor::PreviewGovernor(Renderer renderer)
    : full_rate_(renderer == Renderer::Software ? software_rate : hardware_rate) {}

void PreviewGovernor::note(double draw_s, double pressure) {
    draw_s_ += smoothing * (draw_s - draw_s_);
    slowed_ = draw_s_ * full_rate_ > drawing_share;
    if (pressure > pressure_limit) {
        pressed_ = true;
        calm_frames_ = 0;
    } else if (pressed_) {
        calm_frames_ = pressure < calm_limit ? calm_frames_ + 1 : 0;
        pressed_ = calm_frames_ < calm_frames_needed;
    }
}

double PreviewGovernor::frames_per_s() const {
    if (pressed_) return pressed_rate;
    if (slowed_) return std::clamp(drawing_share / draw_s_, pressed_rate, full_rate_);
    return full_rate_;
}

}  // namespace changji
