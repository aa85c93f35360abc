#pragma once

#include <cstdint>
#include <vector>

#include "capture/types/stretch.hpp"

namespace changji {

/// What a take lost or had to make up, counted from its first frame to its last.
struct Losses {
    std::int64_t frames_captured = 0;  ///< frames the source delivered while the take ran
    std::int64_t frames_repeated = 0;  ///< output ticks filled with the frame before
    std::int64_t frames_dropped = 0;   ///< captured frames that are not in the file
    std::int64_t frames_lost = 0;      ///< of the dropped: those lost because the machine was too slow
    std::int64_t audio_gap_ms = 0;     ///< silence put in where the microphone delivered nothing
    int camera_lost = 0;               ///< times the camera went away
    int microphone_lost = 0;
    double audio_drift_ppm = 0.0;          ///< microphone's clock against the picture's; positive: runs fast
    std::vector<Stretch> camera_gaps;      ///< where the picture holds because the camera was away
    std::vector<Stretch> microphone_gaps;  ///< where there is silence because the microphone was away
};

}  // namespace changji
