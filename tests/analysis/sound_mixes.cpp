#include "tests/analysis/sound_mixes.hpp"

#include "tests/support/media.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace changji::test {
namespace {

std::size_t sample_at(double seconds) {
    return static_cast<std::size_t>(std::lround(seconds * sound_rate_hz)) * sound_channels;
}

}  // namespace

Interleaved media_sound(const std::string& name, double least_s, const std::string& filter) {
    const Interleaved once = decode_sound(media_folder() / name, filter);
    Interleaved sound = once;
    while (sound.size() < sample_at(least_s)) append(sound, once);
    return sound;
}

void mix_in(Interleaved& sound, const Interleaved& more, double gain, double at_s) {
    const std::size_t from = sample_at(at_s);
    for (std::size_t i = 0; i < more.size() && from + i < sound.size(); ++i) {
        sound[from + i] += static_cast<float>(gain) * more[i];
    }
}

Interleaved cut_out(const Interleaved& sound, double from_s, double to_s) {
    return {sound.begin() + static_cast<std::ptrdiff_t>(sample_at(from_s)),
            sound.begin() + static_cast<std::ptrdiff_t>(std::min(sound.size(), sample_at(to_s)))};
}

Interleaved door_slam(double peak_dbfs) {
    std::mt19937 random(7);
    std::normal_distribution<double> amplitude(0.0, 1.0);
    std::vector<double> mono;
    double dull = 0.0, peak = 0.0;
    for (int i = 0; i < sound_rate_hz * 6 / 10; ++i) {
        const double t = static_cast<double>(i) / sound_rate_hz;
        dull += (amplitude(random) - dull) * 0.15;
        const double tones =
            0.3 * std::sin(2 * std::numbers::pi * 90 * t) + 0.2 * std::sin(2 * std::numbers::pi * 143 * t);
        mono.push_back(std::exp(-t / 0.06) * std::min(1.0, t / 0.002) * (1.5 * dull + tones));
        peak = std::max(peak, std::abs(mono.back()));
    }
    Interleaved slam;
    for (const double sample : mono) {
        const auto scaled = static_cast<float>(sample / peak * std::pow(10.0, peak_dbfs / 20.0));
        slam.insert(slam.end(), {scaled, scaled});
    }
    return slam;
}

}  // namespace changji::test
