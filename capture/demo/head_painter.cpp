#include "capture/demo/head_painter.hpp"

#include <cmath>
#include <functional>

namespace changji::demo {
namespace {

constexpr Colour shadow = colour(104, 62, 48);
constexpr Colour light = colour(250, 218, 194);

void face_outline(cairo_t* pen) {
    cairo_new_path(pen);
    cairo_move_to(pen, 0, -210);
    cairo_curve_to(pen, -92, -212, -140, -160, -142, -70);
    cairo_curve_to(pen, -144, -10, -138, 50, -130, 96);
    cairo_curve_to(pen, -124, 134, -100, 168, -66, 198);
    cairo_curve_to(pen, -40, 220, -22, 225, 0, 225);
    cairo_curve_to(pen, 22, 225, 40, 220, 66, 198);
    cairo_curve_to(pen, 100, 168, 124, 134, 130, 96);
    cairo_curve_to(pen, 138, 50, 144, -10, 142, -70);
    cairo_curve_to(pen, 140, -160, 92, -212, 0, -210);
    cairo_close_path(pen);
}

void ears(const Canvas& canvas) {
    cairo_t* const pen = canvas.pen();
    for (const int side : {-1, 1}) {
        cairo_save(pen);
        cairo_translate(pen, side * 143, -8);
        cairo_rotate(pen, side * 0.14);
        ellipse(pen, 0, 0, 19, 47);
        if (side < 0) shade(pen, -18, 0, colour(214, 160, 134), 18, 0, colour(176, 122, 98));
        if (side > 0) shade(pen, -18, 0, colour(122, 80, 64), 18, 0, colour(154, 106, 86));
        cairo_fill(pen);
        ellipse(pen, side * -1, 2, 8, 28);
        use(pen, shadow, 0.38);
        cairo_fill(pen);
        cairo_restore(pen);
    }
}

/// Paints inside the face only.
void on_face(const Canvas& canvas, double blur_px, Colour tone, double alpha,
             const std::function<void(cairo_t*)>& path) {
    face_outline(canvas.pen());
    cairo_save(canvas.pen());
    cairo_clip(canvas.pen());
    paint_soft(canvas, blur_px, [&](cairo_t* soft) {
        use(soft, tone, alpha);
        path(soft);
        cairo_fill(soft);
    });
    cairo_restore(canvas.pen());
}

void skin(const Canvas& canvas) {
    cairo_t* const pen = canvas.pen();
    face_outline(pen);
    cairo_pattern_t* const tones = cairo_pattern_create_linear(-142, -30, 142, 20);
    cairo_pattern_add_color_stop_rgb(tones, 0.00, 198 / 255.0, 150 / 255.0, 124 / 255.0);
    cairo_pattern_add_color_stop_rgb(tones, 0.22, 218 / 255.0, 170 / 255.0, 143 / 255.0);
    cairo_pattern_add_color_stop_rgb(tones, 0.52, 205 / 255.0, 156 / 255.0, 129 / 255.0);
    cairo_pattern_add_color_stop_rgb(tones, 0.80, 174 / 255.0, 127 / 255.0, 104 / 255.0);
    cairo_pattern_add_color_stop_rgb(tones, 1.00, 136 / 255.0, 94 / 255.0, 76 / 255.0);
    cairo_set_source(pen, tones);
    cairo_pattern_destroy(tones);
    cairo_fill(pen);
}

void shadows(const Canvas& canvas) {
    on_face(canvas, 14, shadow, 0.55, [](cairo_t* pen) {  // under the hair
        cairo_move_to(pen, -150, -60);
        cairo_curve_to(pen, -120, -130, -70, -160, 0, -160);
        cairo_curve_to(pen, 70, -160, 120, -130, 150, -60);
        cairo_line_to(pen, 150, -240);
        cairo_line_to(pen, -150, -240);
        cairo_close_path(pen);
    });
    on_face(canvas, 18, shadow, 0.42, [](cairo_t* pen) {  // far cheek and jaw
        cairo_move_to(pen, 150, -60);
        cairo_curve_to(pen, 112, 10, 112, 90, 88, 140);
        cairo_curve_to(pen, 70, 180, 40, 205, 0, 214);
        cairo_line_to(pen, 0, 240);
        cairo_line_to(pen, 160, 240);
        cairo_close_path(pen);
    });
    on_face(canvas, 14, shadow, 0.22, [](cairo_t* pen) {  // near jaw
        cairo_move_to(pen, -150, 10);
        cairo_curve_to(pen, -122, 90, -100, 150, -30, 208);
        cairo_line_to(pen, -30, 240);
        cairo_line_to(pen, -160, 240);
        cairo_close_path(pen);
    });
    on_face(canvas, 10, shadow, 0.50, [](cairo_t* pen) {  // eye sockets
        ellipse(pen, -64, -56, 44, 26);
        ellipse(pen, 65, -56, 44, 26);
    });
    on_face(canvas, 6, shadow, 0.40, [](cairo_t* pen) {  // between socket and bridge
        ellipse(pen, -27, -52, 9, 22);
        ellipse(pen, 29, -50, 11, 26);
    });
    on_face(canvas, 6, shadow, 0.20, [](cairo_t* pen) {  // below the eyes
        ellipse(pen, -66, -14, 36, 6);
        ellipse(pen, 67, -14, 36, 6);
    });
    on_face(canvas, 8, shadow, 0.42, [](cairo_t* pen) {  // far side of the nose
        cairo_move_to(pen, 14, -60);
        cairo_curve_to(pen, 18, -10, 24, 20, 44, 46);
        cairo_curve_to(pen, 46, 62, 30, 66, 20, 56);
        cairo_curve_to(pen, 14, 20, 12, -20, 14, -60);
    });
    on_face(canvas, 6, shadow, 0.62, [](cairo_t* pen) {  // below the nose
        cairo_move_to(pen, -32, 62);
        cairo_curve_to(pen, -10, 72, 12, 72, 36, 62);
        cairo_curve_to(pen, 30, 84, -10, 84, -32, 62);
    });
    on_face(canvas, 5, shadow, 0.24, [](cairo_t* pen) {  // folds beside the mouth
        for (const int side : {-1, 1}) {
            cairo_move_to(pen, side * 40, 58);
            cairo_curve_to(pen, side * 60, 76, side * 70, 96, side * 72, 118);
            cairo_curve_to(pen, side * 64, 98, side * 54, 80, side * 40, 58);
        }
    });
    on_face(canvas, 8, shadow, 0.50, [](cairo_t* pen) { ellipse(pen, 3, 152, 38, 9); });  // below the lower lip
}

void lights(const Canvas& canvas) {
    on_face(canvas, 22, light, 0.50, [](cairo_t* pen) { ellipse(pen, -30, -118, 66, 22); });
    on_face(canvas, 16, light, 0.48, [](cairo_t* pen) { ellipse(pen, -76, 28, 34, 22); });
    on_face(canvas, 16, light, 0.22, [](cairo_t* pen) { ellipse(pen, 72, 26, 28, 18); });
    on_face(canvas, 6, light, 0.62, [](cairo_t* pen) { ellipse(pen, -2, -24, 8, 56); });
    on_face(canvas, 6, light, 0.52, [](cairo_t* pen) { ellipse(pen, -5, 44, 14, 12); });
    on_face(canvas, 10, light, 0.34, [](cairo_t* pen) { ellipse(pen, -12, 186, 30, 14); });
    on_face(canvas, 18, colour(208, 104, 88), 0.20, [](cairo_t* pen) {  // blood under the skin
        ellipse(pen, -78, 48, 40, 28);
        ellipse(pen, 78, 48, 40, 28);
        ellipse(pen, 0, 48, 26, 16);
    });
}

void nose(cairo_t* pen) {
    for (const int side : {-1, 1}) {
        ellipse(pen, side * 15, 64, 8.5, 4.2);
        use(pen, colour(84, 46, 38), 0.78);
        cairo_fill(pen);
        cairo_move_to(pen, side * 33, 40);
        cairo_curve_to(pen, side * 43, 48, side * 41, 64, side * 27, 67);
        use(pen, shadow, side < 0 ? 0.24 : 0.40);
        cairo_set_line_width(pen, 4.0);
        cairo_set_line_cap(pen, CAIRO_LINE_CAP_ROUND);
        cairo_stroke(pen);
    }
}

void hair_outline(cairo_t* pen) {
    cairo_new_path(pen);
    cairo_move_to(pen, -146, -2);
    cairo_curve_to(pen, -160, -50, -170, -110, -152, -162);
    cairo_curve_to(pen, -134, -214, -88, -252, -20, -256);
    cairo_curve_to(pen, 64, -262, 132, -228, 152, -166);
    cairo_curve_to(pen, 170, -112, 160, -50, 146, -2);
    cairo_curve_to(pen, 138, -24, 136, -50, 134, -74);
    cairo_curve_to(pen, 130, -104, 118, -124, 106, -142);
    cairo_curve_to(pen, 60, -140, 0, -148, -62, -182);
    cairo_curve_to(pen, -84, -160, -116, -140, -126, -108);
    cairo_curve_to(pen, -134, -84, -136, -40, -146, -2);
    cairo_close_path(pen);
}

void strands(cairo_t* pen) {
    cairo_set_line_cap(pen, CAIRO_LINE_CAP_ROUND);
    for (int i = 0; i < 120; ++i) {
        const double u = std::fmod(i * 0.6180339887, 1.0);
        const double v = std::fmod(i * 0.7548776662, 1.0);
        const bool bright = i % 3 != 0;
        use(pen, bright ? colour(128, 106, 92) : colour(26, 22, 22), bright ? 0.10 + 0.16 * (1.0 - u) : 0.40);
        cairo_set_line_width(pen, 1.1 + 1.3 * v);
        if (i % 4 == 0) {  // combed back on the near side of the parting
            cairo_move_to(pen, -64 - 10 * v, -184 - 20 * u);
            cairo_curve_to(pen, -100 - 16 * u, -186 - 30 * v, -140 - 16 * u, -140, -146 - 14 * u, -30 - 60 * v);
        } else {  // swept over the forehead to the far side
            const double lift = 62.0 * u;
            cairo_move_to(pen, -62 + 10 * v, -186 - 0.9 * lift);
            cairo_curve_to(pen, 0, -168 - 1.3 * lift, 84 + 20 * v, -160 - lift, 118 + 34 * u, -100 - 60 * v + 50 * u);
        }
        cairo_stroke(pen);
    }
}

void hair(const Canvas& canvas) {
    cairo_t* const pen = canvas.pen();
    hair_outline(pen);
    shade(pen, -140, -240, colour(70, 58, 53), 130, -60, colour(38, 33, 33));
    cairo_fill(pen);
    cairo_save(pen);
    hair_outline(pen);
    cairo_clip(pen);
    strands(pen);
    paint_soft(canvas, 14, [](cairo_t* soft) {
        use(soft, colour(150, 128, 112), 0.55);
        cairo_set_line_width(soft, 22);
        cairo_move_to(soft, -128, -160);
        cairo_curve_to(soft, -100, -222, -40, -236, 40, -222);
        cairo_stroke(soft);
        use(soft, colour(26, 23, 24), 0.60);
        cairo_set_line_width(soft, 14);
        cairo_move_to(soft, -64, -182);
        cairo_curve_to(soft, 0, -146, 60, -138, 108, -138);
        cairo_stroke(soft);
    });
    cairo_restore(pen);
}

}  // namespace

void paint_head(const Canvas& canvas) {
    cairo_translate(canvas.pen(), head_origin_x, head_origin_y);
    ears(canvas);
    skin(canvas);
    shadows(canvas);
    lights(canvas);
    nose(canvas.pen());
    hair(canvas);
}

}  // namespace changji::demo
