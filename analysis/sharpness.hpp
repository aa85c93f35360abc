#pragma once

#include "analysis/meter_bank.hpp"
#include "analysis/subject_mask.hpp"
#include "capture/types/video_frame.hpp"

#include <optional>
#include <span>

namespace changji {

/// How sharp the largest face is, of one I420 frame. Both are absent without a face and without known noise.
struct SharpnessReading {
    std::optional<double> face_detail;
    std::optional<double> focus;
};

[[nodiscard]] SharpnessReading measure_sharpness(const VideoFrame& frame, std::span<const FaceBox> faces,
                                                 const SubjectMask& subject, std::optional<double> noise_codes);

}  // namespace changji
