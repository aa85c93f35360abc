#pragma once

#include <string_view>

#include "ui/window/drawing/pen.hpp"

namespace changji {

/// The plate of a scope with its name; what is left for it inside.
[[nodiscard]] Area draw_scope_plate(const Pen& pen, const Area& plate, std::string_view name);
/// A thin line of a scale.
void draw_scale_line(const Pen& pen, ImVec2 from, ImVec2 to, ImU32 ink);
/// Dashes from top to bottom.
void draw_dashes(const Pen& pen, float x, float top, float bottom, ImU32 ink);

}  // namespace changji
