#include "capture/demo/room_noise.hpp"

#include "capture/types/sound_block.hpp"

#include <cmath>
#include <numbers>

namespace changji::demo {

RoomNoise::RoomNoise(std::uint32_t seed) : state_(seed) {
    constexpr int measured_frames = 2 * sound_rate_hz;
    double energy = 0.0;
    for (int i = 0; i < measured_frames; ++i) {
        const double value = filtered();
        energy += value * value;
    }
    gain_ = 1.0 / std::sqrt(energy / measured_frames);
}

float RoomNoise::next() { return static_cast<float>(gain_ * filtered()); }

double RoomNoise::filtered() {
    state_ = state_ * 1664525U + 1013904223U;
    const double white = static_cast<double>(static_cast<std::int32_t>(state_)) / 2147483648.0;
    pink_[0] = 0.99765 * pink_[0] + 0.0990460 * white;
    pink_[1] = 0.96300 * pink_[1] + 0.2965164 * white;
    pink_[2] = 0.57000 * pink_[2] + 1.0526913 * white;
    double value = pink_[0] + pink_[1] + pink_[2] + 0.1848 * white;
    constexpr double share = 2.0 * std::numbers::pi * 80.0 / sound_rate_hz;
    for (double& low : low_) {
        low += share * (value - low);
        value -= low;
    }
    return value;
}

}  // namespace changji::demo
