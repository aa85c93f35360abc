#pragma once

#include "analysis/meter_bank.hpp"
#include "analysis/subject/subject_mask.hpp"
#include "capture/types/video_frame.hpp"

#include <optional>
#include <span>

namespace changji {

/// How sharp the largest face is, of one I420 frame. Both are absent without a face and without known noise.
struct SharpnessReading {
    /// (var(Laplacian of Y, in codes) − 20 σ²) / mean(y)² over the face's core, y = (Y − 16)/219, at least 0; σ is the
    /// picture's noise, which the 4-neighbour Laplacian amplifies by 20. It depends on the face's own detail, so only
    /// readings of one take can be compared. Absent of a core under 48 px or darker than y = 0.05.
    std::optional<double> face_detail;
    /// log2 of how steep the face's edges are against those of the background: above 0 the face is sharper, below 0
    /// what is behind it. An edge is where the mean of 8 px on one side of a line's pixel differs from that on the
    /// other by at least 12 codes and 6 σ; its steepness is the sum of squared slopes per squared contrast, the inverse
    /// of its width, so that contrast and clutter don't count. (The variance of the Laplacian does count them: a
    /// bookshelf beats every face.) What lies within 0.4 face widths beside the subject is neither: hair. Absent with
    /// fewer than 24 edges on either side (a plain wall) and where σ is above 8.
    std::optional<double> focus;
};

[[nodiscard]] SharpnessReading measure_sharpness(const VideoFrame& frame, std::span<const FaceBox> faces,
                                                 const SubjectMask& subject, std::optional<double> noise_codes);

}  // namespace changji
