#pragma once

namespace changji {

/// A rectangle on the screen, in pixels, origin top left.
struct Area {
    float x = 0.0F;
    float y = 0.0F;
    float width = 0.0F;
    float height = 0.0F;

    [[nodiscard]] float right() const { return x + width; }
    [[nodiscard]] float bottom() const { return y + height; }
    /// The same rectangle without a margin on every side.
    [[nodiscard]] Area inset(float across, float down) const {
        return {x + across, y + down, width - 2 * across, height - 2 * down};
    }
};

enum class Arrangement {
    Full,
    Compact,  ///< preview and meters, with a strip for the recording; also where there is no room for more
};

/// What the user wants of the screen.
struct ScreenWish {
    float zoom = 1.0F;  ///< 1..2.5: how much larger everything but the preview is drawn
    bool compact = false;
};

/// Where everything is. Drawn for 1920×1080 and scaled with the window; what a wider or higher window has more
/// goes to the preview. An area without width is not drawn.
struct ScreenLayout {
    Arrangement arrangement = Arrangement::Full;
    float scale = 1.0F;  ///< pixels for one pixel of the 1920×1080 design
    Area prompter;
    Area preview;  ///< always 16:9
    Area levels;
    Area meters;
    Area transport;
    Area slate;
    Area takes;
    Area status;
};

[[nodiscard]] ScreenLayout lay_out_screen(float width_px, float height_px, const ScreenWish& wish = {});

}  // namespace changji
