#include "analysis/following/spoken_reference.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

constexpr double margin_s = 0.01;
constexpr double silent_below_peak_db = 40.0;
constexpr std::size_t level_step = 480;

/// Where the last audible sound ends.
double end_of_sound_s(std::span<const float> samples) {
    std::vector<double> powers;
    for (std::size_t at = 0; at < samples.size(); at += level_step) {
        const auto part = samples.subspan(at, std::min(level_step, samples.size() - at));
        powers.push_back(dot_product(part, part) / static_cast<double>(part.size()));
    }
    if (powers.empty()) return 0.0;
    const double least = *std::ranges::max_element(powers) * std::pow(10.0, -silent_below_peak_db / 10.0);
    while (!powers.empty() && powers.back() <= least) powers.pop_back();
    return static_cast<double>(powers.size()) * 0.01;
}

std::vector<float> in_stereo(std::span<const float> mono) {
    std::vector<float> interleaved;
    interleaved.reserve(2 * mono.size());
    for (const float sample : mono) interleaved.insert(interleaved.end(), 2, sample);
    interleaved.resize(interleaved.size() + 2 * std::size_t{4800});  // so that the last window fills
    return interleaved;
}

/// How many characters of a phrase are spoken at a time.
double characters_at(double at_s, std::span<const double> onsets_s, double end_s) {
    const auto next = std::ranges::upper_bound(onsets_s, at_s);
    if (next == onsets_s.begin()) return 0.0;
    const auto index = static_cast<std::size_t>(next - onsets_s.begin()) - 1;
    const double until = next == onsets_s.end() ? end_s : *next;
    const double share = until > onsets_s[index] ? (at_s - onsets_s[index]) / (until - onsets_s[index]) : 1.0;
    return static_cast<double>(index) + std::clamp(share, 0.0, 1.0);
}

}  // namespace

Result<SpokenReference> SpokenReference::of(std::span<const SpokenPhrase> phrases) {
    SpokenReference made;
    std::vector<std::vector<Cepstra>> shapes;
    for (const SpokenPhrase& phrase : phrases) {
        if (phrase.onsets_s.empty()) continue;
        made.character_count_ = phrase.first_character + phrase.onsets_s.size();
        const double end_s = end_of_sound_s(phrase.samples);
        std::vector<Cepstra> speech;
        double at_s = SpeechFramer::middle_s;
        SpeechFramer framer;
        for (const SpeechFrame& frame : framer.hear(in_stereo(phrase.samples))) {
            if (at_s >= phrase.onsets_s.front() - margin_s && at_s <= end_s + margin_s) {
                if (speech.empty()) made.phrase_starts_.push_back(made.characters_.size());
                speech.push_back(frame.cepstra);
                const double within = characters_at(at_s, phrase.onsets_s, end_s);
                made.characters_.push_back(static_cast<float>(static_cast<double>(phrase.first_character) + within));
            }
            at_s += SpeechFramer::frame_s;
        }
        shapes.push_back(std::move(speech));
    }
    std::vector<Cepstra> all;
    for (const auto& speech : shapes) all.insert(all.end(), speech.begin(), speech.end());
    if (all.empty()) {
        return Error{ErrorKind::InvalidConfig, say("There is nothing in the script that can be spoken.")};
    }
    made.scale_ = scale_of(all);
    for (const auto& speech : shapes) {
        const auto features = features_of(speech, made.scale_);
        made.features_.insert(made.features_.end(), features.begin(), features.end());
    }
    return made;
}

std::size_t SpokenReference::frame_of(double character) const {
    const auto found = std::ranges::lower_bound(characters_, static_cast<float>(character));
    return std::min(static_cast<std::size_t>(found - characters_.begin()), size() - 1);
}

}  // namespace changji
