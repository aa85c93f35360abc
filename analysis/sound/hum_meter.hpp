#pragma once

#include "analysis/recent_or_take.hpp"
#include "analysis/sound/power_histogram.hpp"
#include "analysis/sound/sound_filters.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace changji {

struct HumReading {
    bool measured = false;           ///< false: too little sound
    std::optional<double> hum_dbfs;  ///< absent though measured: there is no hum

    friend bool operator==(const HumReading&, const HumReading&) = default;
};

/// Mains hum: lines at the mains frequency and its harmonics that stand still while all else changes.
///
/// Spectra of 1 s (Hann), twice a second, of both channels' mean at 4 kHz. For each of the first 20 harmonics the power
/// P of the line within ±1 Hz (±2 Hz at the most: the mains' own frequency drifts) and that of 3 Hz of the noise beside
/// it, N, the median at ±5 to ±15 Hz; of both the 20th percentile over all spectra, so that a voice that passes by does
/// not count. A harmonic hums when its P is 10 dB above N and above −90 dBFS; at least two must hum. The reading is the
/// sum of their P + √(P·N): the 20th percentile of a steady line in noise is too low by that (simulated at 7 to 26 dB,
/// within 0.3 dB). dBFS = 10·log10(power). Measured from 8 spectra (4.5 s) on. With hum of −60 to −40 dBFS in real
/// speech and noise of −60: true within 1 dB.
class HumMeter {
public:
    explicit HumMeter(double mains_hz = 50.0);

    void hear(std::span<const float> interleaved);
    [[nodiscard]] HumReading read() const { return reading_; }
    void begin_take();
    void end_take();

private:
    static constexpr std::size_t harmonics = 20;
    struct Lines {
        std::array<PowerHistogram, harmonics> line, beside;

        void merge(const Lines& other);
    };

    void restart();
    void transform();
    void evaluate();

    double mains_hz_;
    Decimator decimator_{12};
    std::vector<float> second_;  ///< the latest, being filled
    std::vector<float> hann_;
    RecentOrTake<Lines> lines_;
    HumReading reading_;
};

}  // namespace changji
