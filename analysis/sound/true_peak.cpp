#include "analysis/sound/true_peak.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace changji {
namespace {

constexpr std::size_t phases = 4;
constexpr std::size_t taps = 12;
constexpr std::size_t side_by_side = 8;

using Phase = std::array<double, taps>;

/// Of the three positions between two samples; the fourth is the sample itself.
std::array<Phase, phases - 1> make_interpolator() {
    constexpr int all_taps = 49;
    std::array<Phase, phases - 1> made{};
    for (int i = 0; i < all_taps; ++i) {
        const std::size_t phase = static_cast<std::size_t>(i) % phases;
        if (phase == 0) continue;
        const double x = (i - (all_taps - 1) / 2.0) * std::numbers::pi / phases;
        const double hann = 0.5 * (1.0 - std::cos(2.0 * std::numbers::pi * i / (all_taps - 1)));
        made[phase - 1][static_cast<std::size_t>(i) / phases] = std::sin(x) / x * hann;
    }
    return made;
}

const std::array<Phase, phases - 1>& interpolator() {
    static const auto made = make_interpolator();
    return made;
}

/// By how much interpolation can exceed the samples, and a little for rounding.
double most_gain() {
    double most = 0.0;
    for (const Phase& phase : interpolator()) {
        double sum = 0.0;
        for (const double tap : phase) sum += std::abs(tap);
        most = std::max(most, sum);
    }
    return most * (1.0 + 1e-6);
}

/// Highest interpolated magnitude at `places` places side by side; `newest` is the latest sample of the first.
template <std::size_t places>
double highest_of(const double* newest) {
    double highest = 0.0;
    for (const Phase& phase : interpolator()) {
        std::array<double, places> sums{};
        for (std::size_t tap = 0; tap < taps; ++tap) {
            for (std::size_t i = 0; i < places; ++i) sums[i] += (newest - tap)[i] * phase[tap];
        }
        for (const double sum : sums) highest = std::max(highest, std::abs(sum));
    }
    return highest;
}

}  // namespace

double TruePeak::raise(double peak, std::span<const float> interleaved) {
    for (std::size_t left = interleaved.size() / sound_channels; left > 0;) {
        const std::size_t frames = std::min(left, chunk);
        peak = raise_chunk(peak, interleaved.first(frames * sound_channels));
        interleaved = interleaved.subspan(frames * sound_channels);
        left -= frames;
    }
    return peak;
}

double TruePeak::raise_chunk(double peak, std::span<const float> interleaved) {
    static const double gain = most_gain();
    const std::size_t frames = interleaved.size() / sound_channels;
    for (std::size_t channel = 0; channel < sound_channels; ++channel) {
        Channel& heard = channels_[channel];
        double sample_peak = 0.0;
        for (std::size_t i = 0; i < frames; ++i) {
            heard[past + i] = interleaved[sound_channels * i + channel];
            sample_peak = std::max(sample_peak, std::abs(heard[past + i]));
        }
        peak = std::max(peak, sample_peak);
        for (std::size_t i = 0; i < past; ++i) sample_peak = std::max(sample_peak, std::abs(heard[i]));
        if (thrift_ == Thrift::AlwaysInterpolate || sample_peak * gain > peak) {
            double highest = 0.0;
            std::size_t at = 0;
            for (; at + side_by_side <= frames; at += side_by_side) {
                highest = std::max(highest, highest_of<side_by_side>(&heard[past + at]));
            }
            for (; at < frames; ++at) highest = std::max(highest, highest_of<1>(&heard[past + at]));
            peak = std::max(peak, double{static_cast<float>(highest)});  // libebur128 rounds to float
        }
        std::copy_n(heard.begin() + static_cast<std::ptrdiff_t>(frames), past, heard.begin());
    }
    return peak;
}

}  // namespace changji
