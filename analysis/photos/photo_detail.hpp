#pragma once

#include <optional>

#include "capture/types/video_frame.hpp"

namespace changji {

/// How much of a picture's resolution is filled with detail, 0..1 of its pixels: 1 for a sharp photo as it left the
/// camera, about 1/4 for one that was enlarged twofold, little for one that is blurred or strongly compressed. Absent
/// for pictures under 256 px. Pure.
///
/// The power spectrum of the sixteenth to a tenth of the picture with the most detail (squares of 256 px, Hann window)
/// is multiplied by f², which makes that of a natural scene flat (Field 1987: power falls as 1/f²). The detail ends at
/// the frequency f, in cycles a pixel, from which on it stays 10 dB below its level at .03 to .09; from .4 on, where
/// lenses and demosaicing end, it counts as full: share = min(1, (f / .4)²). Measured: five photos as stored read .14
/// to 1.0, those called sharp by eye 1.0; enlarged twofold .07 to .44 of their pixels.
[[nodiscard]] std::optional<double> detail_share(const VideoFrame& still);

}  // namespace changji
