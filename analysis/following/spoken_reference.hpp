#pragma once

#include "analysis/following/speech_features.hpp"
#include "capture/types/result.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace changji {

/// A phrase of the script between two marks of punctuation, as a synthesiser reads it.
struct SpokenPhrase {
    std::vector<float> samples;       ///< mono at 48 kHz
    std::vector<double> onsets_s;     ///< of its characters, one each, ascending
    std::size_t first_character = 0;  ///< of the script
};

/// What the script sounds like: the features of its phrases in a row, without the pauses between them.
class SpokenReference {
public:
    /// InvalidConfig when nothing in the phrases can be heard.
    [[nodiscard]] static Result<SpokenReference> of(std::span<const SpokenPhrase> phrases);

    [[nodiscard]] std::size_t size() const { return features_.size(); }
    [[nodiscard]] const std::vector<SpeechFeature>& features() const { return features_; }
    /// Of each frame how many characters are spoken before it, with fractions; ascending.
    [[nodiscard]] const std::vector<float>& characters() const { return characters_; }
    /// Frames at which a phrase begins, ascending.
    [[nodiscard]] const std::vector<std::size_t>& phrase_starts() const { return phrase_starts_; }
    [[nodiscard]] const CepstralScale& scale() const { return scale_; }
    [[nodiscard]] std::size_t character_count() const { return character_count_; }
    /// The first frame at or behind `character`; the last one behind the end.
    [[nodiscard]] std::size_t frame_of(double character) const;

private:
    SpokenReference() = default;

    std::vector<SpeechFeature> features_;
    std::vector<float> characters_;
    std::vector<std::size_t> phrase_starts_;
    CepstralScale scale_;
    std::size_t character_count_ = 0;
};

}  // namespace changji
