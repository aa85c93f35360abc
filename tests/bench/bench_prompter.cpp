/// How well and how cheaply the prompter follows a voice and checks the opening line. Synthesised speech is made on the
/// spot; real speech is read from the media folder. Prints tables; fails nothing.
#include <sys/resource.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <span>

#include "analysis/following/line_check.hpp"
#include "analysis/following/voice_follower.hpp"
#include "tests/prompter/reading.hpp"
#include "ui/prompter/reference_speech.hpp"

namespace changji {
namespace {

using test::Mono;
using test::Reading;

double processor_s() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec) * 1e-6;
}

std::shared_ptr<const SpokenReference> reference_of(const Script& script) {
    return std::make_shared<SpokenReference>(SpokenReference::of(spoken_phrases(script.phrases()).value()).value());
}

struct Followed {
    double at_s = 0.0;
    FollowedVoice voice;
};
struct Cost {
    double processor_s = 0.0, sound_s = 0.0;
};

std::vector<Followed> follow(const std::shared_ptr<const SpokenReference>& reference, const Mono& mono, Cost& cost) {
    const std::vector<float> sound = test::in_stereo(mono);
    constexpr std::size_t block_frames = 960;
    std::vector<Followed> followed;
    const double before_s = processor_s();
    VoiceFollower follower(reference);
    for (std::size_t at = 0; at + 2 * block_frames <= sound.size(); at += 2 * block_frames) {
        SoundBlock block;
        block.samples =
            std::make_shared<std::vector<float>>(sound.begin() + static_cast<std::ptrdiff_t>(at),
                                                 sound.begin() + static_cast<std::ptrdiff_t>(at + 2 * block_frames));
        const FollowedVoice voice = follower.hear(block);
        followed.push_back({static_cast<double>(at / 2 + block_frames) / 48'000.0, voice});
    }
    cost.processor_s += processor_s() - before_s;
    cost.sound_s += static_cast<double>(mono.size()) / 48'000.0;
    return followed;
}

struct Errors {
    std::vector<double> sizes, confidences;
    void add(const Reading& reading, const std::vector<Followed>& followed) {
        for (const Followed& now : followed) {
            sizes.push_back(std::abs(now.voice.character - reading.character_at(now.at_s)));
            if (now.voice.speaking) confidences.push_back(now.voice.confidence);
        }
    }
    static double percentile(std::vector<double> values, double share) {
        if (values.empty()) return 0.0;
        std::ranges::sort(values);
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    }
};

const std::vector<SpeakingStyle> voices{{120, 30, 50}, {150, 70, 60}, {180, 45, 50},
                                        {210, 60, 40}, {240, 35, 70}, {270, 80, 50}};

void print_row(const std::string& name, const Errors& errors) {
    std::printf("%-34s %6.1f %6.1f %6.1f   %5.2f %5.2f\n", name.c_str(), Errors::percentile(errors.sizes, 0.5),
                Errors::percentile(errors.sizes, 0.95), Errors::percentile(errors.sizes, 0.99),
                Errors::percentile(errors.confidences, 0.1), Errors::percentile(errors.confidences, 0.5));
}

void bench_following(Cost& cost, std::size_t voice_count) {
    const Script script = test::interview_script();
    const auto reference = reference_of(script);
    const auto same = [](Mono sound) { return sound; };
    const std::vector<std::pair<std::string, std::function<Mono(Mono)>>> conditions{
        {"clean", same},
        {"pink noise 20 dB", [](Mono s) { return test::with_noise(std::move(s), test::NoiseColour::Pink, 20); }},
        {"pink noise 10 dB", [](Mono s) { return test::with_noise(std::move(s), test::NoiseColour::Pink, 10); }},
        {"white noise 10 dB", [](Mono s) { return test::with_noise(std::move(s), test::NoiseColour::White, 10); }},
        {"reverberation .5 s", [](const Mono& s) { return test::in_a_room(s, 0.5); }},
        {"reverberation .5 s, pink 15 dB",
         [](const Mono& s) { return test::with_noise(test::in_a_room(s, 0.5), test::NoiseColour::Pink, 15); }},
        {"second talker -15 dB", [](Mono s) { return test::with_second_talker(std::move(s), 15); }},
    };
    std::printf("%-34s %6s %6s %6s   %s\n", "|error| in characters", "median", "P95", "P99", "confidence P10, median");
    std::map<std::string, Errors> rows;
    std::map<std::string, Errors> by_voice;
    for (const SpeakingStyle& voice : std::span(voices).first(std::min(voice_count, voices.size()))) {
        Reading reading(script, voice);
        reading.read_all(0.35);
        for (const auto& [name, degrade] : conditions) {
            const auto followed = follow(reference, degrade(reading.sound()), cost);
            rows[name].add(reading, followed);
            if (name == "clean")
                by_voice["  clean, " + std::to_string(voice.words_per_minute) + " words/min, pitch " +
                         std::to_string(voice.pitch)]
                    .add(reading, followed);
        }
        const std::size_t count = script.phrases().size();
        Reading pauses(script, voice);
        for (std::size_t i = 0; i < count; ++i) pauses.read_phrases(i, i + 1, i % 5 == 3 ? 1.5 : 0.35);
        rows["pauses of 1.5 s"].add(pauses, follow(reference, pauses.sound(), cost));
        Reading again(script, voice);
        again.read_phrases(0, 8);
        again.read_phrases(6, count);
        rows["two phrases repeated"].add(again, follow(reference, again.sound(), cost));
        Reading skipped(script, voice);
        skipped.read_phrases(0, 8);
        skipped.read_phrases(10, count);
        rows["two phrases skipped"].add(skipped, follow(reference, skipped.sound(), cost));
        Reading ad_lib(script, voice);
        ad_lib.read_phrases(0, 8);
        ad_lib.add_lib("刚才上楼的时候，我看到图书馆门口有很多同学在排队，天气特别好。");
        ad_lib.read_phrases(8, count);
        rows["ad-lib of 28 characters"].add(ad_lib, follow(reference, ad_lib.sound(), cost));
        Reading other(script, voice);
        other.add_lib(
            "刚才上楼的时候，我看到图书馆门口有很多同学在排队，天气特别好。周末要是不下雨，大家就一起去江边走走。");
        rows["another text altogether"].add(other, follow(reference, other.sound(), cost));
    }
    for (const auto& [name, degrade] : conditions) print_row(name, rows[name]);
    for (const char* name : {"pauses of 1.5 s", "two phrases repeated", "two phrases skipped",
                             "ad-lib of 28 characters", "another text altogether"}) {
        print_row(name, rows[name]);
    }
    for (const auto& [name, errors] : by_voice) print_row(name, errors);
}

/// By how much what is told is late: the shift of the truth that fits best.
void bench_delay() {
    const Script script = test::interview_script();
    const auto reference = reference_of(script);
    Cost ignored;
    Reading reading(script, {180, 45, 50});
    reading.read_all(0.35);
    const auto followed = follow(reference, reading.sound(), ignored);
    double best = 1e9, late_s = 0.0;
    for (double shift_s = -0.2; shift_s <= 0.6; shift_s += 0.01) {
        double sum = 0.0;
        for (const Followed& now : followed) {
            sum += std::abs(now.voice.character - reading.character_at(std::max(0.0, now.at_s - shift_s)));
        }
        if (sum >= best) continue;
        best = sum;
        late_s = shift_s;
    }
    std::printf("behind the sound: %.0f ms\n", late_s * 1000.0);
}

struct RealSentence {
    const char* file;
    const char* text;
};
const std::vector<RealSentence> real_sentences{
    {"a03_zh_aishell_BAC009S0724W0121.wav", "广州市房地产中介协会分析。"},
    {"a04_zh_aishell_BAC009S0764W0122.wav", "一二线城市虽然也处于调整中。"},
    {"a05_zh_cosyvoice_prompt.wav", "希望你以后能够做的比我还好呦。"},
};

/// Nobody has marked its characters: they are taken to be spread evenly from the first sound to the last.
void bench_real_speech() {
    std::string text;
    for (const RealSentence& sentence : real_sentences) text += sentence.text;
    const Script script("", text);
    const auto reference = reference_of(script);
    Mono sound(24'000);
    std::vector<std::array<double, 4>> spans;  // from s, to s, from character, to character
    double character = 0.0;
    for (const RealSentence& sentence : real_sentences) {
        Mono spoken = test::media_mono(sentence.file);
        if (spoken.empty()) {
            std::printf("real speech: not measured, %s is not on this machine\n", sentence.file);
            return;
        }
        double power = 0.0;
        for (const float sample : spoken) power += double{sample} * sample / static_cast<double>(spoken.size());
        for (float& sample : spoken) sample *= static_cast<float>(0.05 / std::sqrt(power));
        float loudest = 0.0F;
        for (const float sample : spoken) loudest = std::max(loudest, std::abs(sample));
        const auto audible = [&](float sample) { return std::abs(sample) > 0.05F * loudest; };
        const auto first = std::ranges::find_if(spoken, audible) - spoken.begin();
        const auto last = std::find_if(spoken.rbegin(), spoken.rend(), audible).base() - spoken.begin();
        const double begins_s = static_cast<double>(sound.size()) / 48'000.0;
        const auto characters = static_cast<double>(Script("", sentence.text).characters());
        spans.push_back({begins_s + static_cast<double>(first) / 48'000.0,
                         begins_s + static_cast<double>(last) / 48'000.0, character, character + characters});
        character += characters;
        sound.insert(sound.end(), spoken.begin(), spoken.end());
        sound.resize(sound.size() + 24'000);
    }
    const auto truth = [&](double at_s) {
        double now = 0.0;
        for (const auto& [from_s, to_s, from, to] : spans) {
            if (at_s >= from_s) now = from + std::clamp((at_s - from_s) / (to_s - from_s), 0.0, 1.0) * (to - from);
        }
        return now;
    };
    std::printf("\nreal speech, three speakers, one sentence each (11, 13 and 14 characters):\n");
    Cost ignored;
    for (const double noise_db : {100.0, 20.0, 10.0}) {
        Errors errors;
        const Mono heard = test::with_noise(sound, test::NoiseColour::Pink, noise_db);
        for (const Followed& now : follow(reference, heard, ignored)) {
            errors.sizes.push_back(std::abs(now.voice.character - truth(now.at_s)));
            if (now.voice.speaking) errors.confidences.push_back(now.voice.confidence);
        }
        print_row(
            noise_db > 50.0 ? "  as recorded" : "  pink noise " + std::to_string(static_cast<int>(noise_db)) + " dB",
            errors);
    }
}

std::vector<SpokenPhrase> line_of(const std::string& text) {
    return spoken_phrases(Script(text, "").phrases()).value();
}

void print_check(const std::string& name, const LineCheck& check) {
    const char* const words[] = {"not heard", "can't tell", "heard"};
    std::printf("%-44s %-10s %6.1f   %5.1f-%4.1f s\n", name.c_str(), words[static_cast<int>(check.heard)], check.score,
                check.from_s, check.to_s);
}

void bench_opening() {
    const std::string fixed = "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是";
    const auto line = line_of(fixed);
    std::printf("\nopening line%33s%17s\n", "", "score");
    const auto spoken = [](const std::string& text, SpeakingStyle style) {
        Mono sound(24'000);
        const auto utterances = synthesise(std::vector{text}, style);
        sound.insert(sound.end(), utterances.front().samples.begin(), utterances.front().samples.end());
        sound.resize(sound.size() + 24'000);
        return sound;
    };
    const auto check = [&](const Mono& sound) { return check_line(line, test::in_stereo(sound)); };
    for (const SpeakingStyle& voice : voices) {
        const Mono sound = spoken(fixed + "江城大学党委书记李明华教授。", voice);
        const std::string name =
            std::to_string(voice.words_per_minute) + " words/min, pitch " + std::to_string(voice.pitch);
        print_check(name, check(sound));
        print_check(name + ", pink 10 dB", check(test::with_noise(sound, test::NoiseColour::Pink, 10)));
        print_check(name + ", reverberation .5 s", check(test::in_a_room(sound, 0.5)));
    }
    const SpeakingStyle voice{180, 45, 50};
    print_check("first half only",
                check(spoken("战疫情、促就业，欢迎收看“书记校长话就业”系列访谈。今天天气很好。", voice)));
    print_check("second half only",
                check(spoken("各位观众大家好，今天的天气很好，本期我们邀请到的嘉宾是李明华教授。", voice)));
    print_check("phrases in another order",
                check(spoken("本期我们邀请到的嘉宾是李明华，欢迎收看书记校长话就业系列访谈，促就业、战疫情。", voice)));
    print_check(
        "two words wrong",
        check(spoken("战疫情、保就业，欢迎收看“书记院长话就业”系列访谈，本期我们邀请到的嘉宾是李明华。", voice)));
    const double before_s = processor_s();
    double least = 0.0;
    const Script script = test::interview_script();
    for (std::size_t i = 6; i + 4 <= script.phrases().size(); ++i) {
        std::string text;
        for (std::size_t k = i; k < i + 4; ++k) text += script.phrases()[k].text;
        least = std::min(least, check(spoken(text, voices[i % voices.size()])).score);
    }
    std::printf("best score of the other parts of the script: %.1f\n", least);
    std::printf("processor time for them: %.2f s\n", processor_s() - before_s);
    if (test::media_mono(real_sentences[0].file).empty()) return;
    std::printf("real speech as the line (AISHELL, two speakers, 24 characters):\n");
    const auto real_line = line_of(std::string(real_sentences[0].text) + real_sentences[1].text);
    Mono both = test::media_mono(real_sentences[0].file);
    const Mono second = test::media_mono(real_sentences[1].file);
    both.insert(both.end(), second.begin(), second.end());
    print_check("  as recorded", check_line(real_line, test::in_stereo(both)));
    print_check("  pink noise 10 dB",
                check_line(real_line, test::in_stereo(test::with_noise(both, test::NoiseColour::Pink, 10))));
    print_check("  another sentence (third speaker)",
                check_line(real_line, test::in_stereo(test::media_mono(real_sentences[2].file))));
    print_check("  the opening line in those sentences", check(both));
}

}  // namespace
}  // namespace changji

/// Usage: bench_prompter [VOICES]
int main(int argc, char** argv) {
    changji::Cost cost;
    changji::bench_following(cost, argc > 1 ? static_cast<std::size_t>(std::atoi(argv[1])) : 6);
    changji::bench_delay();
    std::printf("\nprocessor: %.2f %% of a core over %.0f s of sound\n", 100.0 * cost.processor_s / cost.sound_s,
                cost.sound_s);
    changji::bench_real_speech();
    changji::bench_opening();
    return 0;
}
