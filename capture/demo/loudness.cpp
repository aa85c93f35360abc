#include "capture/demo/loudness.hpp"

#include "capture/types/sound_block.hpp"

#include <cmath>
#include <numeric>
#include <vector>

namespace changji::demo {
namespace {

struct Biquad {
    double b0, b1, b2, a1, a2;
    double z1 = 0.0, z2 = 0.0;

    double filter(double in) {
        const double out = b0 * in + z1;
        z1 = b1 * in - a1 * out + z2;
        z2 = b2 * in - a2 * out;
        return out;
    }
};

/// Both channels' power as loudness.
double lufs(double power) { return -0.691 + 10.0 * std::log10(2.0 * power); }

double mean_above(const std::vector<double>& powers, double gate_lufs) {
    double sum = 0.0;
    int count = 0;
    for (const double power : powers) {
        if (power <= 0.0 || lufs(power) < gate_lufs) continue;
        sum += power;
        ++count;
    }
    return count > 0 ? sum / count : 0.0;
}

}  // namespace

double two_channel_loudness_lufs(std::span<const float> one_channel) {
    // The two stages of K-weighting at 48 kHz, as BS.1770 tabulates them.
    Biquad shelf{1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585};
    Biquad high_pass{1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621};
    constexpr std::size_t step = sound_rate_hz / 10, steps_a_block = 4;
    std::vector<double> step_energy(one_channel.size() / step);
    for (std::size_t i = 0; i < step_energy.size() * step; ++i) {
        const double weighted = high_pass.filter(shelf.filter(one_channel[i]));
        step_energy[i / step] += weighted * weighted;
    }
    std::vector<double> powers;
    for (std::size_t i = 0; i + steps_a_block <= step_energy.size(); ++i) {
        const auto first = step_energy.begin() + static_cast<std::ptrdiff_t>(i);
        powers.push_back(std::accumulate(first, first + steps_a_block, 0.0) / (step * steps_a_block));
    }
    const double absolute = mean_above(powers, -70.0);
    if (absolute <= 0.0) return -70.0;
    return lufs(mean_above(powers, lufs(absolute) - 10.0));
}

}  // namespace changji::demo
