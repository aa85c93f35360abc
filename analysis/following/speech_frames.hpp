#pragma once

#include "analysis/following/cepstra.hpp"
#include "analysis/following/reader_gate.hpp"
#include "analysis/sound/sound_filters.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace changji {

/// 20 ms of sound: its spectrum's shape, and whether the reader spoke.
struct SpeechFrame {
    Cepstra cepstra{};
    bool speaking = false;
    double speech_to_noise_db = 0.0;
};

/// Cuts 48 kHz stereo into speech frames: frame i ends at 30 ms + i · 20 ms and looks at the 25 ms before. Pure; one
/// thread.
class SpeechFramer {
public:
    static constexpr double frame_s = 0.02;
    static constexpr double middle_s = 0.017;  ///< the middle of what frame 0 looks at, the decimator's delay included

    /// Any number of sample pairs, in order. The frames that became whole.
    [[nodiscard]] std::vector<SpeechFrame> hear(std::span<const float> interleaved);
    [[nodiscard]] std::int64_t frames_made() const { return frames_made_; }

private:
    void finish_step(std::vector<SpeechFrame>& made);

    Decimator decimator_{3};
    ReaderGate gate_;
    CepstraMaker cepstra_;
    std::array<float, ReaderGate::step> step_{};
    std::size_t filled_ = 0;
    std::array<float, CepstraMaker::window> emphasised_{};
    float before_ = 0.0F;
    std::int64_t steps_ = 0;
    std::int64_t frames_made_ = 0;
};

}  // namespace changji
