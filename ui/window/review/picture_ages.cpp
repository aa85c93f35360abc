#include "ui/window/review/picture_ages.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace changji {

void PictureAges::note(double age_s) {
    ages_s_[next_] = age_s;
    next_ = (next_ + 1) % ages_s_.size();
    count_ = std::min(count_ + 1, ages_s_.size());
}

double PictureAges::within_s(double share) const {
    if (count_ == 0) return 0.0;
    std::vector<double> sorted(ages_s_.begin(), ages_s_.begin() + static_cast<std::ptrdiff_t>(count_));
    std::ranges::sort(sorted);
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(count_)));
    return sorted[std::clamp<std::size_t>(rank, 1, count_) - 1];
}

}  // namespace changji
