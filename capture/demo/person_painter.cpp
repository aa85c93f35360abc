#include "capture/demo/person_painter.hpp"

#include "capture/demo/body_painter.hpp"
#include "capture/demo/face_painter.hpp"
#include "capture/demo/head_painter.hpp"

namespace changji::demo {
namespace {

constexpr double centre_x = 960.0;
constexpr double head_y = 440.0;   // the point between eyes and mouth
constexpr double body_y = 560.0;   // top edge of the body's canvas
constexpr double pivot_y = 190.0;  // the head turns about the top of the spine, below that point

}  // namespace

PersonPainter::PersonPainter() : body_(body_width_px, body_height_px), head_(head_width_px, head_height_px) {
    paint_body(body_);
    paint_head(head_);
}

Area PersonPainter::head_reach() { return {760, 166, 400, 394}; }
Area PersonPainter::body_reach() { return {464, 560, 992, 520}; }

void PersonPainter::draw(const Canvas& canvas, const Pose& pose) const {
    cairo_t* const pen = canvas.pen();
    cairo_save(pen);
    cairo_translate(pen, centre_x + 0.25 * pose.head_x_px, body_y - pose.breath_px);
    cairo_set_source_surface(pen, body_.surface(), -body_width_px / 2.0, 0);
    cairo_pattern_set_filter(cairo_get_source(pen), CAIRO_FILTER_BILINEAR);
    cairo_paint(pen);
    cairo_restore(pen);

    cairo_save(pen);
    cairo_translate(pen, centre_x + pose.head_x_px, head_y + pose.head_y_px - 0.6 * pose.breath_px);
    cairo_translate(pen, 0, pivot_y);
    cairo_rotate(pen, pose.head_tilt_rad);
    cairo_translate(pen, 0, -pivot_y);
    cairo_set_source_surface(pen, head_.surface(), -head_origin_x, -head_origin_y);
    cairo_pattern_set_filter(cairo_get_source(pen), CAIRO_FILTER_BILINEAR);
    cairo_paint(pen);
    draw_eyes(pen, pose);
    draw_mouth(pen, pose);
    cairo_restore(pen);
}

}  // namespace changji::demo
