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

/// From face boxes as the Haar cascades give them: they reach from the forehead to the chin. The eyes lie 0.40 of the
/// box below its upper edge and the crown 0.30 above it (a head is about 1.3 boxes high and its eyes are halfway down,
/// the draughtsman's rule; checked by eye on portraits, within a tenth of a box).
[[nodiscard]] Composition measure_composition(std::span<const FaceBox> faces);

}  // namespace changji
