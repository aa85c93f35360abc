#include "analysis/judging/worst_moment.hpp"

#include "analysis/judging/checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <tuple>
#include <vector>

namespace changji {
namespace {

constexpr double momentary_window_s = 0.4;
/// Rows that follow one another stand this far apart at most; a damaged line of a file leaves a larger hole.
constexpr double widest_step_s = 1.5 * row_interval_s;

/// How bad a row is. Badness ends at 1, so the distance from the pass range decides between failures.
struct Standing {
    double time_s = 0.0;
    double bad = 0.0;
    double outside = 0.0;
    int side = 0;  ///< −1 too low, 1 too high
    FindingStatus status = FindingStatus::Pass;

    [[nodiscard]] bool better_than(const Standing& other) const {
        return std::tie(bad, outside) < std::tie(other.bad, other.outside);
    }
    [[nodiscard]] bool same_side(const Standing& other) const { return side == other.side && status == other.status; }
};

Standing standing(double time_s, double value, const MeterLimit& limit) {
    Standing found{time_s, badness(value, limit), 0.0, 0, status_of(value, limit)};
    if (limit.pass_max && value > *limit.pass_max) found.outside = value - *limit.pass_max, found.side = 1;
    if (limit.pass_min && value < *limit.pass_min) found.outside = *limit.pass_min - value, found.side = -1;
    return found;
}

bool better(const Standing& a, const Standing& b) { return a.better_than(b); }

/// The first of the worst; `rows` is not empty.
const Standing& worst_of(std::span<const Standing> rows) { return *std::ranges::max_element(rows, better); }

/// The first of equals.
Standing median_of_three(std::span<const Standing> rows) {
    std::array<Standing, 3> sorted{rows[0], rows[1], rows[2]};
    std::ranges::sort(sorted, better);
    const auto equal = [&](const Standing& row) { return !better(row, sorted[1]) && !better(sorted[1], row); };
    return *std::ranges::find_if(rows, equal);
}

double worst_that_held(std::span<const Standing> rows) {
    std::vector<Standing> medians;
    for (std::size_t i = 0; i + 2 < rows.size(); ++i) {
        const auto three = rows.subspan(i, 3);
        const bool one_after_another =
            three[1].time_s - three[0].time_s <= widest_step_s && three[2].time_s - three[1].time_s <= widest_step_s;
        if (one_after_another) medians.push_back(median_of_three(three));
    }
    return worst_of(medians.empty() ? rows : medians).time_s;
}

double worst_of_last_side(std::span<const Standing> rows) {
    const Standing& last = rows.back();
    std::size_t from = rows.size() - 1;
    while (from > 0 && rows[from - 1].same_side(last)) --from;
    return worst_of(rows.subspan(from)).time_s;
}

struct Momentary {
    double time_s = 0.0;
    double power = 0.0;
};

template <typename Better>
std::optional<double> find_stretch(const TakeLog& log, double length_s, Better is_better) {
    std::vector<Momentary> rows;
    for (const TakeLog::Row& row : log.rows()) {
        if (const auto lufs = row.readings[Measure::SoundMomentary]) {
            rows.push_back({row.time_s, std::pow(10.0, *lufs / 10.0)});
        }
    }
    if (rows.empty()) return std::nullopt;
    const double read_s = std::max(0.0, length_s - momentary_window_s);
    const auto wanted = static_cast<std::size_t>(std::lround(read_s / row_interval_s)) + 1;
    std::optional<double> begins;
    double best = 0.0;
    for (std::size_t first = 0; first + wanted <= rows.size(); ++first) {
        const std::span<const Momentary> part = std::span(rows).subspan(first, wanted);
        if (part.back().time_s - part.front().time_s > read_s + row_interval_s / 2) continue;
        double power = 0.0;
        for (const Momentary& row : part) power += row.power;
        if (begins && !is_better(power, best)) continue;
        begins = part.front().time_s;
        best = power;
    }
    return std::max(0.0, begins.value_or(rows.front().time_s) - momentary_window_s);
}

}  // namespace

std::optional<double> worst_moment_s(const TakeLog& log, Measure measure, const MeterLimit& limit) {
    std::vector<Standing> rows;
    for (const TakeLog::Row& row : log.rows()) {
        if (const auto value = row.readings[measure]) rows.push_back(standing(row.time_s, *value, limit));
    }
    if (rows.empty()) return std::nullopt;
    return info(measure).over == Over::Take ? worst_of_last_side(rows) : worst_that_held(rows);
}

std::optional<double> quietest_stretch_s(const TakeLog& log, double length_s) {
    return find_stretch(log, length_s, [](double power, double best) { return power < best; });
}

std::optional<double> loudest_stretch_s(const TakeLog& log, double length_s) {
    return find_stretch(log, length_s, [](double power, double best) { return power > best; });
}

}  // namespace changji
