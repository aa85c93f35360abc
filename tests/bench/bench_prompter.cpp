/// How well and how cheaply the prompter follows a voice and checks the opening line. Synthesised speech is made on the
/// spot; real speech is read from the media folder. Prints tables; fails nothing.
#include <sys/resource.h>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <span>

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

}  // namespace
}  // namespace changji

/// Usage: bench_prompter [VOICES]
int main(int argc, char** argv) {
    changji::Cost cost;
    changji::bench_following(cost, argc > 1 ? static_cast<std::size_t>(std::atoi(argv[1])) : 6);
    std::printf("\nprocessor: %.2f %% of a core over %.0f s of sound\n", 100.0 * cost.processor_s / cost.sound_s,
                cost.sound_s);
    return 0;
}
