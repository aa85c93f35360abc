#include "ui/window/panels/scope_plate.hpp"

#include <algorithm>

namespace changji {

Area draw_scope_plate(const Pen& pen, const Area& plate, std::string_view name) {
    pen.fill(plate, colour::plate(), pen.px(10));
    pen.outline(plate, colour::line(), pen.px(1), pen.px(10));
    const float head = pen.px(36);
    pen.label({plate.x + pen.px(14), plate.y, plate.width - pen.px(28), head}, TextSize::Caption, colour::text(), name);
    return {plate.x + pen.px(14), plate.y + head, plate.width - pen.px(28), plate.height - head - pen.px(12)};
}

void draw_scale_line(const Pen& pen, ImVec2 from, ImVec2 to, ImU32 ink) {
    pen.list().AddLine(from, to, ink, std::max(1.0F, pen.px(1)));
}

void draw_dashes(const Pen& pen, float x, float top, float bottom, ImU32 ink) {
    for (float y = top; y < bottom; y += pen.px(10)) {
        pen.list().AddLine({x, y}, {x, std::min(y + pen.px(5), bottom)}, ink, pen.px(2));
    }
}

}  // namespace changji
