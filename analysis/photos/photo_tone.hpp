#pragma once

#include "capture/types/video_frame.hpp"

namespace changji {

/// How a photo's brightness is spread, of the picture as it is stored. Pure.
struct PhotoTone {
    double median_percent = 0.0;   ///< of white
    double clipped_percent = 0.0;  ///< share of the pixels in the topmost code
    double crushed_percent = 0.0;  ///< share of the pixels in the lowest code
    /// Share of the codes between the 5th and the 95th percentile that hardly any pixel has, though those about them
    /// are full: left behind where levels were stretched after the picture was taken. Weak in a JPEG that was saved
    /// again, absent (0) in pictures of few pixels or few shades.
    double gaps_percent = 0.0;
};

[[nodiscard]] PhotoTone measure_tone(const VideoFrame& still);

}  // namespace changji
