#include "ui/window/layout.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

// What the full arrangement needs, in pixels of the design.
constexpr float least_full_width = 1480.0F;
constexpr float least_full_height = 830.0F;
/// Below this the list of takes gives its place to the slate.
constexpr float takes_need_width = 1800.0F;

/// The largest 16:9 area in the middle of `room`.
Area sixteen_to_nine(const Area& room) {
    const float width = std::floor(std::min(room.width, room.height * 16.0F / 9.0F));
    const float height = std::floor(width * 9.0F / 16.0F);
    return {room.x, room.y + std::floor((room.height - height) / 2), width, height};
}

void lay_out_full(ScreenLayout& screen, float width_px, float height_px) {
    const auto px = [&](float design) { return std::round(design * screen.scale); };
    const bool low = height_px / screen.scale < 1000.0F;
    const bool narrow = width_px / screen.scale < takes_need_width;
    const float margin = px(16);
    const float gap = px(12);
    const float inner = width_px - 2 * margin;
    screen.prompter = {0, 0, width_px, px(low ? 104 : 160)};
    screen.status = {margin, height_px - px(40), inner, px(40)};

    const float bottom_height = px(204);
    const float bottom_top = screen.status.y - bottom_height - px(4);
    screen.transport = {margin, bottom_top, px(800), bottom_height};
    const float slate_left = screen.transport.right() + gap;
    float slate_right = width_px - margin;
    if (!narrow) {
        screen.takes = {width_px - margin - px(440), bottom_top, px(440), bottom_height};
        slate_right = screen.takes.x - gap;
    }
    screen.slate = {slate_left, bottom_top, slate_right - slate_left, bottom_height};

    const float top = screen.prompter.bottom() + gap;
    const float height = bottom_top - gap - top;
    const float levels_width = px(88);
    const float widest = inner - levels_width - 2 * gap - px(560);
    screen.preview = sixteen_to_nine({margin, top, widest, height});
    screen.levels = {screen.preview.right() + gap, top, levels_width, height};
    const float meters_left = screen.levels.right() + gap;
    screen.meters = {meters_left, top, width_px - margin - meters_left, height};
}

void lay_out_compact(ScreenLayout& screen, float width_px, float height_px) {
    const auto px = [&](float design) { return std::round(design * screen.scale); };
    const float margin = px(10);
    const float gap = px(8);
    const float inner = width_px - 2 * margin;
    screen.status = {margin, height_px - px(36), inner, px(36)};
    const float strip_height = px(92);
    screen.transport = {margin, screen.status.y - strip_height, inner, strip_height};
    const float height = screen.transport.y - gap - margin;
    const float levels_width = px(88);
    const float least_meters = px(std::clamp(width_px / screen.scale * 0.26F, 250.0F, 460.0F));
    const float widest = inner - levels_width - 2 * gap - least_meters;
    screen.preview = sixteen_to_nine({margin, margin, widest, height});
    screen.levels = {screen.preview.right() + gap, margin, levels_width, height};
    const float meters_left = screen.levels.right() + gap;
    screen.meters = {meters_left, margin, width_px - margin - meters_left, height};
}

}  // namespace

ScreenLayout lay_out_screen(float width_px, float height_px, const ScreenWish& wish) {
    ScreenLayout screen;
    const float zoom = std::clamp(wish.zoom, 1.0F, 2.5F);
    screen.scale = std::max(0.4F, std::min(width_px / 1920.0F, height_px / 1080.0F)) * zoom;
    const bool room = width_px >= least_full_width * screen.scale && height_px >= least_full_height * screen.scale;
    if (wish.compact || !room) {
        screen.arrangement = Arrangement::Compact;
        lay_out_compact(screen, width_px, height_px);
    } else {
        lay_out_full(screen, width_px, height_px);
    }
    return screen;
}

}  // namespace changji
