#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/photos/photo_metadata.hpp"
#include "analysis/photos/photo_people.hpp"
#include "analysis/photos/photo_tone.hpp"
#include "analysis/verdict.hpp"
#include "presets/preset.hpp"

namespace changji {

/// What is known about one photo. `people` is absent when its detectors are missing.
struct PhotoEvidence {
    PhotoMetadata metadata;
    std::int64_t size_bytes = 0;
    int width_px = 0;  ///< upright
    int height_px = 0;
    std::optional<double> detail;  ///< see detail_share
    PhotoTone tone;
    std::optional<PhotoPeople> people;
};

/// Holds one photo against the preset. “4M” may mean the file's size or its number of pixels: both are told apart, and
/// only a photo that has neither fails. What only a person can see (the whole body, no filter) is `confirm` where the
/// measures don't speak clearly. Empty when the preset demands no photos. Pure.
[[nodiscard]] std::vector<Finding> check_photo(const Preset& preset, const PhotoEvidence& photo);

/// How many photos there are. None when the preset demands none.
[[nodiscard]] std::optional<Finding> check_photo_count(const Preset& preset, int count);

}  // namespace changji
