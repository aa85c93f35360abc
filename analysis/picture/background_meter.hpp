#pragma once

#include "analysis/picture/thumbnail.hpp"
#include "analysis/subject/subject_mask.hpp"

#include <bitset>
#include <optional>

namespace changji {

/// How restless the background is: the colour-edge density at 160×90, 0..1.
///
/// Luma is scaled by 255/219 and chroma by 255/224 to full range; with the 3×3 Sobel operator divided by 8,
/// g² = |∇Y|² + 4|∇Cb|² + 4|∇Cr|². The reading is the share of background pixels with g > 12, compared in
/// exact integers, so that it is the same number on any machine. A pixel counts as background when its whole
/// 3×3 neighbourhood does: the outline of a person is no clutter.
///
/// Held against 300 pictures that people rated (Savoias): Spearman 0.82 for interiors; plain walls read at
/// most 0.11, busy places at least 0.29.
///
/// Nothing is read when less than 15 % of the picture is background.
[[nodiscard]] std::optional<double> measure_clutter(const Thumbnail& picture, const SubjectMask& subject);

/// The pixels that measure_clutter() counts, marked.
using EdgeMap = std::bitset<std::size_t{Thumbnail::width} * Thumbnail::height>;
[[nodiscard]] EdgeMap clutter_edges(const Thumbnail& picture, const SubjectMask& subject);

}  // namespace changji
