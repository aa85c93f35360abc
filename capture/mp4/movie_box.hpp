#pragma once

#include <map>
#include <span>

#include "capture/mp4/index.hpp"

namespace changji::mp4 {

/// What a track's fragments take for granted (trex, ISO/IEC 14496-12, 8.8.3).
struct FragmentDefaults {
    std::uint32_t sample_length = 0;
    std::uint32_t sample_bytes = 0;
};

struct Movie {
    std::uint32_t timescale = 0;
    bool extended = false;  ///< an mvex box announces fragments
    std::vector<Track> tracks;
    std::map<std::uint32_t, FragmentDefaults> defaults;  ///< by track id
};

/// Reads the content of a moov box.
[[nodiscard]] Movie read_movie(std::span<const std::uint8_t> moov);

/// Adds the samples of one fragment (the content of a moof box) to the movie's tracks. False when it is malformed:
/// then nothing was added.
[[nodiscard]] bool add_fragment(Movie& movie, std::span<const std::uint8_t> moof);

}  // namespace changji::mp4
