#pragma once

#include "analysis/meter_bank.hpp"
#include "analysis/subject/subject_mask.hpp"
#include "capture/types/rgb_picture.hpp"
#include "capture/types/video_frame.hpp"

#include <span>

namespace changji {

// Pictures that show what a meter found, for people: made after the take, of I420 frames as Framing gives them
// (limited-range BT.709). All are 1280×720, where a thumbnail's pixel is 8×8, and hold no words.

inline constexpr int evidence_width_px = 1280;
inline constexpr int evidence_height_px = 720;
inline constexpr int clutter_glow_px = 16;

/// The picture itself. Codes outside the limited range are cut; light is not converted, as players don't either.
[[nodiscard]] RgbPicture to_rgb(const VideoFrame& frame);

/// What makes the background restless: the edges that measure_clutter() counts, with what lies around them, glow from
/// red (alone) to yellow (dense), at most clutter_glow_px far; everything else is dim and grey. The subject that is
/// left out is brighter and has a cool outline.
[[nodiscard]] RgbPicture clutter_map(const VideoFrame& frame, const SubjectMask& subject);

/// Where light fails: burnt-out pixels (Y ≥ 235) have magenta and white stripes that rise to the right, crushed ones
/// (Y ≤ 17) blue and black stripes that fall, on the picture in pale colours. Of each face the box has a thin white
/// outline and the core that is measured a thick one; where one half has over twice the light of the other, amber lines
/// lie across the darker one. Each mark has a shape of its own, for eyes that tell no colours apart.
[[nodiscard]] RgbPicture light_map(const VideoFrame& frame, std::span<const FaceBox> faces);

}  // namespace changji
