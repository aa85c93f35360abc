#include "analysis/calibrating/rank_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace changji {

std::vector<double> average_ranks(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
        while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
        const double shared = static_cast<double>(from + 1 + to) / 2.0;
        for (std::size_t i = from; i < to; ++i) ranks[order[i]] = shared;
    }
    return ranks;
}

Separation mann_whitney(std::span<const double> first, std::span<const double> second) {
    std::vector<double> all(first.begin(), first.end());
    all.insert(all.end(), second.begin(), second.end());
    const std::vector<double> ranks = average_ranks(all);
    const auto n1 = static_cast<double>(first.size()), n2 = static_cast<double>(second.size()), n = n1 + n2;
    const double rank_sum =
        std::accumulate(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(first.size()), 0.0);
    const double u = rank_sum - n1 * (n1 + 1.0) / 2.0;

    std::sort(all.begin(), all.end());
    double ties = 0.0;
    for (auto from = all.begin(); from != all.end();) {
        const auto to = std::upper_bound(from, all.end(), *from);
        const auto equal = static_cast<double>(to - from);
        ties += equal * equal * equal - equal;
        from = to;
    }
    const double variance = n1 * n2 / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
    Separation found{u / (n1 * n2), 1.0};
    if (variance > 0.0) {
        const double distance = std::max(0.0, std::abs(u - n1 * n2 / 2.0) - 0.5);
        found.p_value = std::erfc(distance / std::sqrt(variance) / std::numbers::sqrt2);
    }
    return found;
}

std::optional<double> spearman(std::span<const double> xs, std::span<const double> ys) {
    const std::vector<double> x = average_ranks(xs), y = average_ranks(ys);
    const double middle = (static_cast<double>(x.size()) + 1.0) / 2.0;
    double xx = 0.0, yy = 0.0, xy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - middle) * (x[i] - middle);
        yy += (y[i] - middle) * (y[i] - middle);
        xy += (x[i] - middle) * (y[i] - middle);
    }
    if (xx == 0.0 || yy == 0.0) return std::nullopt;
    return xy / std::sqrt(xx * yy);
}

}  // namespace changji
