#pragma once

#include <span>
#include <string>
#include <vector>

namespace changji::demo {

/// Mono sound at its synthesiser's rate.
struct Utterance {
    std::vector<float> samples;
    int rate_hz = 0;
};

/// Each sentence spoken in Mandarin by eSpeak NG; empty when the voice is not on this machine. One caller at
/// a time: the library keeps its state in the process.
[[nodiscard]] std::vector<Utterance> speak(std::span<const std::string> sentences);

}  // namespace changji::demo
