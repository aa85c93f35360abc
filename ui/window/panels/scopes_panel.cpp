#include <algorithm>
#include <cmath>

#include "ui/window/panels/panels.hpp"

namespace changji {

float tools_floor(const Pen& pen, const Area& preview, const SessionSnapshot& now) {
    return preview.bottom() - pen.px(now.demo ? 88 : 24);
}

void draw_scopes(const Pen& pen, const Area& preview, float floor, const SoundShown& sound, const Preset& preset,
                 const PreviewImage& image, const Monitoring& monitoring) {
    const ImVec2 plates = size_of_plates(pen, monitoring, preset);
    const float margin = pen.px(24);
    // Where everything is drawn larger, the words need more of the preview.
    const float wide = std::round(std::clamp(pen.px(345), 0.30F * preview.width, 0.44F * preview.width));
    const float most = floor - plates.y - preview.y - pen.px(92);
    const float high = std::round(std::min(std::max(0.74F * wide, pen.px(220)), most));
    if (high < pen.px(120)) return;
    const Area left{preview.x + margin, floor - plates.y - high, wide, high};
    Area right{preview.right() - margin - wide, floor - high, wide, high};
    if (left.x + plates.x > right.x - pen.px(8)) right.y = left.y;
    if (monitoring.scope != PictureScope::None) draw_picture_scope(pen, right, image, monitoring, preset);
    if (monitoring.sound != SoundView::None) draw_sound_view(pen, left, sound, preset, monitoring.sound);
}

}  // namespace changji
