#pragma once

#include <span>

namespace changji::demo {

/// Integrated loudness of 48 kHz sound that plays alike in two channels, LUFS (ITU-R BS.1770-4: K-weighting,
/// gates at −70 LUFS and 10 LU below). −70 when nothing is louder.
[[nodiscard]] double two_channel_loudness_lufs(std::span<const float> one_channel);

}  // namespace changji::demo
