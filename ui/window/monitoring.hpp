#pragma once

#include <string>

#include "presets/preset.hpp"
#include "ui/window/drawing/pen.hpp"

namespace changji {

/// What the window lays over its own copy of the picture while the crew sets light, focus and frame. Nothing of it
/// reaches the take.
enum class Tint {
    None,
    FalseColour,  ///< each level of luma in a colour of its own
    Zebra,        ///< stripes over 65 to 75 % and over 100 % of luma
    Peaking,      ///< edges in focus are coloured
};
inline constexpr std::size_t tint_count = 4;
enum class Guide {
    None,
    Thirds,
    SafeAreas,    ///< EBU R 95: 93 % for action, 90 % for graphics
    FourByThree,  ///< what a 4:3 screen keeps
    Upright,      ///< what a telephone held upright keeps, 9:16
    Grid,         ///< squares of a sixteenth of the width, and the middle
};
/// At most one of each lies in a corner of the preview.
enum class PictureScope { None, Waveform, Parade, Vectorscope, Histogram };
enum class SoundView { None, Spectrum, Phase };
/// The stored reference picture against the live one.
enum class Comparison {
    None,
    Split,  ///< it has the left half
    Over,   ///< it lies half transparent over the whole
};

struct Monitoring {
    Tint tint = Tint::None;
    Guide guide = Guide::None;
    bool mirrored = false;
    int magnification = 1;  ///< 1, 2 or 4 about the middle
    PictureScope scope = PictureScope::None;
    SoundView sound = SoundView::None;
    bool clutter = false;   ///< the edges that make the background restless glow
    bool headroom = false;  ///< each face says how it sits in the picture
    bool frozen = false;    ///< the preview holds its picture
    Comparison comparison = Comparison::None;

    friend bool operator==(const Monitoring&, const Monitoring&) = default;
};

/// One key and one button each.
enum class Aid {
    FalseColour,
    Zebra,
    Peaking,
    Guides,
    Mirror,
    Magnify,
    Waveform,
    Vectorscope,
    Histogram,
    Clutter,
    Headroom,
    Freeze,
    Compare,
    Spectrum,
    Phase,
};
/// A tint or a scope twice is none; what has several forms goes through them and back to none.
[[nodiscard]] Monitoring toggled(Monitoring monitoring, Aid aid);
[[nodiscard]] bool is_on(const Monitoring& monitoring, Aid aid);
/// In which of its forms it is, for the screen: "Thirds", "RGB", "On", "Off".
[[nodiscard]] std::string state_words(const Monitoring& monitoring, Aid aid);

/// Luma of a face as the preset wants it, 0..1; none: false colour then has no band for faces.
struct FaceBand {
    float from = 0.0F;
    float to = 0.0F;

    friend bool operator==(const FaceBand&, const FaceBand&) = default;
};
[[nodiscard]] FaceBand face_band(const Preset& preset);

/// Where a place of the picture (0..1) lies in the preview's area, mirrored and magnified as the picture is.
[[nodiscard]] ImVec2 place_in(const Area& area, const Monitoring& monitoring, double x, double y);

/// What the whole area shows of the picture, in fractions of it: from the upper left to the lower right corner.
struct PicturePart {
    ImVec2 from{0, 0}, to{1, 1};
};
[[nodiscard]] PicturePart part_shown(const Monitoring& monitoring);

/// What the plates that draw_monitoring() draws take up: the widest, and their height with the gap above them.
[[nodiscard]] ImVec2 size_of_plates(const Pen& pen, const Monitoring& monitoring, const Preset& preset);
/// Guides over the picture, and plates that say what is on and what its colours mean, the lowest with its foot at
/// `bottom`.
void draw_monitoring(const Pen& pen, const Area& preview, float bottom, const Monitoring& monitoring,
                     const Preset& preset);

}  // namespace changji
