#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/measures.hpp"
#include "capture/types/stretch.hpp"

namespace changji {

/// One measure over a whole take. Over::Take measures have `value`; the others the three percentiles.
struct MeasureSummary {
    Measure measure = Measure::Count;
    std::optional<double> value;
    std::optional<double> median, p05, p95;

    /// The number that is judged: `value`, or the median.
    [[nodiscard]] std::optional<double> judged() const { return value ? value : median; }
};

inline constexpr double row_interval_s = 0.2;

/// Something that happened in a take: what counts or times it, and from when to when.
struct LoggedEvent {
    Measure measure = Measure::Count;
    Stretch at;
};

/// The events that lie at least partly between two moments, cut to them and counted from the first.
[[nodiscard]] std::vector<LoggedEvent> within(const std::vector<MeterEvent>& events, CaptureTime from, CaptureTime to);

/// The meters over time. Rows are 0.2 s apart.
class TakeLog {
public:
    struct Row {
        double time_s = 0.0;
        Readings readings;
    };

    void add(double time_s, const Readings& readings) { rows_.push_back({time_s, readings}); }
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    void set_events(std::vector<LoggedEvent> events) { events_ = std::move(events); }
    /// The stretches in which that happened, in order. Without a list of events (a take that a crash left) each rise of
    /// a running count stands for one.
    [[nodiscard]] std::vector<Stretch> events_of(Measure measure) const;
    /// Once, when the take is over: sharpness is a share of the take's own best, which is known only now (the 95th
    /// percentile of the face's detail, so that one noisy picture is not taken for the best).
    void settle();
    /// Measures that have at least one value, in the enum's order.
    [[nodiscard]] std::vector<MeasureSummary> summarise() const;
    /// Stretches in which `is_outside(value)` holds; a missing value ends a stretch.
    template <typename Predicate>
    [[nodiscard]] std::vector<Stretch> spans(Measure measure, Predicate is_outside) const {
        std::vector<Stretch> found;
        bool inside = false;
        for (const Row& row : rows_) {
            const auto value = row.readings[measure];
            const bool holds = value && is_outside(*value);
            if (holds && !inside) found.push_back({row.time_s, row.time_s + row_interval_s});
            if (holds) found.back().to_s = row.time_s + row_interval_s;
            inside = holds;
        }
        return found;
    }

private:
    std::vector<Row> rows_;
    std::vector<LoggedEvent> events_;
};

/// `time_s,light_face_luma_percent,...` without line end.
[[nodiscard]] std::string csv_header();
/// One row under that header; an empty cell where a measure has no value.
[[nodiscard]] std::string csv_row(const TakeLog::Row& row);
/// Rows read back from a meters file, for a take that a crash left without a report; damaged lines are skipped.
[[nodiscard]] TakeLog parse_meters_csv(std::string_view csv);

}  // namespace changji
