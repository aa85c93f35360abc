#include "ui/prompter/reference_speech.hpp"

#include <algorithm>
#include <optional>

#include "capture/speech_synthesis.hpp"
#include "capture/types/sound_block.hpp"
#include "ui/prompter/characters.hpp"

namespace changji {
namespace {

/// A little faster than most read, as listeners expect of a host.
constexpr SpeakingStyle reading_style{210, 50, 50};

/// The onset of every character that is read. The synthesiser tells those of words; the characters of one word share
/// the time between.
std::vector<double> onsets_of(const ScriptPhrase& phrase, const Utterance& utterance) {
    std::vector<std::optional<double>> known;
    const auto points = code_points(phrase.text);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!is_read(points[i].value)) continue;
        const auto told = std::ranges::find(utterance.onsets, i, &Utterance::Onset::character);
        const bool rises =
            told != utterance.onsets.end() && (known.empty() || !known.back() || told->at_s > *known.back());
        known.push_back(rises ? std::optional(told->at_s) : std::nullopt);
    }
    if (known.empty()) return {};
    if (!known.front()) known.front() = 0.0;
    const double end_s = static_cast<double>(utterance.samples.size()) / sound_rate_hz;
    std::vector<double> onsets;
    for (std::size_t i = 0; i < known.size();) {
        std::size_t next = i + 1;
        while (next < known.size() && (!known[next] || *known[next] <= *known[i])) ++next;
        const double until = next < known.size() ? *known[next] : end_s;
        const double each = (until - *known[i]) / static_cast<double>(next - i);
        for (std::size_t k = i; k < next; ++k) onsets.push_back(*known[i] + each * static_cast<double>(k - i));
        i = next;
    }
    return onsets;
}

}  // namespace

Result<std::vector<SpokenPhrase>> spoken_phrases(std::span<const ScriptPhrase> phrases) {
    std::vector<std::string> texts;
    for (const ScriptPhrase& phrase : phrases) texts.push_back(phrase.text);
    auto utterances = synthesise(texts, reading_style);
    if (utterances.empty() && !texts.empty()) {
        return Error{ErrorKind::DeviceNotFound,
                     say("The Mandarin voice that the host's voice is compared with is not installed: install the "
                         "package espeak-ng-data.")};
    }
    std::vector<SpokenPhrase> spoken;
    for (std::size_t i = 0; i < utterances.size(); ++i) {
        auto onsets = onsets_of(phrases[i], utterances[i]);
        spoken.push_back({std::move(utterances[i].samples), std::move(onsets), phrases[i].first_character});
    }
    return spoken;
}

}  // namespace changji
