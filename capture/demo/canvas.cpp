#include "capture/demo/canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <numbers>
#include <vector>

namespace changji::demo {
namespace {

/// One box filter over `count` pixels that lie `step` bytes apart; beyond the edge the edge pixel repeats.
void box_filter(std::uint8_t* line, int count, std::ptrdiff_t step, int radius, std::vector<std::uint8_t>& copy) {
    copy.resize(static_cast<std::size_t>(count) * 4);
    for (int i = 0; i < count; ++i) std::copy_n(line + i * step, 4, copy.data() + i * 4);
    const int width = 2 * radius + 1;
    const auto pixel = [&](int i) { return copy.data() + std::clamp(i, 0, count - 1) * 4; };
    std::array<int, 4> sum{};
    for (int i = -radius; i <= radius; ++i) {
        for (int c = 0; c < 4; ++c) sum[c] += pixel(i)[c];
    }
    for (int i = 0; i < count; ++i) {
        const std::uint8_t* const leaves = pixel(i - radius);
        const std::uint8_t* const enters = pixel(i + radius + 1);
        for (int c = 0; c < 4; ++c) {
            line[i * step + c] = static_cast<std::uint8_t>((sum[c] + width / 2) / width);
            sum[c] += enters[c] - leaves[c];
        }
    }
}

}  // namespace

Canvas::Canvas(int width_px, int height_px)
    : width_px_(width_px),
      height_px_(height_px),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width_px, height_px)),
      pen_(cairo_create(surface_.get())) {
    if (cairo_status(pen_.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
}

std::uint8_t* Canvas::row(int y) const {
    cairo_surface_flush(surface_.get());
    const std::ptrdiff_t stride = cairo_image_surface_get_stride(surface_.get());
    return cairo_image_surface_get_data(surface_.get()) + y * stride;
}

void Canvas::blur(int radius_px) {
    if (radius_px < 1) return;
    std::uint8_t* const pixels = row(0);
    const std::ptrdiff_t stride = cairo_image_surface_get_stride(surface_.get());
    std::vector<std::uint8_t> copy;
    for (int pass = 0; pass < 3; ++pass) {
        for (int y = 0; y < height_px_; ++y) box_filter(pixels + y * stride, width_px_, 4, radius_px, copy);
        for (int x = 0; x < width_px_; ++x) box_filter(pixels + x * 4, height_px_, stride, radius_px, copy);
    }
    cairo_surface_mark_dirty(surface_.get());
}

void use(cairo_t* pen, Colour colour, double alpha) {
    cairo_set_source_rgba(pen, colour.red, colour.green, colour.blue, alpha);
}

void ellipse(cairo_t* pen, double x, double y, double radius_x, double radius_y) {
    cairo_save(pen);
    cairo_translate(pen, x, y);
    cairo_scale(pen, radius_x, radius_y);
    cairo_new_sub_path(pen);
    cairo_arc(pen, 0, 0, 1, 0, 2 * std::numbers::pi);
    cairo_restore(pen);
}

void shade(cairo_t* pen, double x0, double y0, Colour from, double x1, double y1, Colour to) {
    cairo_pattern_t* const gradient = cairo_pattern_create_linear(x0, y0, x1, y1);
    cairo_pattern_add_color_stop_rgb(gradient, 0, from.red, from.green, from.blue);
    cairo_pattern_add_color_stop_rgb(gradient, 1, to.red, to.green, to.blue);
    cairo_set_source(pen, gradient);
    cairo_pattern_destroy(gradient);
}

void glow(cairo_t* pen, double x, double y, double radius_x, double radius_y, Colour colour, double alpha) {
    cairo_save(pen);
    cairo_translate(pen, x, y);
    cairo_scale(pen, radius_x, radius_y);
    cairo_pattern_t* const gradient = cairo_pattern_create_radial(0, 0, 0, 0, 0, 1);
    for (const auto& [at, share] : {std::pair{0.0, 1.0}, {0.25, 0.84}, {0.5, 0.5}, {0.75, 0.16}, {1.0, 0.0}}) {
        cairo_pattern_add_color_stop_rgba(gradient, at, colour.red, colour.green, colour.blue, alpha * share);
    }
    cairo_set_source(pen, gradient);
    cairo_pattern_destroy(gradient);
    cairo_arc(pen, 0, 0, 1, 0, 2 * std::numbers::pi);
    cairo_fill(pen);
    cairo_restore(pen);
}

void paint_soft(const Canvas& target, double blur_px, const std::function<void(cairo_t*)>& paint,
                cairo_operator_t how) {
    const int shrink = blur_px >= 12.0 ? 4 : 2;
    Canvas small((target.width_px() + shrink - 1) / shrink, (target.height_px() + shrink - 1) / shrink);
    cairo_matrix_t space;
    cairo_get_matrix(target.pen(), &space);
    cairo_scale(small.pen(), 1.0 / shrink, 1.0 / shrink);
    cairo_transform(small.pen(), &space);
    paint(small.pen());
    small.blur(std::max(1, static_cast<int>(std::lround(blur_px / shrink))));
    cairo_t* const pen = target.pen();
    cairo_save(pen);
    cairo_identity_matrix(pen);
    cairo_scale(pen, shrink, shrink);
    cairo_set_source_surface(pen, small.surface(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(pen), CAIRO_FILTER_BILINEAR);
    cairo_pattern_set_extend(cairo_get_source(pen), CAIRO_EXTEND_PAD);
    cairo_set_operator(pen, how);
    cairo_paint(pen);
    cairo_restore(pen);
}

}  // namespace changji::demo
