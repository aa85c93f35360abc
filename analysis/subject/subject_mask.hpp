#pragma once

#include "analysis/picture/thumbnail.hpp"
#include "analysis/subject/face_box.hpp"

#include <bitset>
#include <span>

namespace changji {

/// Which pixels of the thumbnail show people; the rest is background.
using SubjectMask = std::bitset<std::size_t{Thumbnail::width} * Thumbnail::height>;

/// A template of head and shoulders for each face box of width w and height h, joined: an ellipse with the
/// half axes 0.85 w and 1.05 h around the face, and a torso that widens from ±0.7 w at the chin to ±1.75 w at
/// the shoulders (0.6 h below the chin) and ±2.1 w at the picture's lower edge. Without the exclusion, plain
/// and busy portraits overlap in the clutter measure.
[[nodiscard]] SubjectMask mask_subjects(std::span<const FaceBox> faces);

}  // namespace changji
