#pragma once

#include "analysis/sound/sound_filters.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <span>

namespace changji {

/// Whether the reader speaks, every 10 ms: a voice begins it (periodic sound near the speaker's own loudest), sound in
/// the band of speech holds it, and 120 ms without end it. Stricter than VoiceActivity, because every click that
/// passes moves the prompter on. Pure; one thread.
class ReaderGate {
public:
    static constexpr std::size_t step = 160;    ///< samples at 16 kHz
    static constexpr std::size_t window = 400;  ///< what is looked at: the last 25 ms

    /// The next 10 ms of 16 kHz mono. Says whether the reader spoke in the window that ends here.
    bool hear(std::span<const float, step> samples);
    /// By how much the speaker's peaks stand above the room, in dB.
    [[nodiscard]] double speech_to_noise_db() const { return peak_db_ - floor_db_; }

private:
    [[nodiscard]] double level_db() const;
    [[nodiscard]] bool is_periodic() const;
    void follow_floor(double level_db);

    Biquad high_pass_ = Biquad::high_pass(200.0, Biquad::butterworth_q, 16'000.0);
    Biquad low_pass_ = Biquad::low_pass(4000.0, Biquad::butterworth_q, 16'000.0);
    std::array<float, window> heard_{};
    std::deque<double> levels_db_;  ///< of the last 1.5 s
    int steps_ = 0;
    double floor_db_ = -100.0;
    double peak_db_ = -35.0;
    unsigned voiced_ = 0;  ///< a bit for each of the last ten steps
    int hang_ = 0;
    bool open_ = false;
};

}  // namespace changji
