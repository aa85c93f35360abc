#include "capture/demo/face_painter.hpp"

#include "capture/demo/canvas.hpp"

namespace changji::demo {
namespace {

/// The upper lid's edge from the inner to the outer corner; `drop` 0 open to 1 closed.
void upper_lid(cairo_t* pen, double drop) {
    const double lift = -24.0 + 35.0 * drop;
    cairo_curve_to(pen, -18, 2 + lift, 14, -2 + lift, 33, -3);
}
void lower_lid(cairo_t* pen) { cairo_curve_to(pen, 20, 13, -12, 14, -32, 4); }

void eyeball(cairo_t* pen, const Pose& pose) {
    cairo_move_to(pen, -32, 4);
    upper_lid(pen, pose.lids);
    lower_lid(pen);
    cairo_close_path(pen);
    cairo_save(pen);
    cairo_clip(pen);
    shade(pen, 0, -14, colour(150, 138, 134), 0, 6, colour(214, 206, 200));
    cairo_paint(pen);
    const double x = pose.gaze_px, y = -2.5;
    ellipse(pen, x, y, 14, 14);
    shade(pen, x, y - 14, colour(34, 26, 24), x, y + 14, colour(98, 66, 48));
    cairo_fill(pen);
    ellipse(pen, x, y, 6.2, 6.2);
    use(pen, colour(24, 20, 20));
    cairo_fill(pen);
    ellipse(pen, x - 5, y - 5, 3.4, 3.4);
    use(pen, colour(244, 244, 240), 0.95);
    cairo_fill(pen);
    ellipse(pen, x + 5, y + 5, 1.8, 1.8);
    use(pen, colour(220, 220, 220), 0.40);
    cairo_fill(pen);
    cairo_restore(pen);
}

void lids(cairo_t* pen, double drop, Colour skin_tone) {
    if (drop > 0.0) {
        cairo_move_to(pen, -33, 4);
        upper_lid(pen, 0.0);
        cairo_curve_to(pen, 14, -5 - 24 + 35 * drop, -18, -1 - 24 + 35 * drop, -33, 4);
        cairo_close_path(pen);
        use(pen, skin_tone);
        cairo_fill(pen);
    }
    cairo_set_line_cap(pen, CAIRO_LINE_CAP_ROUND);
    cairo_move_to(pen, -32, 4);
    upper_lid(pen, drop);
    use(pen, colour(38, 28, 26), 0.92);
    cairo_set_line_width(pen, 4.6);
    cairo_stroke(pen);
    cairo_move_to(pen, -33, -4);
    cairo_curve_to(pen, -18, -31, 16, -34, 36, -12);
    use(pen, colour(96, 58, 46), 0.50);
    cairo_set_line_width(pen, 2.6);
    cairo_stroke(pen);
    cairo_move_to(pen, 33, -3);
    lower_lid(pen);
    use(pen, colour(110, 66, 54), 0.55);
    cairo_set_line_width(pen, 2.0);
    cairo_stroke(pen);
}

void brow(cairo_t* pen) {
    cairo_move_to(pen, -37, -36);
    cairo_curve_to(pen, -16, -46, 14, -49, 46, -31);
    cairo_curve_to(pen, 16, -40, -12, -36, -36, -26);
    cairo_curve_to(pen, -40, -29, -40, -33, -37, -36);
    cairo_close_path(pen);
    shade(pen, -40, 0, colour(66, 52, 46), 46, 0, colour(58, 46, 41));
    cairo_fill(pen);
}

void opening(cairo_t* pen, double height) {
    cairo_move_to(pen, -40, 110);
    cairo_curve_to(pen, -18, 106 - 0.15 * height, 18, 106 - 0.15 * height, 41, 110);
    cairo_curve_to(pen, 20, 112 + 1.2 * height, -20, 112 + 1.2 * height, -40, 110);
    cairo_close_path(pen);
}

}  // namespace

void draw_eyes(cairo_t* pen, const Pose& pose) {
    for (const int side : {-1, 1}) {
        cairo_save(pen);
        cairo_translate(pen, side * 66, -46);
        cairo_scale(pen, side, 1);  // both eyes are drawn from the nose outwards
        Pose mirrored = pose;
        mirrored.gaze_px *= side;
        eyeball(pen, mirrored);
        lids(pen, pose.lids, side < 0 ? colour(190, 140, 116) : colour(158, 112, 92));
        cairo_translate(pen, 0, -pose.brows_px);
        brow(pen);
        cairo_restore(pen);
    }
}

void draw_mouth(cairo_t* pen, const Pose& pose) {
    const double height = 24.0 * pose.mouth;
    cairo_move_to(pen, -50, 110);  // lower lip
    cairo_curve_to(pen, -24, 114, 24, 114, 51, 110);
    cairo_curve_to(pen, 30, 136 + height, -28, 136 + height, -50, 110);
    cairo_close_path(pen);
    shade(pen, -50, 110, colour(192, 122, 106), 50, 132, colour(148, 88, 76));
    cairo_fill(pen);
    glow(pen, -8, 122 + 0.95 * height, 22, 7, colour(240, 190, 172), 0.42);

    cairo_move_to(pen, -52, 109);  // upper lip
    cairo_curve_to(pen, -34, 101, -16, 93, -8, 94);
    cairo_curve_to(pen, -4, 95, 4, 95, 8, 94);
    cairo_curve_to(pen, 16, 93, 34, 101, 52, 109);
    cairo_curve_to(pen, 24, 112, -24, 112, -52, 109);
    cairo_close_path(pen);
    shade(pen, -50, 95, colour(168, 102, 89), 50, 110, colour(122, 70, 62));
    cairo_fill(pen);

    if (height > 1.0) {
        cairo_save(pen);
        opening(pen, height);
        cairo_clip(pen);
        use(pen, colour(66, 30, 28));
        cairo_paint(pen);
        ellipse(pen, 0, 105, 30, 7.5);  // upper teeth
        use(pen, colour(206, 198, 188), 0.9);
        cairo_fill(pen);
        glow(pen, 0, 114 + height, 26, 11, colour(170, 84, 80), 0.8);  // tongue
        cairo_restore(pen);
    }
    cairo_move_to(pen, -52, 109);
    cairo_curve_to(pen, -22, 111, 22, 111, 52, 109);
    if (height <= 3.0) {
        use(pen, colour(92, 44, 40), 0.8);
        cairo_set_line_width(pen, 2.6);
        cairo_stroke(pen);
    }
    cairo_new_path(pen);
    for (const int side : {-1, 1}) glow(pen, side * 53, 110, 10, 7, colour(110, 62, 50), 0.28);
}

}  // namespace changji::demo
