#pragma once

#include "capture/types/time.hpp"

namespace changji::demo {

/// How the person sits at one moment.
struct Pose {
    double head_x_px = 0.0;      ///< to the right of rest
    double head_y_px = 0.0;      ///< below rest
    double head_tilt_rad = 0.0;  ///< clockwise
    double breath_px = 0.0;      ///< shoulders above rest
    double gaze_px = 0.0;        ///< irises to the right of rest
    double lids = 0.0;           ///< 0 open to 1 closed
    double mouth = 0.0;          ///< 0 closed to 1 wide open
    double brows_px = 0.0;       ///< above rest
};

/// The pose `at` after the start while the voice is as loud as `voice` (0..1). The same for the same input.
[[nodiscard]] Pose pose_at(Nanoseconds at, double voice);

}  // namespace changji::demo
