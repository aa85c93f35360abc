#pragma once

#include "capture/demo/canvas.hpp"

namespace changji::demo {

// The head's own space: pixels, origin between eyes and mouth, at this point of its canvas.
inline constexpr int head_width_px = 420;
inline constexpr int head_height_px = 560;
inline constexpr double head_origin_x = 210.0;
inline constexpr double head_origin_y = 300.0;

/// Ears, face and hair; eyes and mouth are left to face_painter.
void paint_head(const Canvas& canvas);

}  // namespace changji::demo
