#include "analysis/take_log.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

namespace changji {
namespace {

/// `sorted` is not empty; linear between neighbours.
double percentile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

/// Whose running value rises by one with each event.
bool is_count(Measure measure) { return measure == Measure::SoundSuddenNoises || measure == Measure::SoundDropouts; }

MeasureSummary summarise_one(const MeasureInfo& measure, std::vector<double>& values) {
    MeasureSummary summary;
    summary.measure = measure.measure;
    if (measure.over == Over::Take) {
        summary.value = values.back();
        return summary;
    }
    std::sort(values.begin(), values.end());
    summary.median = percentile(values, 0.5);
    summary.p05 = percentile(values, 0.05);
    summary.p95 = percentile(values, 0.95);
    return summary;
}

void append_number(std::string& text, double value, int decimals) {
    std::array<char, 64> digits;
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
    if (end.ec == std::errc()) text.append(digits.data(), end.ptr);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<double> parse_number(std::string_view text) {
    double value = 0.0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// The measure of each column after the first; none for a column of another version.
std::vector<std::optional<Measure>> parse_header(std::string_view line) {
    std::vector<std::optional<Measure>> columns;
    for (const std::string_view name : split(line, ',')) {
        const auto rows = all_measures();
        const auto found =
            std::find_if(rows.begin(), rows.end(), [&](const MeasureInfo& row) { return row.column == name; });
        columns.push_back(found == rows.end() ? std::nullopt : std::optional(found->measure));
    }
    return columns;
}

std::optional<TakeLog::Row> parse_row(std::string_view line, const std::vector<std::optional<Measure>>& columns) {
    const auto cells = split(line, ',');
    const auto time_s = parse_number(cells.front());
    if (cells.size() != columns.size() || !time_s) return std::nullopt;
    TakeLog::Row row{*time_s, {}};
    for (std::size_t i = 1; i < cells.size(); ++i) {
        if (cells[i].empty() || !columns[i]) continue;
        const auto value = parse_number(cells[i]);
        if (!value) return std::nullopt;
        row.readings.set(*columns[i], value);
    }
    return row;
}

}  // namespace

std::vector<LoggedEvent> within(const std::vector<MeterEvent>& events, CaptureTime from, CaptureTime to) {
    std::vector<LoggedEvent> inside;
    for (const MeterEvent& event : events) {
        if (event.to < from || event.from > to) continue;
        inside.push_back({event.measure,
                          {to_seconds(std::max(event.from, from) - from), to_seconds(std::min(event.to, to) - from)}});
    }
    return inside;
}

std::vector<MeasureSummary> TakeLog::summarise() const {
    std::vector<MeasureSummary> summaries;
    for (const MeasureInfo& measure : all_measures()) {
        std::vector<double> values;
        for (const Row& row : rows_) {
            if (const auto value = row.readings[measure.measure]) values.push_back(*value);
        }
        if (!values.empty()) summaries.push_back(summarise_one(measure, values));
    }
    return summaries;
}

std::vector<Stretch> TakeLog::events_of(Measure measure) const {
    std::vector<Stretch> found;
    for (const LoggedEvent& event : events_) {
        if (event.measure == measure) found.push_back(event.at);
    }
    if (!found.empty() || !is_count(measure)) return found;
    double before = 0.0;
    for (const Row& row : rows_) {
        const double count = row.readings[measure].value_or(before);
        if (count > before) found.push_back({std::max(0.0, row.time_s - row_interval_s), row.time_s});
        before = count;
    }
    return found;
}

void TakeLog::settle() {
    std::vector<double> detail;
    for (const Row& row : rows_) {
        if (const auto value = row.readings[Measure::PictureFaceDetail]) detail.push_back(*value);
    }
    if (detail.empty()) return;
    std::sort(detail.begin(), detail.end());
    const double best = percentile(detail, 0.95);
    if (!(best > 0.0)) return;
    for (Row& row : rows_) {
        const auto value = row.readings[Measure::PictureFaceDetail];
        if (value) row.readings.set(Measure::PictureSharpness, std::min(1.0, *value / best));
    }
}

std::string csv_header() {
    std::string line = "time_s";
    for (const MeasureInfo& measure : all_measures()) (line += ',') += measure.column;
    return line;
}

std::string csv_row(const TakeLog::Row& row) {
    std::string line;
    append_number(line, row.time_s, 3);
    for (const MeasureInfo& measure : all_measures()) {
        line += ',';
        if (const auto value = row.readings[measure.measure]) append_number(line, *value, measure.decimals + 1);
    }
    return line;
}

TakeLog parse_meters_csv(std::string_view csv) {
    TakeLog log;
    std::vector<std::optional<Measure>> columns;
    for (std::string_view line : split(csv, '\n')) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (columns.empty()) {
            if (line.starts_with("time_s")) columns = parse_header(line);
        } else if (const auto row = parse_row(line, columns)) {
            log.add(row->time_s, row->readings);
        }
    }
    return log;
}

}  // namespace changji
