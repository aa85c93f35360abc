#include "analysis/sound/sound_scope.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/core.hpp>

namespace changji {
namespace {

constexpr double least_hz = 20.0, most_hz = 20'000.0;
constexpr float fall_db = 2.0F;         // a tenth of a second
constexpr float silent_point = 0.001F;  // −60 dBFS

}  // namespace

double band_hz(std::size_t band) {
    return least_hz * std::pow(most_hz / least_hz, static_cast<double>(band) / (SoundPicture::bands - 1));
}

double place_of_hz(double hertz) { return std::log(hertz / least_hz) / std::log(most_hz / least_hz); }

bool SoundScope::hear(std::span<const float> interleaved) {
    bool fresh = false;
    const auto piece = [this](std::span<const float> sound) {
        heard_.insert(heard_.end(), sound.begin(), sound.end());
    };
    phase_.hear(interleaved);
    slots_.cut(interleaved, piece, [&] {
        finish_slot();
        fresh = true;
    });
    return fresh;
}

void SoundScope::restart() { *this = SoundScope(); }

void SoundScope::finish_slot() {
    constexpr std::size_t kept = window_pairs * sound_channels;
    if (heard_.size() > kept) heard_.erase(heard_.begin(), heard_.end() - kept);
    transform();
    take_points();
    picture_.correlation = phase_.newest();
}

void SoundScope::transform() {
    static const std::vector<float> hann = [] {
        std::vector<float> window(window_pairs);
        for (std::size_t i = 0; i < window_pairs; ++i) {
            const double turn = 2.0 * std::numbers::pi * static_cast<double>(i) / window_pairs;
            window[i] = static_cast<float>(0.5 - 0.5 * std::cos(turn));
        }
        return window;
    }();
    // Both channels in one transform, as real and imaginary part: the powers of the bins k and −k sum up to theirs.
    constexpr int size = window_pairs;
    cv::Mat pairs(1, size, CV_32FC2, cv::Scalar(0, 0));
    auto* const into = pairs.ptr<float>();
    const std::size_t missing = window_pairs - heard_.size() / sound_channels;
    for (std::size_t i = missing; i < window_pairs; ++i) {
        const std::size_t from = (i - missing) * sound_channels;
        into[2 * i] = heard_[from] * hann[i];
        into[2 * i + 1] = heard_[from + 1] * hann[i];
    }
    cv::dft(pairs, pairs);
    const auto* const bins = pairs.ptr<float>();
    const auto power_of = [bins](int bin) {
        const float re = bins[2 * bin], im = bins[2 * bin + 1];
        return re * re + im * im;
    };
    // A sine's power is that of three bins, once for each sign and channel.
    constexpr double gain = 2.0 / (double{size} * size * 0.25 * 1.5) / 4.0;
    std::vector<double> line(static_cast<std::size_t>(size / 2));
    for (int bin = 1; bin < size / 2; ++bin) {
        line[static_cast<std::size_t>(bin)] = (power_of(bin) + power_of(size - bin)) * gain;
    }
    const auto sine_at = [&](int bin) {
        const auto i = static_cast<std::size_t>(std::clamp(bin, 2, size / 2 - 2));
        return line[i - 1] + line[i] + line[i + 1];
    };
    const double half_band = std::pow(most_hz / least_hz, 0.5 / (SoundPicture::bands - 1));
    constexpr double bin_hz = double{sound_rate_hz} / size;
    for (std::size_t band = 0; band < SoundPicture::bands; ++band) {
        const double middle = band_hz(band);
        const int first = static_cast<int>(std::lround(middle / half_band / bin_hz));
        const int last = std::max(first, static_cast<int>(std::lround(middle * half_band / bin_hz)));
        double power = 1e-12;
        if (last == first) {  // narrower than a bin
            const double exact = middle / bin_hz;
            const int below = static_cast<int>(exact);
            power = std::max(power, std::lerp(sine_at(below), sine_at(below + 1), exact - below));
        }
        for (int bin = first; first < last && bin <= last; ++bin) power = std::max(power, sine_at(bin));
        const auto now = static_cast<float>(10.0 * std::log10(power));
        float& shown = picture_.dbfs[band];
        shown = fell_silent_ ? now : std::max(now, shown - fall_db);
    }
    fell_silent_ = false;
}

void SoundScope::take_points() {
    constexpr std::size_t step = SoundSlots::slot_frames / SoundPicture::points;
    const std::size_t pairs = heard_.size() / sound_channels;
    const std::size_t first = pairs - std::min(pairs, SoundSlots::slot_frames);
    float most = silent_point;
    for (std::size_t i = 0; i < SoundPicture::points; ++i) {
        const std::size_t at = (first + i * step) * sound_channels;
        const float left = heard_[at], right = heard_[at + 1];
        picture_.stereo[i] = {(right - left) / 2.0F, (left + right) / 2.0F};
        most = std::max({most, std::abs(picture_.stereo[i].side), std::abs(picture_.stereo[i].middle)});
    }
    for (SoundPicture::Point& point : picture_.stereo) {
        point.side /= most;
        point.middle /= most;
    }
}

}  // namespace changji
