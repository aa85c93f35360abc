#pragma once

#include <optional>
#include <span>
#include <vector>

namespace changji {

/// Ranks from 1 on, in the order of `values`; equal values share the average of their ranks.
[[nodiscard]] std::vector<double> average_ranks(std::span<const double> values);

/// How well one number tells two groups apart.
struct Separation {
    /// Of one value of each group, drawn at random: the chance that the first group's is greater, ties counting half
    /// (the area under the ROC curve; Hanley & McNeil 1982). .5: no better than chance.
    double auc = 0.5;
    /// How often groups of these sizes that don't differ would lie as far apart, in either direction.
    double p_value = 1.0;
};

/// The U test (Mann & Whitney 1947): normal approximation with the corrections for ties and for continuity. It is
/// taken instead of the interval of Hanley & McNeil because that has no width at an AUC of 1, where few files often
/// end: three against three can't be told from chance (exactly: p = .1), and aren't here (.081). Both not empty.
[[nodiscard]] Separation mann_whitney(std::span<const double> first, std::span<const double> second);

/// Spearman's rank correlation: Pearson's of the average ranks. Nothing when fewer than two pairs are given or one side
/// is constant. Both spans have one length.
[[nodiscard]] std::optional<double> spearman(std::span<const double> xs, std::span<const double> ys);

}  // namespace changji
