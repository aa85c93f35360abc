#include "analysis/sound/hum_meter.hpp"

#include "capture/types/sound_block.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/core.hpp>

namespace changji {
namespace {

constexpr std::size_t rate_hz = 4000;  // one spectrum's bins are 1 Hz apart
constexpr std::size_t step = rate_hz / 2;
constexpr std::int64_t enough_spectra = 8;
constexpr double step_s = 0.5;
constexpr double share = 0.2;
constexpr double hums_above = 10.0;  // in power: 10 dB
constexpr double least_line_dbfs = -90.0;
constexpr int line_bins = 3;
constexpr int nearest_beside = 5, farthest_beside = 15;

}  // namespace

void HumMeter::Lines::merge(const Lines& other) {
    for (std::size_t i = 0; i < harmonics; ++i) {
        line[i].merge(other.line[i]);
        beside[i].merge(other.beside[i]);
    }
}

HumMeter::HumMeter(double mains_hz) : mains_hz_(mains_hz) {
    for (std::size_t i = 0; i < rate_hz; ++i) {
        const double turn = 2.0 * std::numbers::pi * static_cast<double>(i) / rate_hz;
        hann_.push_back(static_cast<float>(0.5 - 0.5 * std::cos(turn)));
    }
}

void HumMeter::hear(std::span<const float> interleaved) {
    for (std::size_t i = 0; i + 1 < interleaved.size(); i += sound_channels) {
        if (!decimator_.hear((interleaved[i] + interleaved[i + 1]) / 2.0f)) continue;
        second_.push_back(decimator_.newest());
        if (second_.size() < rate_hz) continue;
        transform();
        second_.erase(second_.begin(), second_.begin() + step);
    }
}

void HumMeter::transform() {
    cv::Mat windowed(1, rate_hz, CV_32F);
    for (std::size_t i = 0; i < rate_hz; ++i) windowed.at<float>(0, static_cast<int>(i)) = second_[i] * hann_[i];
    cv::Mat spectrum;
    cv::dft(windowed, spectrum);  // re 0, re 1, im 1, re 2, im 2, ...
    // A sine's power is that of three bins: its own and the two into which the window spreads it.
    constexpr double sine_gain = 2.0 / (rate_hz * double{rate_hz} * 0.25 * 1.5);
    const auto bin_power = [&](int hertz) {
        const double re = spectrum.at<float>(0, 2 * hertz - 1), im = spectrum.at<float>(0, 2 * hertz);
        return (re * re + im * im) * sine_gain;
    };
    for (std::size_t i = 0; i < harmonics; ++i) {
        const int middle = static_cast<int>(std::lround(mains_hz_ * static_cast<double>(i + 1)));
        double line = 0.0;
        for (int at = middle - 1; at <= middle + 1; ++at) {
            line = std::max(line, bin_power(at - 1) + bin_power(at) + bin_power(at + 1));
        }
        std::vector<double> beside;
        for (int away = nearest_beside; away <= farthest_beside; ++away) {
            beside.push_back(bin_power(middle - away));
            beside.push_back(bin_power(middle + away));
        }
        const auto median = beside.begin() + static_cast<std::ptrdiff_t>(beside.size() / 2);
        std::nth_element(beside.begin(), median, beside.end());
        lines_.current().line[i].add(line);
        lines_.current().beside[i].add(*median * line_bins);
    }
    lines_.advance(step_s);
    evaluate();
}

/// Once a spectrum: five rows a second would merge forty histograms each.
void HumMeter::evaluate() {
    const Lines lines = lines_.combined();
    reading_ = {};
    reading_.measured = lines.line[0].total() >= enough_spectra;
    if (!reading_.measured) return;
    int humming = 0;
    double power = 0.0;
    for (std::size_t i = 0; i < harmonics; ++i) {
        const double line_dbfs = lines.line[i].percentile_dbfs(share);
        const double line = power_of(line_dbfs), beside = power_of(lines.beside[i].percentile_dbfs(share));
        if (line_dbfs < least_line_dbfs || line < hums_above * beside) continue;
        ++humming;
        power += line + std::sqrt(line * beside);  // what noise takes from a steady line at its 20th percentile
    }
    if (humming >= 2) reading_.hum_dbfs = 10.0 * std::log10(power);
}

void HumMeter::restart() {
    second_.clear();
    reading_ = {};
}

void HumMeter::begin_take() {
    restart();
    lines_.begin_take();
}

void HumMeter::end_take() {
    restart();
    lines_.end_take();
}

}  // namespace changji
