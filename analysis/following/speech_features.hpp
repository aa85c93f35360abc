#pragma once

#include "analysis/following/speech_frames.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

namespace changji {

/// What speech is compared by: eight normalised cepstra and twice their slopes.
using SpeechFeature = std::array<float, 2 * std::tuple_size_v<Cepstra>>;

/// Root of the mean squared difference; about 1 between two sounds that have nothing in common.
[[nodiscard]] inline float distance(const SpeechFeature& a, const SpeechFeature& b) {
    float sum = 0.0F;
    for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
    return std::sqrt(sum / static_cast<float>(a.size()));
}

/// Mean and deviation of the cepstra of a speaker and a room.
struct CepstralScale {
    Cepstra mean{};
    Cepstra deviation{};
};
[[nodiscard]] CepstralScale scale_of(std::span<const Cepstra> speech);

/// Features of a stretch of speech as a whole; the slopes at its ends are taken over what is there.
[[nodiscard]] std::vector<SpeechFeature> features_of(std::span<const Cepstra> speech, const CepstralScale& scale);

/// Features of a live voice, 40 ms late (the slope looks two frames ahead). Mean and deviation begin at those of the
/// reference and move to the voice's own within a second of speech. One thread.
class LiveFeatures {
public:
    struct Frame {
        SpeechFeature feature{};
        bool speaking = false;
        double speech_to_noise_db = 0.0;
    };
    explicit LiveFeatures(const CepstralScale& reference);
    /// The frame of two frames before; none for the first two.
    [[nodiscard]] std::optional<Frame> hear(const SpeechFrame& frame);

private:
    static constexpr std::size_t reach = 2;
    struct Normalised {
        Cepstra cepstra{};
        bool speaking = false;
        double speech_to_noise_db = 0.0;
    };
    Cepstra mean_, square_;
    int heard_speech_;
    std::array<Normalised, 2 * reach + 1> latest_{};  ///< oldest first
    std::size_t heard_ = 0;
};

}  // namespace changji
