#pragma once

#include <optional>
#include <span>

#include "analysis/meter_timeline.hpp"
#include "presets/preset.hpp"

namespace changji {

/// From where to where a chart of a measure reaches, in the measure's unit; `low` < `high`.
struct ValueRange {
    double low = 0.0;
    double high = 1.0;
};
/// Of all values and the limits within which they pass, with a little room above and below. The wider limits, within
/// which they warn, are left out: far from every value they would press the line flat.
[[nodiscard]] ValueRange range_of(std::span<const MeterColumn> columns, const std::optional<MeterLimit>& limit);

}  // namespace changji
