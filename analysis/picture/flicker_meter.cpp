#include "analysis/picture/flicker_meter.hpp"

#include "analysis/subject/fetch_ahead.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <vector>

namespace changji {
namespace {

using namespace std::chrono_literals;
using std::numbers::pi;

constexpr std::size_t row_count = std::tuple_size_v<RowMeans>;
constexpr float black_code = 16.0f;
constexpr float least_level = 4.0f;  ///< codes above black: below it, a logarithm would be all noise
constexpr Nanoseconds window = 8s, longest_pause = 500ms, interval = 1s;
constexpr double least_share_of_frames = 0.9;
constexpr double search_step_hz = 1.0 / 16;
constexpr int search_steps = 4;  // to both sides
constexpr double floor_step_hz = 1.0 / 8;
constexpr int floor_from_step = 4, floor_to_step = 12;  // 0.5 to 1.5 Hz away
constexpr double floor_factor = 5.0;  ///< the strongest of some 150 powers of mere noise lies about there
constexpr double slow_hz = 0.5, slowest_hz = 0.1;
constexpr double power_ratio_of_one_way = 9.0;
constexpr double least_slow_percent = 0.1;
constexpr int least_slow_evaluations = 4;

double raised_cosine(double share) { return std::pow(std::sin(pi * share), 2); }

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// When the frames were really taken, as ticks of one even clock.
struct EvenClock {
    std::vector<double> seconds;
    double period_s = 0.0;
};

/// The median of all steps of some frames, each divided by the whole number of ticks that it holds.
double rough_period_s(const std::vector<double>& told_s) {
    constexpr std::size_t frames = 8;
    const auto steps_of = [&](std::size_t count) {
        std::vector<double> steps;
        for (std::size_t i = count; i < told_s.size(); ++i) steps.push_back(told_s[i] - told_s[i - count]);
        return steps;
    };
    const double single_s = median(steps_of(1));
    std::vector<double> steps = steps_of(frames);
    for (double& step : steps) step /= std::max(1.0, std::round(step / single_s));
    return median(std::move(steps));
}

/// Absent when the times are no even clock's, or too many of its ticks are missing.
std::optional<EvenClock> even_clock(const std::vector<double>& told_s) {
    constexpr double trust_in_one_time = 0.1, largest_wavering = 0.25, fewest_frames = 64;
    const auto count = static_cast<double>(told_s.size());
    if (count < fewest_frames) return std::nullopt;
    const double rough_s = rough_period_s(told_s);
    std::vector<double> ticks(told_s.size());
    double expected_s = told_s.front();
    for (std::size_t i = 1; i < told_s.size(); ++i) {
        // A late frame may share the next one's tick, so that the ticks after it stay right.
        const double step = std::max(0.0, std::round((told_s[i] - expected_s) / rough_s));
        ticks[i] = ticks[i - 1] + step;
        expected_s += step * rough_s;
        expected_s += trust_in_one_time * (told_s[i] - expected_s);
    }
    if (count < least_share_of_frames * (ticks.back() + 1.0)) return std::nullopt;

    // The line of least squares through the times.
    const double mean_tick = std::accumulate(ticks.begin(), ticks.end(), 0.0) / count;
    const double mean_s = std::accumulate(told_s.begin(), told_s.end(), 0.0) / count;
    double product = 0.0, square = 0.0;
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        product += (ticks[i] - mean_tick) * (told_s[i] - mean_s);
        square += (ticks[i] - mean_tick) * (ticks[i] - mean_tick);
    }
    EvenClock clock{ticks, product / square};
    double wavering = 0.0;
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        clock.seconds[i] = mean_s + (ticks[i] - mean_tick) * clock.period_s;
        wavering += std::pow((told_s[i] - clock.seconds[i]) / clock.period_s, 2);
    }
    if (std::sqrt(wavering / count) > largest_wavering) return std::nullopt;
    return clock;
}

}  // namespace

RowMeans row_means(const VideoFrame& frame) {
    assert(frame.format == PixelFormat::I420 && frame.height_px >= static_cast<int>(row_count));
    RowMeans means;
    const auto line_in = [&frame](std::size_t band) {
        const auto line = (2 * band + 1) * static_cast<std::size_t>(frame.height_px) / (2 * row_count);
        return line_of(frame.planes[0], static_cast<int>(line));
    };
    for (std::size_t band = 0; band < row_count; ++band) {
        fetch_ahead(line_in(std::min(band + 1, row_count - 1)), frame.width_px);
        const std::uint8_t* const pixels = line_in(band);
        std::uint32_t sum = 0;
        for (int x = 0; x < frame.width_px; ++x) sum += pixels[x];
        means[band] = static_cast<float>(sum) / static_cast<float>(frame.width_px);
    }
    return means;
}

FlickerMeter::Wave FlickerMeter::waves_of(const RowMeans& rows) {
    static const auto basis = [] {
        std::array<Wave, row_count> made;
        for (std::size_t row = 0; row < row_count; ++row) {
            const double y = (static_cast<double>(row) + 0.5) / row_count;
            const double share = 2.0 * raised_cosine(y) / row_count;
            for (std::size_t wave = 0; wave < waves; ++wave) {
                made[row].real[wave] = static_cast<float>(share * std::cos(pi * static_cast<double>(wave) * y));
                made[row].imaginary[wave] = static_cast<float>(-share * std::sin(pi * static_cast<double>(wave) * y));
            }
        }
        return made;
    }();
    Wave sum;
    for (std::size_t row = 0; row < row_count; ++row) {
        const float level = std::log(std::max(rows[row] - black_code, least_level));
        for (std::size_t wave = 0; wave < waves; ++wave) {
            sum.real[wave] += basis[row].real[wave] * level;
            sum.imaginary[wave] += basis[row].imaginary[wave] * level;
        }
    }
    return sum;
}

/// The waves over time, with a Hann window and without their mean.
class FlickerMeter::Spectrum {
public:
    /// Squared amplitudes, of each wave and direction.
    using Power = std::array<std::array<double, waves>, 2>;

    Spectrum(const std::deque<Sample>& samples, const EvenClock& clock) : clock_(clock) {
        const double first_s = clock.seconds.front(), span_s = clock.seconds.back() - first_s + clock.period_s;
        Values real_mean{}, imaginary_mean{};
        for (std::size_t i = 0; i < samples.size(); ++i) {
            weights_.push_back(raised_cosine((clock.seconds[i] - first_s + clock.period_s / 2) / span_s));
            weight_ += weights_.back();
            for (std::size_t wave = 0; wave < waves; ++wave) {
                real_mean[wave] += weights_[i] * samples[i].wave.real[wave];
                imaginary_mean[wave] += weights_[i] * samples[i].wave.imaginary[wave];
            }
        }
        for (const Sample& sample : samples) {
            Values real, imaginary;
            for (std::size_t wave = 0; wave < waves; ++wave) {
                real[wave] = sample.wave.real[wave] - real_mean[wave] / weight_;
                imaginary[wave] = sample.wave.imaginary[wave] - imaginary_mean[wave] / weight_;
            }
            real_.push_back(real);
            imaginary_.push_back(imaginary);
        }
    }

    [[nodiscard]] Power power_at(double hz) const {
        Values real_cos{}, real_sin{}, imaginary_cos{}, imaginary_sin{};
        double cos_sum = 0.0, sin_sum = 0.0;
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            const double phase = 2.0 * pi * hz * clock_.seconds[i];
            const double c = weights_[i] * std::cos(phase), s = weights_[i] * std::sin(phase);
            cos_sum += c;
            sin_sum += s;
            for (std::size_t wave = 0; wave < waves; ++wave) {
                real_cos[wave] += c * real_[i][wave];
                real_sin[wave] += s * real_[i][wave];
                imaginary_cos[wave] += c * imaginary_[i][wave];
                imaginary_sin[wave] += s * imaginary_[i][wave];
            }
        }
        // Without the share that went with the mean: it counts below half a hertz.
        const double norm = (weight_ - (cos_sum * cos_sum + sin_sum * sin_sum) / weight_) / 2.0;
        const auto squared = [norm](double a, double b) { return (a * a + b * b) / (norm * norm); };
        Power power;
        for (std::size_t wave = 0; wave < waves; ++wave) {
            power[0][wave] = squared(real_cos[wave] + imaginary_sin[wave], imaginary_cos[wave] - real_sin[wave]);
            power[1][wave] = squared(real_cos[wave] - imaginary_sin[wave], imaginary_cos[wave] + real_sin[wave]);
        }
        return power;
    }

    /// The largest power of each wave within `search_steps` of `hz`.
    [[nodiscard]] Power peak_around(double hz) const {
        Power peak{};
        for (int step = -search_steps; step <= search_steps; ++step) {
            const double at_hz = std::abs(hz + step * search_step_hz);
            if (at_hz < slowest_hz) continue;
            const Power power = power_at(at_hz);
            for_each([&](int direction, std::size_t wave) {
                peak[direction][wave] = std::max(peak[direction][wave], power[direction][wave]);
            });
        }
        return peak;
    }

    /// The mean power of each wave on both sides of `hz`.
    [[nodiscard]] Power floor_around(double hz) const {
        Power floor{};
        int count = 0;
        for (int step = floor_from_step; step <= floor_to_step; ++step) {
            const double offset = step * floor_step_hz;
            for (const double at_hz : {hz - offset, hz + offset}) {
                if (at_hz < slow_hz || at_hz > 0.5 / clock_.period_s) continue;
                ++count;
                const Power power = power_at(at_hz);
                for_each([&](int direction, std::size_t wave) { floor[direction][wave] += power[direction][wave]; });
            }
        }
        for_each([&](int direction, std::size_t wave) { floor[direction][wave] /= std::max(count, 1); });
        return floor;
    }

    template <typename Visit>
    static void for_each(Visit&& visit) {
        for (int direction = 0; direction < 2; ++direction) {
            for (std::size_t wave = 0; wave < waves; ++wave) visit(direction, wave);
        }
    }

private:
    using Values = std::array<double, waves>;

    const EvenClock& clock_;
    std::vector<double> weights_;
    double weight_ = 0.0;  ///< their sum
    std::vector<Values> real_, imaginary_;
};

void FlickerMeter::see(const RowMeans& rows, CaptureTime at) {
    if (!samples_.empty() && (at <= samples_.back().at || at - samples_.back().at > longest_pause)) {
        *this = FlickerMeter(lamp_hz_);
    }
    samples_.push_back({at, waves_of(rows)});
    if (at - samples_.front().at < window) return;
    while (at - samples_.front().at > window) samples_.pop_front();
    if (evaluated_at_ && at - *evaluated_at_ < interval) return;
    evaluated_at_ = at;
    evaluate();
}

void FlickerMeter::evaluate() {
    percent_.reset();
    std::vector<double> told_s;
    for (const Sample& sample : samples_) told_s.push_back(to_seconds(sample.at - samples_.front().at));
    const auto clock = even_clock(told_s);
    const double alias_hz = clock ? std::abs(std::remainder(lamp_hz_, 1.0 / clock->period_s)) : 0.0;
    const bool slow = alias_hz < slow_hz;
    if (!slow) slow_evaluations_ = 0;
    if (!clock) return;

    const Spectrum spectrum(samples_, *clock);
    const Spectrum::Power peak = spectrum.peak_around(alias_hz), floor = spectrum.floor_around(alias_hz);
    double strongest = 0.0, flicker = 0.0;
    Spectrum::for_each([&](int direction, std::size_t wave) {
        const double power = peak[direction][wave], other_way = peak[1 - direction][wave];
        strongest = std::max(strongest, power);
        if (slow && power < power_ratio_of_one_way * other_way) return;
        flicker = std::max(flicker, power - floor_factor * floor[direction][wave]);
    });
    const double percent = 100.0 * std::sqrt(flicker);
    if (slow) {
        const bool stands_out = percent >= least_slow_percent && flicker >= 0.5 * strongest;
        slow_evaluations_ = stands_out ? slow_evaluations_ + 1 : 0;
        if (slow_evaluations_ < least_slow_evaluations) return;
    }
    percent_ = percent;
}

}  // namespace changji
