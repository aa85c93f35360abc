#pragma once

#include "analysis/measures.hpp"
#include "analysis/take_log.hpp"
#include "presets/preset.hpp"

#include <optional>

namespace changji {

/// When a measure stood worst against its limit, in seconds from the take's start; nothing when it has no value.
/// Worse is the larger badness(), and of equal ones the value further outside the pass range.
///
/// Over::Time: the worst that held: the row with the largest median of three neighbouring rows, so that a single row
///     that shoots out is passed over. The first of equals. A measure with fewer than three rows in a row: its worst
///     row.
/// Over::Take: the row at which the running value, after it came for the last time to the side (too low, right, too
///     high; warning or failure) where it ended, first stood worst. For a true peak: when the maximum was reached.
[[nodiscard]] std::optional<double> worst_moment_s(const TakeLog& log, Measure measure, const MeterLimit& limit);

/// Where the stretch of that length with the lowest, or highest, mean power of the momentary loudness begins: the room
/// is heard in the pause. Momentary loudness looks back 0.4 s, so a stretch is read from 0.4 s after its beginning to
/// its end. Rows without loudness (digital silence) belong to no stretch. Of a shorter log: where it begins.
[[nodiscard]] std::optional<double> quietest_stretch_s(const TakeLog& log, double length_s);
[[nodiscard]] std::optional<double> loudest_stretch_s(const TakeLog& log, double length_s);

}  // namespace changji
