#pragma once

#include "presets/preset.hpp"
#include "ui/window/pen.hpp"

namespace changji {

/// What the window lays over its own copy of the picture while the crew sets light, focus and frame. Nothing of it
/// reaches the take.
enum class Tint {
    None,
    FalseColour,  ///< each level of luma in a colour of its own
    Zebra,        ///< stripes over 65 to 75 % and over 100 % of luma
    Peaking,      ///< edges in focus are coloured
};
enum class Guide {
    None,
    Thirds,
    SafeAreas,    ///< EBU R 95: 93 % for action, 90 % for graphics
    FourByThree,  ///< what a 4:3 screen keeps
    Upright,      ///< what a telephone held upright keeps, 9:16
};

struct Monitoring {
    Tint tint = Tint::None;
    Guide guide = Guide::None;
    bool mirrored = false;
    int magnification = 1;  ///< 1, 2 or 4 about the middle

    friend bool operator==(const Monitoring&, const Monitoring&) = default;
};

/// One key and one button each.
enum class Aid { FalseColour, Zebra, Peaking, Guides, Mirror, Magnify };
/// A tint twice is none; guides and magnification go through theirs and back to none.
[[nodiscard]] Monitoring toggled(Monitoring monitoring, Aid aid);
[[nodiscard]] bool is_on(const Monitoring& monitoring, Aid aid);

/// Luma of a face as the preset wants it, 0..1; none: false colour then has no band for faces.
struct FaceBand {
    float from = 0.0F;
    float to = 0.0F;

    friend bool operator==(const FaceBand&, const FaceBand&) = default;
};
[[nodiscard]] FaceBand face_band(const Preset& preset);

/// Where a place of the picture (0..1) lies in the preview's area, mirrored and magnified as the picture is.
[[nodiscard]] ImVec2 place_in(const Area& area, const Monitoring& monitoring, double x, double y);

/// Guides over the picture, and a plate that says what is on and what its colours mean.
void draw_monitoring(const Pen& pen, const Area& preview, const Monitoring& monitoring, const Preset& preset);

}  // namespace changji
