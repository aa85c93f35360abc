#pragma once

#include "capture/demo/canvas.hpp"

namespace changji::demo {

inline constexpr int body_width_px = 1040;
inline constexpr int body_height_px = 540;

/// Neck, shirt, tie and jacket, the spine in the middle of the canvas.
void paint_body(const Canvas& canvas);

}  // namespace changji::demo
