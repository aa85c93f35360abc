#include "ui/review/value_range.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr double margin_share = 0.12;

}  // namespace

ValueRange range_of(std::span<const MeterColumn> columns, const std::optional<MeterLimit>& limit) {
    std::optional<double> low, high;
    const auto take_in = [&](std::optional<double> value) {
        if (!value || !std::isfinite(*value)) return;
        low = low ? std::min(*low, *value) : *value;
        high = high ? std::max(*high, *value) : *value;
    };
    for (const MeterColumn& column : columns) {
        if (column.empty()) continue;
        take_in(column.low);
        take_in(column.high);
    }
    if (limit) {
        take_in(limit->pass_min);
        take_in(limit->pass_max);
    }
    const double least = low.value_or(0.0), most = high.value_or(1.0);
    const double margin = most > least ? (most - least) * margin_share : std::max(std::abs(most) * 0.2, 0.5);
    return {least - margin, most + margin};
}

}  // namespace changji
