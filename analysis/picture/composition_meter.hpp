#pragma once

#include "analysis/meter_bank.hpp"

#include <optional>
#include <span>

namespace changji {

/// How people sit in the picture, in percent of its height or width; all absent without a face.
struct Composition {
    std::optional<double> headroom_percent;   ///< above the highest crown, of the height; below 0: it is cut off
    std::optional<double> eye_line_percent;   ///< from the top to the eyes, mean of all faces, of the height
    std::optional<double> side_room_percent;  ///< from the outermost face to its edge, of the width
};

/// Rules of composition, not of a standard: a tenth of the picture above the crown, half of that more or less; and the
/// eyes on the line of the upper third, give or take a twelfth.
inline constexpr double least_headroom_percent = 5.0, most_headroom_percent = 15.0;
inline constexpr double eye_line_wanted_percent = 100.0 / 3.0, eye_line_off_percent = 100.0 / 12.0;

/// From face boxes as the Haar cascades give them: they reach from the forehead to the chin. The eyes lie 0.40 of the
/// box below its upper edge and the crown 0.30 above it (a head is about 1.3 boxes high and its eyes are halfway down,
/// the draughtsman's rule; checked by eye on portraits, within a tenth of a box).
[[nodiscard]] Composition measure_composition(std::span<const FaceBox> faces);

}  // namespace changji
