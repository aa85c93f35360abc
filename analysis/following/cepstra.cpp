#include "analysis/following/cepstra.hpp"

#include "analysis/sound/sound_filters.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/core.hpp>

namespace changji {
namespace {

constexpr std::size_t transform_length = 512;
constexpr std::size_t band_count = 26;
constexpr double lowest_hz = 80.0, highest_hz = 7000.0, rate_hz = 16'000.0;
constexpr float power_floor = 1e-8F;

double mel(double hertz) { return 1127.0 * std::log(1.0 + hertz / 700.0); }
double hertz(double mel) { return 700.0 * (std::exp(mel / 1127.0) - 1.0); }

}  // namespace

CepstraMaker::CepstraMaker() {
    for (std::size_t i = 0; i < window; ++i) {
        const double turn = 2.0 * std::numbers::pi * static_cast<double>(i) / (window - 1);
        hamming_[i] = static_cast<float>(0.54 - 0.46 * std::cos(turn));
    }
    const auto edge_bin = [](std::size_t edge) {
        const double at =
            mel(lowest_hz) + (mel(highest_hz) - mel(lowest_hz)) * static_cast<double>(edge) / (band_count + 1);
        return static_cast<std::size_t>((transform_length + 1) * hertz(at) / rate_hz);
    };
    for (std::size_t band = 0; band < band_count; ++band) {
        const std::size_t left = edge_bin(band);
        const std::size_t middle = std::max(edge_bin(band + 1), left + 1);
        const std::size_t right = std::max(edge_bin(band + 2), middle + 1);
        Band made{left, {}};
        for (std::size_t bin = left; bin < right; ++bin) {
            const double up = static_cast<double>(bin - left) / static_cast<double>(middle - left);
            const double down =
                (static_cast<double>(right) - static_cast<double>(bin)) / static_cast<double>(right - middle);
            made.weights.push_back(static_cast<float>(bin < middle ? up : down));
        }
        bands_.push_back(std::move(made));
        Cepstra cosines{};
        for (std::size_t k = 0; k < cosines.size(); ++k) {
            const double scale = std::sqrt((k == 0 ? 1.0 : 2.0) / band_count);
            const double turn = std::numbers::pi * static_cast<double>(k) * (static_cast<double>(band) + 0.5);
            cosines[k] = static_cast<float>(scale * std::cos(turn / band_count));
        }
        cosines_.push_back(cosines);
    }
}

Cepstra CepstraMaker::of(std::span<const float, window> emphasised) const {
    cv::Mat sound = cv::Mat::zeros(1, transform_length, CV_32F);
    auto* const samples = sound.ptr<float>();
    for (std::size_t i = 0; i < window; ++i) samples[i] = emphasised[i] * hamming_[i];
    cv::Mat spectrum;
    cv::dft(sound, spectrum);  // re 0, re 1, im 1, re 2, im 2, ...
    const auto* const parts = spectrum.ptr<float>();
    std::array<float, transform_length / 2> power{};
    power[0] = parts[0] * parts[0];
    for (std::size_t bin = 1; bin < power.size(); ++bin) {
        power[bin] = parts[2 * bin - 1] * parts[2 * bin - 1] + parts[2 * bin] * parts[2 * bin];
    }
    Cepstra cepstra{};
    for (std::size_t band = 0; band < band_count; ++band) {
        const auto bins = std::span<const float>(power).subspan(bands_[band].first_bin);
        const float level = std::log(dot_product(bands_[band].weights, bins) + power_floor);
        for (std::size_t k = 0; k < cepstra.size(); ++k) cepstra[k] += level * cosines_[band][k];
    }
    return cepstra;
}

}  // namespace changji
