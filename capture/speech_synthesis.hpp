#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace changji {

/// How the synthesiser reads. In Mandarin 165 "words" a minute are about 200 characters, 210 about 260.
struct SpeakingStyle {
    int words_per_minute = 165;  ///< 80..450
    int pitch = 50;              ///< 0..99
    int pitch_range = 50;        ///< 0..99
};

/// A sentence as the synthesiser spoke it.
struct Utterance {
    /// Where a word begins; in Chinese every character is one, apart from the few that are spoken as a compound.
    struct Onset {
        std::size_t character = 0;  ///< of the sentence, in Unicode's code points, from 0
        double at_s = 0.0;          ///< within 1 ms
    };
    std::vector<float> samples;  ///< mono at sound_rate_hz; empty when nothing in the sentence can be spoken
    std::vector<Onset> onsets;   ///< in order of time
};

/// Each sentence spoken in Mandarin by eSpeak NG, in order; empty when the voice is not on this machine. Any thread;
/// calls wait for each other, as the library keeps its state in the process. About 150 times faster than speech.
[[nodiscard]] std::vector<Utterance> synthesise(std::span<const std::string> sentences, const SpeakingStyle& style);

}  // namespace changji
