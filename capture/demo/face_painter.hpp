#pragma once

#include "capture/demo/animation.hpp"

#include <cairo.h>

namespace changji::demo {

/// What moves in the face, in the head's own space (head_painter.hpp).
void draw_eyes(cairo_t* pen, const Pose& pose);
void draw_mouth(cairo_t* pen, const Pose& pose);

}  // namespace changji::demo
