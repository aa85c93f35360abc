#include "analysis/following/reader_gate.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace changji {
namespace {

constexpr double above_floor_db = 6.0;
constexpr double below_peak_db = 28.0;
constexpr double least_periodicity = 0.6;
constexpr int voiced_steps_to_open = 3;
constexpr int hang_steps = 12;
constexpr std::size_t levels_kept = 150;
constexpr std::size_t learning_steps = 30;
constexpr std::size_t shortest_lag = 40, longest_lag = 240;  // 400 to 67 Hz

double percentile(std::vector<double> values, double share) {
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

}  // namespace

double ReaderGate::level_db() const {
    return 10.0 * std::log10(dot_product(heard_, heard_) / static_cast<double>(window) + 1e-10);
}

/// The highest autocorrelation of a voice's lags, as a share of the power, not biased by fewer products.
bool ReaderGate::is_periodic() const {
    std::array<float, window> moving = heard_;
    double mean = 0.0;
    for (const float sample : moving) mean += sample;
    for (float& sample : moving) sample -= static_cast<float>(mean / window);
    const std::span<const float> all(moving);
    const float power = dot_product(all, all) + 1e-9F;
    for (std::size_t lag = shortest_lag; lag < longest_lag; ++lag) {
        const float unbiased = static_cast<float>(window) / static_cast<float>(window - lag);
        if (dot_product(all.first(window - lag), all.subspan(lag)) * unbiased > least_periodicity * power) return true;
    }
    return false;
}

/// Down quickly, up slowly: what is there even in the quietest moments of 1.5 s.
void ReaderGate::follow_floor(double level_db) {
    levels_db_.push_back(level_db);
    if (levels_db_.size() > levels_kept) levels_db_.pop_front();
    const std::vector<double> levels(levels_db_.begin(), levels_db_.end());
    if (levels.size() <= learning_steps) {
        floor_db_ = percentile(levels, 0.5);
    } else if (steps_ % 10 == 0) {
        const double quiet_db = percentile(levels, 0.1);
        floor_db_ += (quiet_db - floor_db_) * (quiet_db < floor_db_ ? 0.5 : 0.05);
    }
    ++steps_;
}

bool ReaderGate::hear(std::span<const float, step> samples) {
    std::copy(heard_.begin() + step, heard_.end(), heard_.begin());
    std::ranges::transform(samples, heard_.end() - step, [&](float sample) {
        return static_cast<float>(low_pass_.filter(high_pass_.filter(sample)));
    });
    high_pass_.settle();
    low_pass_.settle();
    const double level = level_db();
    follow_floor(level);
    const bool loud = level > std::max(floor_db_ + above_floor_db, peak_db_ - below_peak_db);
    const bool voiced = loud && is_periodic();
    if (voiced) peak_db_ = level < peak_db_ ? std::max(peak_db_ - 0.002, level) : peak_db_ + (level - peak_db_) * 0.3;
    voiced_ = (voiced_ << 1 | (voiced ? 1U : 0U)) & 0x3FFU;
    if (!open_ && loud && std::popcount(voiced_) >= voiced_steps_to_open) open_ = true;
    if (open_) {
        hang_ = loud ? hang_steps : hang_ - 1;
        if (hang_ <= 0) {
            open_ = false;
            voiced_ = 0;
        }
    }
    return open_;
}

}  // namespace changji
