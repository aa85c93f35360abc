#pragma once

#include "analysis/measures.hpp"
#include "analysis/meter_bank.hpp"
#include "analysis/picture/thumbnail.hpp"
#include "analysis/subject/subject_mask.hpp"
#include "capture/types/video_frame.hpp"

#include <optional>
#include <span>

namespace changji {

inline constexpr int white_code = 235;    ///< from here on a pixel is burnt out
inline constexpr int black_code = 17;     ///< up to here it is crushed
inline constexpr double face_core = 0.6;  ///< the share of a face box's sides that is read as skin

/// The light measures of one frame (I420, limited range). Y is the luma code, y = (Y − 16)/219, l = y^2.4
/// linear light; a face is the central 60 % of its box, and several faces are read as one.
///
///   face_luma_percent     100·median(y) of the face                   %      50–70 is broadcast practice
///   (IRE) picture_luma_percent  100·median(y) of the central 60 % of the picture: stands in while no face is
///   found key_fill_ratio        max/min of the median l of a face's halves  1..99  the worst face
///   backlight_stops       log2(mean l of the background / mean l of the face)
///   clipped, crushed      share of Y ≥ 235, of Y ≤ 17                 %      of the picture, and of the face
///   contrast              σ(y) of the picture                         0..0.5
///   colour_cast           |mean (Cb − 128, Cr − 128)| of the picture's greyish pixels (chroma below 24
///   codes,
///                         0.3 < y < 0.9); absent when they are under 5 % of the picture
///
/// What speaks of a face is absent without one. Not every pixel is read, which moves no reading of a real picture by
/// more than half a code: every fourth line of the picture, every second of a face, of the background one pixel in
/// sixteen.
[[nodiscard]] Readings measure_light(const VideoFrame& frame, const Thumbnail& small, std::span<const FaceBox> faces,
                                     const SubjectMask& subject);

/// True when so little light is left that edges vanish and a busy background would read as a plain one.
[[nodiscard]] bool too_dark_for_background(const Readings& light);

}  // namespace changji
