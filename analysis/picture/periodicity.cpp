#include "analysis/picture/periodicity.hpp"

#include <algorithm>
#include <cmath>

namespace changji {

void Periodicity::hear(std::span<const float> mono) {
    std::array<float, new_samples> fresh{};
    std::size_t count = 0;
    for (const float sample : mono) {
        if (decimator_.hear(sample)) fresh[count++] = static_cast<float>(high_pass_.filter(decimator_.newest()));
    }
    high_pass_.settle();
    std::move(recent_.begin() + static_cast<std::ptrdiff_t>(count), recent_.end(), recent_.begin());
    std::copy_n(fresh.begin(), count, recent_.end() - static_cast<std::ptrdiff_t>(count));
}

double Periodicity::value() const {
    constexpr float nothing = 1e-12f;
    const std::span<const float> newest = std::span(recent_).last(window);
    const float energy = dot_product(newest, newest);
    float best = 0.0f;
    for (std::size_t period = shortest_period; period <= longest_period; ++period) {
        const auto earlier = std::span(recent_).subspan(recent_.size() - window - period, window);
        const float norm = std::sqrt(energy * dot_product(earlier, earlier));
        if (norm > nothing) best = std::max(best, dot_product(newest, earlier) / norm);
    }
    return best;
}

}  // namespace changji
