#include "tests/prompter/reading.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "tests/support/media.hpp"
#include "ui/prompter/characters.hpp"

namespace changji::test {
namespace {

constexpr double rate_hz = 48'000.0;

/// Power where somebody speaks.
double speech_power(const Mono& speech) {
    float loudest = 0.0F;
    for (const float sample : speech) loudest = std::max(loudest, std::abs(sample));
    double sum = 0.0, count = 0.0;
    for (const float sample : speech) {
        if (std::abs(sample) <= 0.02F * loudest) continue;
        sum += double{sample} * sample;
        count += 1.0;
    }
    return count > 0.0 ? sum / count : 0.0;
}

double power(const Mono& sound) {
    double sum = 0.0;
    for (const float sample : sound) sum += double{sample} * sample;
    return sum / static_cast<double>(std::max<std::size_t>(1, sound.size()));
}

Mono noise(NoiseColour colour, std::size_t length) {
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    Mono made(length);
    // P. Kellet's filter: 3 dB an octave within 0.05 dB above 10 Hz.
    float b0 = 0, b1 = 0, b2 = 0;
    for (float& sample : made) {
        const float white = normal(random);
        b0 = 0.99765F * b0 + white * 0.0990460F;
        b1 = 0.96300F * b1 + white * 0.2965164F;
        b2 = 0.57000F * b2 + white * 1.0526913F;
        sample = colour == NoiseColour::White ? white : b0 + b1 + b2 + white * 0.1848F;
    }
    return made;
}

void add(Mono& sound, const Mono& more, double gain) {
    for (std::size_t i = 0; i < sound.size(); ++i) sound[i] += static_cast<float>(gain) * more[i % more.size()];
}

}  // namespace

void Reading::speak(const std::string& text, const std::vector<double>& onsets_s, const Mono& spoken, double first) {
    const double begins_s = seconds();
    auto last = spoken.end();
    while (last != spoken.begin() && std::abs(*(last - 1)) < 0.003F) --last;
    sound_.insert(sound_.end(), spoken.begin(), last);
    if (onsets_s.empty()) return;
    std::size_t read = 0, word = 0;
    const auto points = code_points(text);
    known_.push_back({begins_s, first});
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!is_read(points[i].value)) continue;
        if (word < onsets_s.size() && onsets_s[word] >= 0.0) {
            known_.push_back({begins_s + onsets_s[word], first + static_cast<double>(read)});
        }
        ++word;
        ++read;
    }
    known_.push_back({seconds(), first + static_cast<double>(read)});
}

void Reading::read_phrases(std::size_t from, std::size_t to, double pause_s) {
    std::vector<std::string> texts;
    for (std::size_t i = from; i < to; ++i) texts.push_back(script_.phrases()[i].text);
    const auto utterances = synthesise(texts, style_);
    for (std::size_t i = from; i < to; ++i) {
        const ScriptPhrase& phrase = script_.phrases()[i];
        const Utterance& utterance = utterances[i - from];
        std::vector<double> onsets_s;
        const auto points = code_points(phrase.text);
        for (std::size_t k = 0; k < points.size(); ++k) {
            if (!is_read(points[k].value)) continue;
            const auto told = std::ranges::find(utterance.onsets, k, &Utterance::Onset::character);
            onsets_s.push_back(told == utterance.onsets.end() ? -1.0 : told->at_s);
        }
        speak(phrase.text, onsets_s, utterance.samples, static_cast<double>(phrase.first_character));
        pause(pause_s);
    }
}

void Reading::add_lib(const std::string& text) {
    const auto utterances = synthesise(std::vector{text}, style_);
    speak(text, {}, utterances.front().samples, 0.0);
    pause(0.4);
}

void Reading::pause(double seconds_long) {
    known_.push_back({seconds(), known_.back().character});
    sound_.resize(sound_.size() + static_cast<std::size_t>(seconds_long * rate_hz));
    known_.push_back({seconds(), known_.back().character});
}

double Reading::character_at(double at_s) const {
    const auto after = std::ranges::upper_bound(known_, at_s, {}, &Known::at_s);
    if (after == known_.end()) return known_.back().character;
    const Known& before = *(after - 1);
    const double span = after->at_s - before.at_s;
    return before.character + (span > 0.0 ? (at_s - before.at_s) / span : 0.0) * (after->character - before.character);
}

Mono with_noise(Mono speech, NoiseColour colour, double speech_to_noise_db) {
    const Mono made = noise(colour, speech.size());
    add(speech, made, std::sqrt(speech_power(speech) / power(made) * std::pow(10.0, -speech_to_noise_db / 10.0)));
    return speech;
}

Mono in_a_room(const Mono& speech, double seconds) {
    // Velvet noise: single echoes at random, as dense as the ear needs.
    std::mt19937 random(3);
    std::uniform_real_distribution<double> uniform;
    constexpr double echoes_per_s = 1200.0;
    Mono room(speech.size());
    for (double at_s = 0.005; at_s < seconds; at_s += 1.0 / echoes_per_s) {
        const double late_s = at_s + uniform(random) / echoes_per_s;
        const auto late = static_cast<std::size_t>(late_s * rate_hz);
        const double gain = std::pow(10.0, -3.0 * late_s / seconds) * (uniform(random) < 0.5 ? -1.0 : 1.0);
        for (std::size_t i = late; i < room.size(); ++i) room[i] += static_cast<float>(gain) * speech[i - late];
    }
    Mono both = speech;
    add(both, room, std::sqrt(power(speech) / power(room)));
    return both;
}

Mono with_second_talker(Mono speech, double weaker_db) {
    const std::vector<std::string> chatter{"今天下午食堂的菜做得不错，我们一会儿先去图书馆还书，然后再去操场打球。",
                                           "周末要是不下雨，大家就一起去江边走走，顺便看看新开的那家书店。"};
    Mono other;
    for (const Utterance& utterance : synthesise(chatter, {190, 75, 60})) {
        other.insert(other.end(), utterance.samples.begin(), utterance.samples.end());
    }
    add(speech, other, std::sqrt(speech_power(speech) / speech_power(other) * std::pow(10.0, -weaker_db / 10.0)));
    return speech;
}

std::vector<float> in_stereo(const Mono& mono) {
    std::vector<float> both;
    both.reserve(2 * mono.size());
    for (const float sample : mono) both.insert(both.end(), 2, sample);
    return both;
}

Mono media_mono(const std::string& name) {
    const auto file = media_folder() / name;
    if (media_folder().empty() || !std::filesystem::exists(file)) return {};
    const std::string bytes =
        run("ffmpeg -v error -i '" + file.string() + "' -ac 1 -ar 48000 -f f32le -c:a pcm_f32le -").output;
    Mono sound(bytes.size() / sizeof(float));
    std::memcpy(sound.data(), bytes.data(), sound.size() * sizeof(float));
    return sound;
}

Script interview_script() {
    return Script(
        "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是江城大学党委书记李明华教授。",
        "李书记您好，欢迎做客我们的节目。[看一号机]今年高校毕业生人数再创新高，就业形势复杂严峻，请您介绍一下，"
        "学校在稳就业方面采取了哪些措施？面对疫情带来的影响，同学们应该怎样调整心态，做好求职准备？\n"
        "最后，请您对即将毕业的同学们说几句祝福的话。好的，感谢李书记接受我们的采访，观众朋友们，我们下期再见。");
}

}  // namespace changji::test
