#include "analysis/meter_timeline.hpp"

#include <algorithm>
#include <cmath>

namespace changji {

MeterTimeline::MeterTimeline(const TakeLog& log) {
    std::vector<const TakeLog::Row*> rows;
    rows.reserve(log.rows().size());
    for (const TakeLog::Row& row : log.rows()) {
        if (row.time_s >= 0.0) rows.push_back(&row);
    }
    std::ranges::stable_sort(rows, {}, &TakeLog::Row::time_s);
    times_s_.reserve(rows.size());
    for (const TakeLog::Row* row : rows) times_s_.push_back(row->time_s);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t m = 0; m < measure_count; ++m) {
            const auto value = rows[i]->readings[static_cast<Measure>(m)];
            if (!value || !std::isfinite(*value)) continue;
            if (values_[m].empty()) values_[m].assign(rows.size(), std::numeric_limits<float>::quiet_NaN());
            values_[m][i] = static_cast<float>(*value);
        }
    }
}

std::optional<double> MeterTimeline::value_at(Measure measure, double at_s) const {
    const std::vector<float>& values = this->values(measure);
    const auto after = std::ranges::upper_bound(times_s_, at_s);
    if (values.empty() || after == times_s_.begin() || at_s - *(after - 1) > longest_gap_s) return std::nullopt;
    const float value = values[static_cast<std::size_t>(after - times_s_.begin() - 1)];
    return std::isnan(value) ? std::nullopt : std::optional(static_cast<double>(value));
}

std::vector<MeterColumn> MeterTimeline::columns(Measure measure, double from_s, double to_s, int count) const {
    std::vector<MeterColumn> columns(static_cast<std::size_t>(std::max(count, 0)));
    const std::vector<float>& values = this->values(measure);
    if (values.empty() || columns.empty() || !(to_s > from_s)) return columns;
    const double width_s = (to_s - from_s) / static_cast<double>(columns.size());
    auto row = static_cast<std::size_t>(std::ranges::lower_bound(times_s_, from_s) - times_s_.begin());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const double begin_s = from_s + width_s * static_cast<double>(c);
        const double end_s = c + 1 == columns.size() ? to_s : begin_s + width_s;
        const std::size_t first = row;
        MeterColumn& column = columns[c];
        for (; row < times_s_.size() && times_s_[row] < end_s; ++row) {
            const float value = values[row];
            if (std::isnan(value)) continue;
            column.low = column.empty() ? value : std::min(column.low, value);
            column.high = std::isnan(column.high) ? value : std::max(column.high, value);
        }
        if (row != first || first == 0) continue;
        if (first == times_s_.size()) {
            if (begin_s < this->end_s()) column.low = column.high = values.back();
            continue;
        }
        const double before_s = times_s_[first - 1], after_s = times_s_[first];
        if (after_s - before_s > longest_gap_s) continue;
        const double place = std::clamp(((begin_s + end_s) / 2.0 - before_s) / (after_s - before_s), 0.0, 1.0);
        column.low = column.high = std::lerp(values[first - 1], values[first], static_cast<float>(place));
    }
    return columns;
}

}  // namespace changji
