#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <numeric>

namespace changji {

using Nanoseconds = std::chrono::nanoseconds;

/// When light reached the sensor or sound the microphone: monotonic, never wall time.
using CaptureTime = std::chrono::time_point<std::chrono::steady_clock, Nanoseconds>;

/// An exact ratio; a rate is a Rational in 1/s, never a floating-point number.
struct Rational {
    int num = 0;
    int den = 1;

    [[nodiscard]] constexpr bool is_positive() const { return num > 0 && den > 0; }
    [[nodiscard]] constexpr double value() const { return static_cast<double>(num) / den; }

    friend constexpr bool operator==(Rational a, Rational b) {
        return std::int64_t{a.num} * b.den == std::int64_t{b.num} * a.den;
    }
    friend constexpr std::strong_ordering operator<=>(Rational a, Rational b) {
        return std::int64_t{a.num} * b.den <=> std::int64_t{b.num} * a.den;
    }
};

/// The moment of tick `index` of a clock of `rate` ticks a second, from the clock's start. Exact to 1 ns.
[[nodiscard]] constexpr Nanoseconds tick_time(std::int64_t index, Rational rate) {
    const std::int64_t whole = index / rate.num;
    const std::int64_t rest = index % rate.num;
    return Nanoseconds{whole * rate.den * 1'000'000'000 + rest * rate.den * 1'000'000'000 / rate.num};
}

/// How many ticks of `rate` fit wholly into `span`.
[[nodiscard]] constexpr std::int64_t ticks_within(Nanoseconds span, Rational rate) {
    const std::int64_t period_num = std::int64_t{rate.den} * 1'000'000'000;
    const std::int64_t whole_s = span.count() / 1'000'000'000;
    const std::int64_t rest_ns = span.count() % 1'000'000'000;
    const std::int64_t whole_ticks_num = whole_s * rate.num;
    return whole_ticks_num / rate.den +
           ((whole_ticks_num % rate.den) * 1'000'000'000 + rest_ns * rate.num) / period_num;
}

[[nodiscard]] constexpr Nanoseconds scaled(Nanoseconds span, double factor) {
    return Nanoseconds{static_cast<std::int64_t>(static_cast<double>(span.count()) * factor)};
}

[[nodiscard]] constexpr double to_seconds(Nanoseconds span) { return std::chrono::duration<double>(span).count(); }

}  // namespace changji
