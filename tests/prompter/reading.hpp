#pragma once

#include <string>
#include <vector>

#include "capture/speech_synthesis.hpp"
#include "ui/prompter/script.hpp"

namespace changji::test {

/// 48 kHz mono.
using Mono = std::vector<float>;

/// Somebody reads from a script, with what is known of where they are.
class Reading {
public:
    explicit Reading(const Script& script, SpeakingStyle style = {180, 45, 50}) : script_(script), style_(style) {}

    /// The script's phrases from one to before another, each followed by a pause.
    void read_phrases(std::size_t from, std::size_t to, double pause_s = 0.3);
    void read_all(double pause_s = 0.3) { read_phrases(0, script_.phrases().size(), pause_s); }
    /// Words that aren't in the script.
    void add_lib(const std::string& text);
    void pause(double seconds);

    [[nodiscard]] const Mono& sound() const { return sound_; }
    [[nodiscard]] double seconds() const { return static_cast<double>(sound_.size()) / 48'000.0; }
    /// How many of the script's characters are spoken at that time, with fractions.
    [[nodiscard]] double character_at(double at_s) const;

private:
    struct Known {
        double at_s = 0.0;
        double character = 0.0;
    };
    void speak(const std::string& text, const std::vector<double>& onsets_s, const Mono& spoken, double first);

    const Script& script_;
    SpeakingStyle style_;
    Mono sound_ = Mono(24'000);
    std::vector<Known> known_{{0.0, 0.0}};
};

enum class NoiseColour { White, Pink };
/// Noise so many dB below the speech (where somebody speaks).
[[nodiscard]] Mono with_noise(Mono speech, NoiseColour colour, double speech_to_noise_db);
/// A room that dies away by 60 dB in `seconds`, as strong as the speech itself.
[[nodiscard]] Mono in_a_room(const Mono& speech, double seconds);
/// Another voice over all of it, so many dB weaker.
[[nodiscard]] Mono with_second_talker(Mono speech, double weaker_db);
[[nodiscard]] std::vector<float> in_stereo(const Mono& mono);

/// A sound of the media folder; empty when it is not there. Decoded by the ffmpeg program.
[[nodiscard]] Mono media_mono(const std::string& name);

/// A host's words of about 170 characters: the opening line and some questions.
[[nodiscard]] Script interview_script();

}  // namespace changji::test
