#include "ui/window/layout.hpp"

#include <algorithm>
#include <cmath>

namespace changji {

ScreenLayout lay_out_screen(float width_px, float height_px) {
    ScreenLayout screen;
    screen.scale = std::max(0.4F, std::min(width_px / 1920.0F, height_px / 1080.0F));
    const auto px = [&](float design) { return std::round(design * screen.scale); };

    const float margin = px(16);
    const float gap = px(12);
    const float inner = width_px - 2 * margin;
    screen.prompter = {0, 0, width_px, px(160)};
    screen.status = {margin, height_px - px(40), inner, px(40)};

    const float bottom_height = px(204);
    const float bottom_top = screen.status.y - bottom_height - px(4);
    screen.transport = {margin, bottom_top, px(800), bottom_height};
    screen.takes = {width_px - margin - px(440), bottom_top, px(440), bottom_height};
    const float slate_left = screen.transport.right() + gap;
    screen.slate = {slate_left, bottom_top, screen.takes.x - gap - slate_left, bottom_height};

    const float top = screen.prompter.bottom() + gap;
    const float height = bottom_top - gap - top;
    const float levels_width = px(88);
    const float widest = inner - levels_width - 2 * gap - px(560);
    const float preview_width = std::floor(std::min(widest, height * 16.0F / 9.0F));
    const float preview_height = std::floor(preview_width * 9.0F / 16.0F);
    screen.preview = {margin, top + std::floor((height - preview_height) / 2), preview_width, preview_height};
    screen.levels = {screen.preview.right() + gap, top, levels_width, height};
    const float meters_left = screen.levels.right() + gap;
    screen.meters = {meters_left, top, width_px - margin - meters_left, height};
    return screen;
}

}  // namespace changji
