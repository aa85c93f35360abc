#include "analysis/calibrating/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "analysis/calibrating/rank_statistics.hpp"
#include "analysis/verdict.hpp"

namespace changji {
namespace {

constexpr double chance_limit = 0.05;
constexpr int fewest_to_try = 2;

/// The values of one measure, sorted by what people said.
struct Values {
    std::vector<LabelledValue> all;
    std::vector<double> good, bad;
    std::vector<double> rated, ratings;
};

Values values_of(std::span<const CalibrationSample> samples, Measure measure) {
    Values values;
    for (const CalibrationSample& sample : samples) {
        const auto value = sample.readings[measure];
        if (!value) continue;
        values.all.push_back({*value, sample.good});
        (sample.good ? values.good : values.bad).push_back(*value);
        if (!sample.rating) continue;
        values.rated.push_back(*value);
        values.ratings.push_back(*sample.rating);
    }
    return values;
}

/// The middle of `sorted`, as if the element at `without` weren't there (its size: all count).
double median(const std::vector<double>& sorted, std::size_t without) {
    const std::size_t count = sorted.size() - (without < sorted.size() ? 1 : 0);
    const auto at = [&](std::size_t i) { return sorted[i < without ? i : i + 1]; };
    return (at((count - 1) / 2) + at(count / 2)) / 2.0;
}

/// As calibrate() describes it: the distances' separation, those of the good being the greater when near.
Separation separation_as_range(std::vector<double> good, const std::vector<double>& bad) {
    std::sort(good.begin(), good.end());
    std::vector<double> near_good, near_bad;
    for (std::size_t i = 0; i < good.size(); ++i) near_good.push_back(-std::abs(good[i] - median(good, i)));
    const double middle = median(good, good.size());
    for (const double value : bad) near_bad.push_back(-std::abs(value - middle));
    return mann_whitney(near_good, near_bad);
}

bool is_range(const MeterLimit& limit) { return limit.pass_min && limit.pass_max; }

void find_shape(const Values& values, MeasureCalibration& found) {
    const Separation one_sided = mann_whitney(values.good, values.bad);
    found.good_when = one_sided.auc >= 0.5 ? GoodWhen::Higher : GoodWhen::Lower;
    found.auc = std::max(one_sided.auc, 1.0 - one_sided.auc);
    found.p_value = one_sided.p_value;
    if (!is_range(found.present)) return;
    const Separation range = separation_as_range(values.good, values.bad);
    if (range.auc > found.auc) {
        found.good_when = GoodWhen::Within;
        found.auc = range.auc;
        found.p_value = range.p_value;
    }
    found.p_value = std::min(1.0, 2.0 * found.p_value);
}

CalibrationOutcome outcome_of(const MeasureCalibration& found) {
    if (found.p_value > chance_limit) return CalibrationOutcome::NotSeparating;
    const GoodWhen demanded = found.present.pass_min ? GoodWhen::Higher : GoodWhen::Lower;
    if (!is_range(found.present) && found.good_when != demanded) return CalibrationOutcome::AgainstPreset;
    return std::min(found.good, found.bad) < fewest_for_a_limit ? CalibrationOutcome::TooFew
                                                                : CalibrationOutcome::Proposed;
}

ConfusionTable count(const std::vector<LabelledValue>& values, const MeterLimit& limit) {
    ConfusionTable table;
    for (const LabelledValue& sample : values) {
        StatusCounts& counts = sample.good ? table.good : table.bad;
        switch (status_of(sample.value, limit)) {
            case FindingStatus::Pass: ++counts.pass; break;
            case FindingStatus::Warn: ++counts.warn; break;
            default: ++counts.fail; break;
        }
    }
    return table;
}

using LimitEdge = std::optional<double>;

/// One side of a limit; of two edges `further` tells which lets more pass.
template <typename Further>
void move_side(bool keeps_side, LimitEdge found_pass, LimitEdge found_warn, double last_good, Further further,
               LimitEdge& pass, LimitEdge& warn) {
    if (found_pass || !keeps_side) {
        pass = found_pass;
        warn = found_warn;
        return;
    }
    if (further(last_good, *pass)) pass = last_good;
    if (!warn || further(*pass, *warn)) warn = pass;
}

/// The present limit with the edges that were found; of a range's side without one, the present edge or the last good
/// file, whichever lets more pass.
MeterLimit with_edges(MeterLimit limit, const LimitEdges& edges, const std::vector<double>& good) {
    const bool range = is_range(limit);
    const bool keeps_a_side = range && !(edges.pass_min && edges.pass_max);
    limit.provisional = limit.provisional && keeps_a_side;
    const auto [lowest, highest] = std::minmax_element(good.begin(), good.end());
    move_side(range, edges.pass_min, edges.warn_min, *lowest, std::less<>(), limit.pass_min, limit.warn_min);
    move_side(range, edges.pass_max, edges.warn_max, *highest, std::greater<>(), limit.pass_max, limit.warn_max);
    if (limit.reference_min) {
        limit.reference_min =
            limit.pass_min ? std::optional(std::min(*limit.reference_min, *limit.pass_min)) : std::nullopt;
    }
    return limit;
}

void propose(const Values& values, MeasureCalibration& found) {
    const int decimals = info(found.measure).decimals;
    const LimitEdges edges = fit_edges(values.all, found.good_when, decimals);
    found.proposed = with_edges(found.present, edges, values.good);
    found.at_proposed = count(values.all, found.proposed);
    const auto share = [](const StatusCounts& counts, int of) { return static_cast<double>(counts.pass) / of; };
    found.youden_j = share(found.at_proposed.good, found.good) - share(found.at_proposed.bad, found.bad);
    found.right = count_right(values.all, edges);
    found.right_left_out = count_right_left_out(values.all, found.good_when, decimals);
}

}  // namespace

Calibration calibrate(std::span<const CalibrationSample> samples, const Preset& preset) {
    const auto all_good = static_cast<int>(
        std::count_if(samples.begin(), samples.end(), [](const CalibrationSample& s) { return s.good; }));
    const auto all_bad = static_cast<int>(samples.size()) - all_good;
    Calibration calibration;
    for (const MeterLimit& limit : preset.meters) {
        const MeasureInfo* const measure = find_measure(limit.measure);
        if (!measure) continue;
        const Values values = values_of(samples, measure->measure);
        MeasureCalibration found;
        found.measure = measure->measure;
        found.present = limit;
        found.good = static_cast<int>(values.good.size());
        found.bad = static_cast<int>(values.bad.size());
        found.good_missing = all_good - found.good;
        found.bad_missing = all_bad - found.bad;
        found.at_present = count(values.all, limit);
        found.spearman = spearman(values.ratings, values.rated);
        if (std::min(found.good, found.bad) >= fewest_to_try) {
            find_shape(values, found);
            found.outcome = outcome_of(found);
            const auto differs = [&](const LabelledValue& one) { return one.value != values.all.front().value; };
            calibration.tried += std::any_of(values.all.begin(), values.all.end(), differs) ? 1 : 0;
        }
        if (found.outcome == CalibrationOutcome::Proposed || found.outcome == CalibrationOutcome::TooFew) {
            propose(values, found);
        }
        calibration.measures.push_back(std::move(found));
    }
    const auto rank = [](const MeasureCalibration& one) {
        return one.outcome == CalibrationOutcome::Unmeasured ? -1.0 : one.auc;
    };
    std::stable_sort(calibration.measures.begin(), calibration.measures.end(),
                     [&](const auto& a, const auto& b) { return rank(a) > rank(b); });
    return calibration;
}

}  // namespace changji
