#pragma once

#include "capture/demo/canvas.hpp"
#include "capture/source_spec.hpp"

namespace changji::demo {

/// Paints the studio behind the person over the whole canvas: a plain wall with a lamp and a plant out of
/// focus (Low), shelves and pictures at the sides (Medium), full shelves, posters and boxes everywhere
/// (High).
void paint_backdrop(const Canvas& canvas, Clutter clutter);

}  // namespace changji::demo
