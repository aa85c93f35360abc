#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <cairo.h>

namespace changji::demo {

struct Colour {
    double red = 0.0;  ///< 0..1, gamma-coded
    double green = 0.0;
    double blue = 0.0;
};

/// `colour(226, 180, 152)`: 8-bit values as a painter's palette lists them.
[[nodiscard]] constexpr Colour colour(int red, int green, int blue) {
    return {red / 255.0, green / 255.0, blue / 255.0};
}

/// A picture in memory (32 bits a pixel, blue first, premultiplied) and the pen that draws on it.
class Canvas {
public:
    Canvas(int width_px, int height_px);

    [[nodiscard]] cairo_t* pen() const { return pen_.get(); }
    [[nodiscard]] cairo_surface_t* surface() const { return surface_.get(); }
    [[nodiscard]] int width_px() const { return width_px_; }
    [[nodiscard]] int height_px() const { return height_px_; }
    /// The pixels of one row, with everything drawn so far.
    [[nodiscard]] std::uint8_t* row(int y) const;

    /// Three box filters one after the other: close to a Gaussian of sigma `radius_px`.
    void blur(int radius_px);

private:
    struct Free {
        void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
        void operator()(cairo_t* pen) const { cairo_destroy(pen); }
    };
    int width_px_;
    int height_px_;
    std::unique_ptr<cairo_surface_t, Free> surface_;
    std::unique_ptr<cairo_t, Free> pen_;
};

void use(cairo_t* pen, Colour colour, double alpha = 1.0);

/// An ellipse as the pen's path.
void ellipse(cairo_t* pen, double x, double y, double radius_x, double radius_y);

/// A gradient from one point to another as the pen's source.
void shade(cairo_t* pen, double x0, double y0, Colour from, double x1, double y1, Colour to);

/// Fills an ellipse that fades from `alpha` in its centre to nothing at its rim.
void glow(cairo_t* pen, double x, double y, double radius_x, double radius_y, Colour colour, double alpha);

/// Draws what `paint` draws, blurred by `blur_px`, onto `target` in the target's own user space. Works at a
/// fraction of the resolution. With CAIRO_OPERATOR_ATOP it stays inside what is already painted.
void paint_soft(const Canvas& target, double blur_px, const std::function<void(cairo_t*)>& paint,
                cairo_operator_t how = CAIRO_OPERATOR_OVER);

}  // namespace changji::demo
