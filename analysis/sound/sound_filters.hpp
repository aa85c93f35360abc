#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace changji {

/// Sum of products; the longer span's rest is left out. Eight sums run side by side, always in the same order.
[[nodiscard]] float dot_product(std::span<const float> a, std::span<const float> b);

/// A second-order section at 48 kHz, or at another rate, after R. Bristow-Johnson's "Audio EQ Cookbook".
class Biquad {
public:
    static constexpr double butterworth_q = 0.70710678118654752;

    [[nodiscard]] static Biquad high_pass(double hertz, double q = butterworth_q, double rate_hz = 48'000.0);
    [[nodiscard]] static Biquad low_pass(double hertz, double q = butterworth_q, double rate_hz = 48'000.0);

    double filter(double x) {
        const double y = b0_ * x + s1_;
        s1_ = b1_ * x - a1_ * y + s2_;
        s2_ = b2_ * x - a2_ * y;
        return y;
    }
    /// Forgets what has faded away: denormal numbers are slow. Call every 20 ms or so.
    void settle();

private:
    double b0_ = 1.0, b1_ = 0.0, b2_ = 0.0, a1_ = 0.0, a2_ = 0.0;
    double s1_ = 0.0, s2_ = 0.0;
};

/// Butterworth of fourth order: two sections. Low-pass and high-pass of one frequency share out the power.
class SteepFilter {
public:
    [[nodiscard]] static SteepFilter high_pass(double hertz);
    [[nodiscard]] static SteepFilter low_pass(double hertz);

    double filter(double x) { return second_.filter(first_.filter(x)); }
    void settle();

private:
    SteepFilter(const Biquad& first, const Biquad& second) : first_(first), second_(second) {}
    Biquad first_, second_;
};

/// Every `factor`-th sample of 48 kHz mono after a linear-phase low-pass of 16·factor taps (windowed sinc, Blackman):
/// −6 dB at 0.4 of the new rate, flat within 0.1 dB up to 0.28 of it, −50 dB at and above 0.55. Late by 8 new samples.
class Decimator {
public:
    explicit Decimator(int factor);
    /// True when a new sample came out.
    bool hear(float sample);
    [[nodiscard]] float newest() const { return newest_; }

private:
    std::size_t factor_;
    std::vector<float> taps_;
    std::vector<float> heard_;  ///< a ring, written twice so that the latest taps_.size() always lie in one piece
    std::size_t at_ = 0;
    std::size_t since_ = 0;
    float newest_ = 0.0f;
};

}  // namespace changji
