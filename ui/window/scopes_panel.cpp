#include <algorithm>
#include <cmath>

#include "ui/window/panels.hpp"

namespace changji {

float tools_floor(const Pen& pen, const Area& preview, const SessionSnapshot& now) {
    return preview.bottom() - pen.px(now.demo ? 88 : 24);
}

void draw_scopes(const Pen& pen, const Area& preview, const SessionSnapshot& now, const Preset& preset,
                 const PreviewImage& image, const Monitoring& monitoring) {
    if (!image.texture && now.stage == Stage::Lost) return;
    const float floor = tools_floor(pen, preview, now) - height_of_plates(pen, monitoring, preset);
    const float margin = pen.px(24);
    // Where everything is drawn larger, the words need more of the preview.
    const float wide = std::round(std::clamp(pen.px(345), 0.30F * preview.width, 0.44F * preview.width));
    const float room = floor - preview.y - pen.px(92);
    const float high = std::round(std::min(std::max(0.74F * wide, pen.px(220)), room));
    if (high < pen.px(120)) return;
    if (monitoring.scope != PictureScope::None) {
        draw_picture_scope(pen, {preview.right() - margin - wide, floor - high, wide, high}, image, monitoring, preset);
    }
    if (monitoring.sound != SoundView::None) {
        draw_sound_view(pen, {preview.x + margin, floor - high, wide, high}, now, preset, monitoring.sound);
    }
}

}  // namespace changji
