#pragma once

#include <optional>
#include <vector>

namespace changji {

/// Where the good values of a measure lie.
enum class GoodWhen { Higher, Lower, Within };

struct LabelledValue {
    double value = 0.0;
    bool good = false;
};

/// Limits as presets write them; a side that no bad value asks for has none.
struct LimitEdges {
    std::optional<double> pass_min, pass_max;
    std::optional<double> warn_min, warn_max;  ///< never stricter than the pass edge beside them

    [[nodiscard]] bool passes(double value) const {
        return (!pass_min || value >= *pass_min) && (!pass_max || value <= *pass_max);
    }
};

/// The edges that keep the good in and the bad out.
///
/// Pass edge: where Youden's J = (share of the good that pass) − (share of the bad that pass) is greatest (Youden
/// 1950), in the middle of the gap between the neighbouring values. Of equal J the one that lets more good ones pass.
/// Within: the pair of edges with the greatest J.
///
/// Warn edge: beyond it a take fails, so it is set by what is certain. At most 5 % of the good lie beyond (Within: 2.5
/// % on either side); and as far as that allows, the gap up to the bad values beyond (the nearest 5 % of them left out)
/// still belongs to the warning: no file shows what lies in it.
///
/// Edges are rounded to as few decimals as keep every value on its side, `decimals` at least.
[[nodiscard]] LimitEdges fit_edges(const std::vector<LabelledValue>& samples, GoodWhen when, int decimals);

/// How many of `samples` the pass edges judge as they are labelled.
[[nodiscard]] int count_right(const std::vector<LabelledValue>& samples, const LimitEdges& edges);

/// Leave one out: how many are judged as they are labelled by edges that were found without them. The honest figure:
/// edges always suit the values that they were made from.
[[nodiscard]] int count_right_left_out(const std::vector<LabelledValue>& samples, GoodWhen when, int decimals);

}  // namespace changji
