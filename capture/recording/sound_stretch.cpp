#include "capture/recording/sound_stretch.hpp"

#include "capture/types/sound_block.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace changji {
namespace {

constexpr int half_taps = 16;
constexpr int taps = 2 * half_taps;
constexpr int phases = 512;
constexpr double kaiser_beta = 9.0;

using Kernel = std::array<float, taps>;

double kernel_value(double x) {
    const double edge = x / half_taps;
    if (std::abs(edge) >= 1.0) return 0.0;
    const double window =
        std::cyl_bessel_i(0.0, kaiser_beta * std::sqrt(1.0 - edge * edge)) / std::cyl_bessel_i(0.0, kaiser_beta);
    const double angle = std::numbers::pi * x;
    return x == 0.0 ? 1.0 : window * std::sin(angle) / angle;
}

std::vector<Kernel> make_kernels() {
    std::vector<Kernel> kernels(phases + 1);
    for (int phase = 0; phase <= phases; ++phase) {
        std::array<double, taps> row{};
        double sum = 0.0;
        for (int tap = 0; tap < taps; ++tap) {
            row[tap] = kernel_value(tap - (half_taps - 1) - static_cast<double>(phase) / phases);
            sum += row[tap];
        }
        for (int tap = 0; tap < taps; ++tap) kernels[phase][tap] = static_cast<float>(row[tap] / sum);
    }
    return kernels;
}

}  // namespace

void SoundStretch::interpolate(std::vector<float>& out) const {
    static const std::vector<Kernel> kernels = make_kernels();
    const double row = fraction_ * phases;
    const auto below = static_cast<std::size_t>(row);
    const auto blend = static_cast<float>(row - static_cast<double>(below));
    const Kernel& first = kernels[below];
    const Kernel& second = kernels[below + 1];
    const float* in = held_.data() + (read_ - (half_taps - 1)) * sound_channels;
    float left = 0.0F, right = 0.0F;
    for (int tap = 0; tap < taps; ++tap) {
        const float weight = first[tap] + blend * (second[tap] - first[tap]);
        left += weight * in[2 * tap];
        right += weight * in[2 * tap + 1];
    }
    out.push_back(left);
    out.push_back(right);
}

void SoundStretch::run(std::span<const float> in, double step, std::vector<float>& out) {
    if (held_.empty()) {
        held_.assign((half_taps - 1) * sound_channels, 0.0F);
        read_ = half_taps - 1;
    }
    held_.insert(held_.end(), in.begin(), in.end());

    const std::size_t frames = held_.size() / sound_channels;
    while (read_ + half_taps < frames) {
        if (fraction_ == 0.0) {
            out.insert(out.end(), {held_[2 * read_], held_[2 * read_ + 1]});
        } else {
            interpolate(out);
        }
        ++frames_out_;
        fraction_ += step;
        const double whole = std::floor(fraction_);
        read_ += static_cast<std::size_t>(whole);
        fraction_ -= whole;
    }
    const std::size_t done = read_ - (half_taps - 1);
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(done * sound_channels));
    read_ -= done;
}

double SoundStretch::position() const {
    const double waiting = static_cast<double>(held_.size() / sound_channels) - static_cast<double>(read_) - fraction_;
    return static_cast<double>(frames_out_) + waiting;
}

}  // namespace changji
