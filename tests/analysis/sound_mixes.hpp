#pragma once

#include "tests/analysis/signals.hpp"

#include <string>

namespace changji::test {

/// A sound of the media folder, repeated until it lasts `least_s`.
[[nodiscard]] Interleaved media_sound(const std::string& name, double least_s = 0.0,
                                      const std::string& filter = "anull");
/// Adds `gain`·`more` to `sound` from `at_s` on, as far as `sound` goes.
void mix_in(Interleaved& sound, const Interleaved& more, double gain = 1.0, double at_s = 0.0);
/// The sound between two moments.
[[nodiscard]] Interleaved cut_out(const Interleaved& sound, double from_s, double to_s);
/// A door that falls shut: a blow with an attack of 2 ms that dies away, noise and two of the door's own tones.
[[nodiscard]] Interleaved door_slam(double peak_dbfs);

}  // namespace changji::test
