#pragma once

#include <string>

#include "analysis/measures.hpp"
#include "analysis/take_log.hpp"
#include "presets/preset.hpp"

namespace changji {

/// What of a take can serve as "this is how it should look and sound": of each measure the number that is judged.
/// Measures that only count faults are left out.
[[nodiscard]] Readings reference_of(const TakeLog& log);
/// The same of what the meters read now.
[[nodiscard]] Readings reference_of(const Readings& now);

/// How far a value lies from the reference, with sign and unit: "+3.2 %"; empty when the reference has none.
[[nodiscard]] std::string distance_text(Measure measure, double value, const Readings& reference);

/// The preset with its lower limits moved down to the reference where it allows that (`reference_min`): a guest with
/// dark skin is well lit at a lower reading, and the crew says so by storing what it sees. The pass limit becomes the
/// reference less half the width of the warning range, never below `reference_min`; that width stays.
[[nodiscard]] Preset with_reference(Preset preset, const Readings& reference);

}  // namespace changji
