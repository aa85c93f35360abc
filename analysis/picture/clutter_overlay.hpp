#pragma once

#include "analysis/subject/subject_mask.hpp"
#include "capture/types/video_frame.hpp"

#include <cstdint>
#include <vector>

namespace changji {

/// What is to be laid over a picture: four bytes a pixel (red, green, blue, alpha, not multiplied), rows from the top.
struct RgbaPicture {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> rgba;
};

/// Of an I420 frame, what clutter_map() shows after a take, light enough for the live picture: 160×90, to be
/// enlarged smoothly. The edges that
/// measure_clutter() counts glow from red (alone) to yellow (dense), the rest is dimmed, the subject that is left out
/// stays as it is and has a cool outline.
[[nodiscard]] RgbaPicture clutter_overlay(const VideoFrame& frame, const SubjectMask& subject);

}  // namespace changji
