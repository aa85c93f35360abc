#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/calibrating/limit_edges.hpp"
#include "analysis/measures.hpp"
#include "presets/preset.hpp"

namespace changji {

/// One file that a person sorted, and what the meters read in it: of each measure the number that is judged.
struct CalibrationSample {
    bool good = false;
    std::optional<double> rating;  ///< higher is better; only of rated files
    Readings readings;
};

enum class CalibrationOutcome {
    Unmeasured,     ///< fewer than two good or two bad values
    NotSeparating,  ///< good and bad lie no farther apart than chance lays them (p > .05)
    AgainstPreset,  ///< the good lie where the preset takes for bad: the files differ in something else
    TooFew,         ///< a limit is proposed, but from fewer than fewest_for_a_limit good or bad values
    Proposed,
};

/// So many of each kind a limit needs before it may replace another: with ten good ones, one more good file lies beyond
/// all of them with a chance of 1 in 11.
inline constexpr int fewest_for_a_limit = 10;

/// What a limit makes of the files.
struct StatusCounts {
    int pass = 0, warn = 0, fail = 0;

    friend bool operator==(const StatusCounts&, const StatusCounts&) = default;
};
struct ConfusionTable {
    StatusCounts good, bad;

    friend bool operator==(const ConfusionTable&, const ConfusionTable&) = default;
};

/// What the files say about the limit of one measure.
struct MeasureCalibration {
    Measure measure = Measure::Count;
    CalibrationOutcome outcome = CalibrationOutcome::Unmeasured;
    int good = 0, bad = 0;                  ///< files with a value
    int good_missing = 0, bad_missing = 0;  ///< files without
    GoodWhen good_when = GoodWhen::Higher;
    double auc = 0.5;                ///< .5..1, in the direction of `good_when`
    double p_value = 1.0;            ///< of the U test; doubled where two shapes were tried
    std::optional<double> spearman;  ///< of rating and value, where files are rated
    MeterLimit present;
    ConfusionTable at_present;
    // Only with TooFew and Proposed.
    MeterLimit proposed;  ///< clause, measure and severity as present; `source` is the caller's
    ConfusionTable at_proposed;
    double youden_j = 0.0;   ///< at the proposed pass edge
    int right = 0;           ///< files that the pass edge judges as they were sorted
    int right_left_out = 0;  ///< the same with each file judged by an edge found without it
};

struct Calibration {
    std::vector<MeasureCalibration> measures;  ///< each that the preset limits, best AUC first, Unmeasured last
    int tried = 0;  ///< measures that could have separated; of those that can't, 1 in 20 seems to by chance
};

/// Holds what people sorted against the limits of `preset`, and proposes better ones. Pure.
///
/// A measure with one limit is tried in both directions, and reported as AgainstPreset where the data says the opposite
/// of the preset. A measure that the preset limits on both sides is also tried as a range: how far each file lies from
/// the median of the good ones (of the *other* good ones, where it is good itself) takes the value's place in the U
/// test. The shape with the greater AUC is taken. A side of such a limit that no bad file asks for stays as it is, or
/// moves out to the last good file; the limit then stays provisional.
[[nodiscard]] Calibration calibrate(std::span<const CalibrationSample> samples, const Preset& preset);

}  // namespace changji
