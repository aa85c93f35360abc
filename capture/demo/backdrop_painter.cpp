#include "capture/demo/backdrop_painter.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numbers>

namespace changji::demo {
namespace {

/// Small repeatable choices: which book, how high.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : state_(seed) {}
    int between(int low, int high) {
        state_ = state_ * 1664525U + 1013904223U;
        return low + static_cast<int>((state_ >> 12) % static_cast<std::uint32_t>(high - low + 1));
    }

private:
    std::uint32_t state_;
};

constexpr std::array book_colours{
    colour(172, 74, 62),  colour(226, 212, 184), colour(46, 84, 124),   colour(212, 164, 76),
    colour(58, 112, 98),  colour(236, 230, 218), colour(110, 58, 72),   colour(92, 130, 164),
    colour(198, 110, 66), colour(64, 68, 84),    colour(138, 158, 110), colour(222, 190, 150),
};

Colour darker(Colour c, double share) { return {c.red * share, c.green * share, c.blue * share}; }

void wall(cairo_t* pen) {
    shade(pen, 0, 0, colour(152, 149, 144), 1920, 260, colour(118, 124, 132));
    cairo_paint(pen);
    glow(pen, 640, 380, 1150, 900, colour(196, 192, 184), 0.55);
    glow(pen, 1500, 300, 800, 700, colour(140, 148, 160), 0.30);
    cairo_save(pen);
    cairo_rectangle(pen, 0, 0, 1920, 1080);
    cairo_clip(pen);
    glow(pen, 960, 1180, 1500, 420, colour(62, 66, 74), 0.55);
    cairo_restore(pen);
}

void leaf(cairo_t* pen, double angle_rad, double length, double width, Colour tone) {
    cairo_save(pen);
    cairo_rotate(pen, angle_rad);
    cairo_move_to(pen, 0, 0);
    cairo_curve_to(pen, length * 0.3, -width, length * 0.8, -width * 0.7, length, 0);
    cairo_curve_to(pen, length * 0.75, width * 0.5, length * 0.3, width * 0.55, 0, 0);
    shade(pen, 0, 0, darker(tone, 0.72), length, -width, tone);
    cairo_fill(pen);
    cairo_restore(pen);
}

void plant(cairo_t* pen, double x, double y, double scale) {
    cairo_save(pen);
    cairo_translate(pen, x, y);
    cairo_scale(pen, scale, scale);
    constexpr std::array tones{colour(84, 112, 86), colour(104, 132, 98), colour(70, 98, 80), colour(122, 144, 108)};
    for (int i = 0; i < 15; ++i) {
        const double angle = -std::numbers::pi * (0.08 + 0.84 * ((i * 7) % 15) / 14.0);
        leaf(pen, angle, 190.0 + 26.0 * (i % 5), 34.0 + 5.0 * (i % 3), tones[i % tones.size()]);
    }
    cairo_move_to(pen, -74, -20);
    cairo_line_to(pen, 74, -20);
    cairo_line_to(pen, 58, 190);
    cairo_line_to(pen, -58, 190);
    cairo_close_path(pen);
    shade(pen, -74, 0, colour(196, 188, 178), 74, 0, colour(128, 124, 122));
    cairo_fill(pen);
    cairo_restore(pen);
}

void lamp(cairo_t* pen, double x, double y) {
    glow(pen, x, y, 330, 330, colour(244, 214, 168), 0.42);
    cairo_rectangle(pen, x - 5, y + 60, 10, 640);
    shade(pen, x - 5, 0, colour(120, 108, 96), x + 5, 0, colour(82, 78, 76));
    cairo_fill(pen);
    cairo_move_to(pen, x - 62, y - 78);
    cairo_line_to(pen, x + 62, y - 78);
    cairo_line_to(pen, x + 98, y + 76);
    cairo_line_to(pen, x - 98, y + 76);
    cairo_close_path(pen);
    shade(pen, x, y - 78, colour(226, 202, 166), x, y + 76, colour(242, 222, 188));
    cairo_fill(pen);
}

void framed_picture(cairo_t* pen, double x, double y, double width, double height, int motif) {
    cairo_rectangle(pen, x, y, width, height);
    use(pen, colour(58, 50, 46));
    cairo_fill(pen);
    cairo_rectangle(pen, x + 14, y + 14, width - 28, height - 28);
    use(pen, colour(226, 222, 212));
    cairo_fill(pen);
    cairo_save(pen);
    cairo_rectangle(pen, x + 40, y + 40, width - 80, height - 80);
    cairo_clip(pen);
    const Colour sky = motif % 2 == 0 ? colour(132, 172, 196) : colour(228, 168, 112);
    shade(pen, x, y, sky, x, y + height, colour(232, 226, 208));
    cairo_paint(pen);
    ellipse(pen, x + width * 0.68, y + height * 0.34, width * 0.10, width * 0.10);
    use(pen, colour(236, 206, 140));
    cairo_fill(pen);
    ellipse(pen, x + width * 0.3, y + height * 0.98, width * 0.5, height * 0.40);
    use(pen, motif % 2 == 0 ? colour(62, 108, 96) : colour(122, 66, 70));
    cairo_fill(pen);
    ellipse(pen, x + width * 0.85, y + height * 1.02, width * 0.45, height * 0.32);
    use(pen, motif % 2 == 0 ? colour(44, 78, 92) : colour(74, 60, 84));
    cairo_fill(pen);
    cairo_restore(pen);
}

void books(cairo_t* pen, double left, double right, double floor_y, int tallest, Dice& dice) {
    double x = left;
    while (x < right - 20) {
        if (dice.between(0, 11) == 0) {  // a vase between the books
            ellipse(pen, x + 34, floor_y - 40, 30, 40);
            shade(pen, x, 0, colour(222, 214, 200), x + 70, 0, colour(120, 138, 148));
            cairo_fill(pen);
            x += 74;
            continue;
        }
        const double width = std::min<double>(dice.between(24, 40), right - x);
        const double height = tallest - dice.between(0, tallest / 4);
        const Colour tone = book_colours[dice.between(0, static_cast<int>(book_colours.size()) - 1)];
        cairo_rectangle(pen, x, floor_y - height, width, height);
        shade(pen, x, 0, tone, x + width, 0, darker(tone, 0.78));
        cairo_fill(pen);
        cairo_rectangle(pen, x, floor_y - height * 0.82, width, 10);
        use(pen, colour(234, 216, 172), 0.55);
        cairo_fill(pen);
        x += width + 1.5;
    }
}

void bookcase(cairo_t* pen, double left, double top, double right, double bottom, int shelves, Dice& dice) {
    cairo_rectangle(pen, left, top, right - left, bottom - top);
    shade(pen, left, top, colour(74, 62, 54), right, bottom, colour(54, 46, 42));
    cairo_fill(pen);
    const double pitch = (bottom - top) / shelves;
    for (int i = 0; i < shelves; ++i) {
        const double floor_y = top + pitch * (i + 1) - 16;
        books(pen, left + 18, right - 18, floor_y, static_cast<int>(pitch) - 44, dice);
        cairo_rectangle(pen, left, floor_y, right - left, 16);
        shade(pen, 0, floor_y, colour(154, 124, 96), 0, floor_y + 16, colour(98, 76, 60));
        cairo_fill(pen);
    }
    for (const double x : {left, right - 16}) {
        cairo_rectangle(pen, x, top, 16, bottom - top);
        shade(pen, x, 0, colour(142, 114, 90), x + 16, 0, colour(96, 76, 62));
        cairo_fill(pen);
    }
}

void vignette(cairo_t* pen) {
    cairo_pattern_t* const gradient = cairo_pattern_create_radial(960, 500, 520, 960, 500, 1250);
    cairo_pattern_add_color_stop_rgba(gradient, 0, 0.09, 0.10, 0.12, 0);
    cairo_pattern_add_color_stop_rgba(gradient, 1, 0.09, 0.10, 0.12, 0.46);
    cairo_set_source(pen, gradient);
    cairo_pattern_destroy(gradient);
    cairo_paint(pen);
}

}  // namespace

void paint_backdrop(const Canvas& canvas, Clutter clutter) {
    cairo_t* const pen = canvas.pen();
    Dice dice(7);
    wall(pen);
    switch (clutter) {
        case Clutter::Low:
            paint_soft(canvas, 14, [](cairo_t* soft) {
                plant(soft, 1660, 860, 1.15);
                lamp(soft, 250, 330);
            });
            break;
        case Clutter::Medium:
            paint_soft(canvas, 6, [](cairo_t* soft) { lamp(soft, 560, 330); });
            bookcase(pen, 1560, 300, 1860, 1080, 4, dice);
            framed_picture(pen, 110, 170, 310, 380, 0);
            paint_soft(canvas, 6, [](cairo_t* soft) { plant(soft, 200, 900, 1.0); });
            break;
        case Clutter::High:
            bookcase(pen, 20, 300, 640, 1080, 4, dice);
            bookcase(pen, 1270, 40, 1900, 1080, 5, dice);
            framed_picture(pen, 60, 30, 270, 250, 0);
            framed_picture(pen, 380, 40, 240, 230, 1);
            framed_picture(pen, 700, 30, 200, 150, 1);
            framed_picture(pen, 1010, 40, 210, 170, 0);
            plant(pen, 650, 640, 0.7);
            break;
    }
    vignette(pen);
}

}  // namespace changji::demo
