#include "analysis/sound/power_histogram.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr double lowest_dbfs = -130.0;
constexpr double step_db = 0.1;

}  // namespace

void PowerHistogram::add(double power) {
    const double dbfs = 10.0 * std::log10(std::max(power, 1e-13));
    const double bin = std::clamp((dbfs - lowest_dbfs) / step_db, 0.0, static_cast<double>(counts_.size() - 1));
    ++counts_[static_cast<std::size_t>(bin)];
    ++total_;
}

void PowerHistogram::merge(const PowerHistogram& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    total_ += other.total_;
}

double PowerHistogram::percentile_dbfs(double share) const {
    const double wanted = share * static_cast<double>(total_);
    double below = 0.0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        below += counts_[i];
        if (below >= wanted && below > 0.0) return lowest_dbfs + step_db * (static_cast<double>(i) + 0.5);
    }
    return lowest_dbfs;
}

}  // namespace changji
