#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <thread>

namespace changji::test {

/// What a microphone hears.
struct Hears {
    enum class What {
        Nothing,      ///< no samples at all: it is dead
        DigitalZero,  ///< samples, all zero: muted in hardware, or a dead capsule
        Silence,      ///< the faint noise of a quiet room, −72 dBFS RMS
        Tone,
        Beeps,  ///< over that noise: 10 ms of 1 kHz from every multiple of period_s of CLOCK_MONOTONIC
    };
    What what = What::Silence;
    double frequency_hz = 1000.0;
    double peak = 0.5;
    double period_s = 1.0;
    double delay_s = 0.0;   ///< beeps so much later than that
    double skew_ppm = 0.0;  ///< its clock runs fast: 48000 × (1 + skew) samples a second

    static constexpr double beep_s = 0.010;
};

/// Writes 48 kHz stereo 16-bit samples into a FIFO in real time, as many as are due on CLOCK_MONOTONIC and not one
/// more; what the reader does not take in time is lost, in whole frames, as in a sound card.
class PipeMicrophone {
public:
    explicit PipeMicrophone(std::filesystem::path fifo);
    ~PipeMicrophone();
    PipeMicrophone(const PipeMicrophone&) = delete;
    PipeMicrophone& operator=(const PipeMicrophone&) = delete;

    void hear(const Hears& hears);  ///< from now on

private:
    void feed();
    [[nodiscard]] static std::int16_t sample_at(const Hears& hears, double time_s, std::uint32_t& noise);

    std::filesystem::path fifo_;
    std::mutex mutex_;
    Hears hears_;  ///< guarded
    std::atomic<bool> ended_{false};
    std::thread feeder_;
};

}  // namespace changji::test
