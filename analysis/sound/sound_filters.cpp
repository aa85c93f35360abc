#include "analysis/sound/sound_filters.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace changji {
namespace {

constexpr double first_q = 0.54119610014619698;
constexpr double second_q = 1.3065629648763766;
constexpr double faded = 1e-20;

}  // namespace

float dot_product(std::span<const float> a, std::span<const float> b) {
    constexpr std::size_t lanes = 8;
    const std::size_t count = std::min(a.size(), b.size());
    const float* p = a.data();
    const float* q = b.data();
    std::array<float, lanes> sums{};
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) sums[lane] += p[i + lane] * q[i + lane];
    }
    for (; i < count; ++i) sums[0] += p[i] * q[i];
    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

Biquad Biquad::high_pass(double hertz, double q, double rate_hz) {
    const double w = 2.0 * std::numbers::pi * hertz / rate_hz;
    const double alpha = std::sin(w) / (2.0 * q), a0 = 1.0 + alpha, c = std::cos(w);
    Biquad made;
    made.b0_ = made.b2_ = (1.0 + c) / 2.0 / a0;
    made.b1_ = -(1.0 + c) / a0;
    made.a1_ = -2.0 * c / a0;
    made.a2_ = (1.0 - alpha) / a0;
    return made;
}

Biquad Biquad::low_pass(double hertz, double q, double rate_hz) {
    Biquad made = high_pass(hertz, q, rate_hz);  // shares its denominator
    const double w = 2.0 * std::numbers::pi * hertz / rate_hz;
    const double a0 = 1.0 + std::sin(w) / (2.0 * q), c = std::cos(w);
    made.b0_ = made.b2_ = (1.0 - c) / 2.0 / a0;
    made.b1_ = (1.0 - c) / a0;
    return made;
}

void Biquad::settle() {
    if (std::abs(s1_) < faded) s1_ = 0.0;
    if (std::abs(s2_) < faded) s2_ = 0.0;
}

SteepFilter SteepFilter::high_pass(double hertz) {
    return {Biquad::high_pass(hertz, first_q), Biquad::high_pass(hertz, second_q)};
}

SteepFilter SteepFilter::low_pass(double hertz) {
    return {Biquad::low_pass(hertz, first_q), Biquad::low_pass(hertz, second_q)};
}

void SteepFilter::settle() {
    first_.settle();
    second_.settle();
}

Decimator::Decimator(int factor)
    : factor_(static_cast<std::size_t>(factor)), taps_(16 * factor_), heard_(2 * taps_.size(), 0.0f) {
    const auto count = static_cast<double>(taps_.size());
    const double cutoff = 0.4 / factor;  // of the old rate
    double sum = 0.0;
    std::vector<double> exact;
    for (std::size_t i = 0; i < taps_.size(); ++i) {
        const double from_middle = static_cast<double>(i) - (count - 1.0) / 2.0;
        const double turn = 2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / count;
        const double blackman = 0.42 - 0.5 * std::cos(turn) + 0.08 * std::cos(2.0 * turn);
        const double phase = 2.0 * std::numbers::pi * cutoff * from_middle;
        exact.push_back(blackman * std::sin(phase) / phase);  // never 0/0: the count is even
        sum += exact.back();
    }
    std::transform(exact.begin(), exact.end(), taps_.begin(),
                   [sum](double tap) { return static_cast<float>(tap / sum); });
}

bool Decimator::hear(float sample) {
    heard_[at_] = heard_[at_ + taps_.size()] = sample;
    at_ = at_ + 1 == taps_.size() ? 0 : at_ + 1;
    if (++since_ < factor_) return false;
    since_ = 0;
    newest_ = dot_product(taps_, std::span(heard_).subspan(at_, taps_.size()));
    return true;
}

}  // namespace changji
