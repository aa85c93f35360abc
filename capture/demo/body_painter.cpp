#include "capture/demo/body_painter.hpp"

namespace changji::demo {
namespace {

void neck(const Canvas& canvas) {
    cairo_t* const pen = canvas.pen();
    cairo_move_to(pen, -80, 0);
    cairo_curve_to(pen, -80, 70, -88, 110, -120, 150);
    cairo_line_to(pen, 0, 250);
    cairo_line_to(pen, 120, 150);
    cairo_curve_to(pen, 88, 110, 80, 70, 80, 0);
    cairo_close_path(pen);
    shade(pen, -90, 0, colour(196, 148, 122), 90, 20, colour(126, 88, 72));
    cairo_fill(pen);
    paint_soft(
        canvas, 12,
        [](cairo_t* soft) {  // the chin's shadow
            ellipse(soft, 14, 62, 108, 62);
            use(soft, colour(92, 58, 48), 0.72);
            cairo_fill(soft);
        },
        CAIRO_OPERATOR_ATOP);
    paint_soft(
        canvas, 6,
        [](cairo_t* soft) {  // the two cords of the neck
            use(soft, colour(96, 62, 52), 0.35);
            cairo_set_line_width(soft, 9);
            cairo_move_to(soft, -62, 80);
            cairo_curve_to(soft, -50, 130, -34, 160, -16, 184);
            cairo_move_to(soft, 66, 80);
            cairo_curve_to(soft, 54, 130, 38, 160, 20, 184);
            cairo_stroke(soft);
        },
        CAIRO_OPERATOR_ATOP);
}

void shirt_and_tie(cairo_t* pen) {
    cairo_move_to(pen, -112, 142);
    cairo_line_to(pen, 0, 232);
    cairo_line_to(pen, 112, 142);
    cairo_line_to(pen, 150, 260);
    cairo_line_to(pen, 40, 540);
    cairo_line_to(pen, -40, 540);
    cairo_line_to(pen, -150, 260);
    cairo_close_path(pen);
    shade(pen, -120, 200, colour(214, 219, 226), 130, 320, colour(158, 166, 180));
    cairo_fill(pen);

    cairo_move_to(pen, -24, 226);  // tie: blade, then knot
    cairo_line_to(pen, 24, 226);
    cairo_line_to(pen, 46, 540);
    cairo_line_to(pen, -46, 540);
    cairo_close_path(pen);
    shade(pen, -40, 0, colour(140, 58, 62), 44, 0, colour(84, 34, 42));
    cairo_fill(pen);
    cairo_save(pen);
    cairo_move_to(pen, -22, 262);
    cairo_line_to(pen, 22, 262);
    cairo_line_to(pen, 46, 540);
    cairo_line_to(pen, -46, 540);
    cairo_close_path(pen);
    cairo_clip(pen);
    use(pen, colour(196, 150, 140), 0.22);
    cairo_set_line_width(pen, 7);
    for (int y = 250; y < 620; y += 42) {
        cairo_move_to(pen, -60, y);
        cairo_line_to(pen, 60, y - 66);
    }
    cairo_stroke(pen);
    cairo_restore(pen);
    cairo_move_to(pen, -32, 210);
    cairo_curve_to(pen, -10, 202, 10, 202, 32, 210);
    cairo_line_to(pen, 19, 264);
    cairo_curve_to(pen, 8, 270, -8, 270, -19, 264);
    cairo_close_path(pen);
    shade(pen, -30, 205, colour(160, 70, 72), 28, 264, colour(86, 34, 42));
    cairo_fill(pen);

    for (const int side : {-1, 1}) {  // collar
        cairo_move_to(pen, side * 94, 108);
        cairo_curve_to(pen, side * 112, 118, side * 122, 136, side * 124, 152);
        cairo_line_to(pen, side * 74, 276);
        cairo_line_to(pen, side * 8, 216);
        cairo_curve_to(pen, side * 46, 192, side * 78, 156, side * 94, 108);
        cairo_close_path(pen);
        if (side < 0) shade(pen, -124, 120, colour(226, 230, 235), -10, 270, colour(196, 202, 212));
        if (side > 0) shade(pen, 10, 120, colour(188, 194, 206), 124, 270, colour(150, 158, 174));
        cairo_fill(pen);
    }
}

void jacket_half(cairo_t* pen, int side) {
    cairo_move_to(pen, side * 118, 134);
    cairo_curve_to(pen, side * 190, 178, side * 300, 190, side * 366, 226);
    cairo_curve_to(pen, side * 446, 268, side * 470, 400, side * 484, 540);
    cairo_line_to(pen, side * 0, 540);
    cairo_line_to(pen, side * 12, 520);
    cairo_curve_to(pen, side * 70, 420, side * 128, 280, side * 118, 134);
    cairo_close_path(pen);
}

void lapel(cairo_t* pen, int side) {
    cairo_move_to(pen, side * 116, 132);
    cairo_line_to(pen, side * 176, 196);
    cairo_line_to(pen, side * 206, 262);
    cairo_line_to(pen, side * 168, 282);
    cairo_line_to(pen, side * 196, 312);
    cairo_curve_to(pen, side * 150, 400, side * 90, 480, side * 30, 540);
    cairo_line_to(pen, side * 0, 540);
    cairo_curve_to(pen, side * 76, 430, side * 122, 300, side * 116, 132);
    cairo_close_path(pen);
}

void jacket(const Canvas& canvas) {
    cairo_t* const pen = canvas.pen();
    for (const int side : {-1, 1}) {
        jacket_half(pen, side);
        if (side < 0) shade(pen, -470, 200, colour(74, 84, 106), 0, 420, colour(56, 64, 84));
        if (side > 0) shade(pen, 0, 300, colour(52, 60, 79), 470, 420, colour(38, 44, 60));
        cairo_fill(pen);
    }
    paint_soft(
        canvas, 16,
        [](cairo_t* soft) {  // light on the shoulders, shade under the arms
            cairo_set_line_width(soft, 26);
            use(soft, colour(128, 140, 164), 0.55);
            cairo_move_to(soft, -400, 262);
            cairo_curve_to(soft, -340, 214, -220, 196, -140, 168);
            cairo_stroke(soft);
            use(soft, colour(92, 102, 124), 0.40);
            cairo_move_to(soft, 390, 262);
            cairo_curve_to(soft, 330, 214, 220, 198, 150, 172);
            cairo_stroke(soft);
            use(soft, colour(34, 38, 50), 0.70);
            cairo_move_to(soft, -352, 560);
            cairo_curve_to(soft, -350, 480, -344, 420, -322, 350);
            cairo_move_to(soft, 352, 560);
            cairo_curve_to(soft, 350, 480, 344, 420, 322, 350);
            cairo_stroke(soft);
        },
        CAIRO_OPERATOR_ATOP);
    paint_soft(
        canvas, 8,
        [](cairo_t* soft) {  // the lapels' shadow
            cairo_translate(soft, 7, 8);
            use(soft, colour(28, 32, 42), 0.55);
            lapel(soft, -1);
            lapel(soft, 1);
            cairo_fill(soft);
        },
        CAIRO_OPERATOR_ATOP);
    for (const int side : {-1, 1}) {
        lapel(pen, side);
        if (side < 0) shade(pen, -206, 180, colour(88, 98, 122), -20, 420, colour(60, 68, 89));
        if (side > 0) shade(pen, 20, 180, colour(60, 68, 88), 206, 420, colour(44, 51, 68));
        cairo_fill_preserve(pen);
        use(pen, colour(118, 128, 150), side < 0 ? 0.35 : 0.18);
        cairo_set_line_width(pen, 1.6);
        cairo_stroke(pen);
    }
    cairo_move_to(pen, 226, 392);  // breast pocket
    cairo_line_to(pen, 316, 380);
    cairo_line_to(pen, 318, 396);
    cairo_line_to(pen, 228, 408);
    cairo_close_path(pen);
    use(pen, colour(68, 77, 98), 0.7);
    cairo_fill(pen);
}

}  // namespace

void paint_body(const Canvas& canvas) {
    cairo_translate(canvas.pen(), body_width_px / 2.0, 0);
    neck(canvas);
    shirt_and_tie(canvas.pen());
    paint_soft(
        canvas, 10,
        [](cairo_t* soft) {  // the collar's and jacket's shadow on the shirt
            use(soft, colour(70, 78, 96), 0.45);
            cairo_set_line_width(soft, 16);
            for (const int side : {-1, 1}) {
                cairo_move_to(soft, side * 130, 160);
                cairo_curve_to(soft, side * 128, 300, side * 76, 430, side * 14, 520);
            }
            cairo_stroke(soft);
        },
        CAIRO_OPERATOR_ATOP);
    jacket(canvas);
}

}  // namespace changji::demo
