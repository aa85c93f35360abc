#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "analysis/take_log.hpp"

namespace changji {

/// What a measure did within one column of a chart: its lowest and highest value there.
struct MeterColumn {
    float low = std::numeric_limits<float>::quiet_NaN();
    float high = std::numeric_limits<float>::quiet_NaN();

    [[nodiscard]] bool empty() const { return !(low <= high); }
    friend bool operator==(const MeterColumn&, const MeterColumn&) = default;
};

/// A take's meters, laid out so that charts of any zoom are quick to draw. Never changes after it is made.
class MeterTimeline {
public:
    /// Rows of a damaged file may stand in any order; times below zero are left out.
    explicit MeterTimeline(const TakeLog& log);

    [[nodiscard]] double end_s() const { return times_s_.empty() ? 0.0 : times_s_.back() + row_interval_s; }
    /// The measure has a value at some time.
    [[nodiscard]] bool has(Measure measure) const { return !values(measure).empty(); }
    /// `count` columns of equal width from `from_s` to `to_s`. No value within is left out, so a single peak shows at
    /// any zoom. A column between two rows has the value on the straight line between them, unless rows are missing
    /// there (`longest_gap_s`) or the measure had none: then it is empty. The last row holds for `row_interval_s`.
    [[nodiscard]] std::vector<MeterColumn> columns(Measure measure, double from_s, double to_s, int count) const;

    /// The value of the row that holds then; none where the measure has none.
    [[nodiscard]] std::optional<double> value_at(Measure measure, double at_s) const;

    static constexpr double longest_gap_s = 2.5 * row_interval_s;

private:
    [[nodiscard]] const std::vector<float>& values(Measure measure) const {
        return values_[static_cast<std::size_t>(measure)];
    }
    std::vector<double> times_s_;
    std::array<std::vector<float>, measure_count> values_;  ///< NaN: none; empty: none at all
};

}  // namespace changji
