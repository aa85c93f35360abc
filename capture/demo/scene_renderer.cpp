#include "capture/demo/scene_renderer.hpp"

#include "capture/demo/backdrop_painter.hpp"

#include <algorithm>
#include <cmath>

namespace changji::demo {
namespace {

constexpr Area whole_scene{0, 0, scene_width_px, scene_height_px};

/// The less light, the more gain, and the more noise with it.
double noise_sigma_codes(double light) { return std::pow(std::min(light, 1.0), -0.7); }

DemoSettings in_range(DemoSettings settings) {
    settings.light = std::clamp(settings.light, 0.05, 2.0);
    return settings;
}

}  // namespace

SceneRenderer::SceneRenderer(const DemoSettings& settings)
    : settings_(in_range(settings)),
      backdrop_(scene_width_px, scene_height_px),
      stage_(scene_width_px, scene_height_px),
      noise_(noise_sigma_codes(settings_.light)) {
    paint_backdrop(backdrop_, settings_.clutter);
    expose(backdrop_, whole_scene, settings_.light, picture_);
}

void SceneRenderer::adjust(const DemoSettings& settings) {
    const DemoSettings wanted = in_range(settings);
    if (wanted.clutter != settings_.clutter) paint_backdrop(backdrop_, wanted.clutter);
    if (wanted.light != settings_.light) noise_ = SensorNoise(noise_sigma_codes(wanted.light));
    if (wanted.clutter != settings_.clutter || wanted.light != settings_.light) {
        expose(backdrop_, whole_scene, wanted.light, picture_);
    }
    settings_ = wanted;
}

void SceneRenderer::restore_backdrop(const Area& area) {
    for (int y = area.y_px; y < area.y_px + area.height_px; ++y) {
        std::copy_n(backdrop_.row(y) + 4 * area.x_px, 4 * area.width_px, stage_.row(y) + 4 * area.x_px);
    }
    cairo_surface_mark_dirty(stage_.surface());
}

VideoFrame SceneRenderer::render(std::uint64_t index, Nanoseconds at, double voice) {
    const Area head = PersonPainter::head_reach(), body = PersonPainter::body_reach();
    restore_backdrop(head);
    restore_backdrop(body);
    person_.draw(stage_, pose_at(at, voice));
    expose(stage_, head, settings_.light, picture_);
    expose(stage_, body, settings_.light, picture_);
    return noise_.apply(picture_, index);
}

}  // namespace changji::demo
