#include "analysis/following/voice_follower.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

#include "tests/prompter/reading.hpp"
#include "ui/prompter/reference_speech.hpp"

namespace changji {
namespace {

using test::Mono;
using test::Reading;

/// Spoken once for all tests.
struct Heard {
    Script script = test::interview_script();
    std::shared_ptr<const SpokenReference> reference =
        std::make_shared<SpokenReference>(SpokenReference::of(spoken_phrases(script.phrases()).value()).value());
    Reading clean = [this] {
        Reading reading(script, {180, 40, 60});
        reading.read_all();
        return reading;
    }();
};
const Heard& heard() {
    static const Heard once;
    return once;
}

SoundBlock block_of(const std::vector<float>& interleaved) {
    SoundBlock block;
    block.samples = std::make_shared<const std::vector<float>>(interleaved);
    return block;
}

struct Followed {
    double at_s = 0.0;
    FollowedVoice voice;
};
std::vector<Followed> follow(VoiceFollower& follower, const Mono& mono, std::size_t block_frames = 960) {
    std::vector<Followed> followed;
    for (std::size_t at = 0; at < mono.size(); at += block_frames) {
        const auto end = mono.begin() + static_cast<std::ptrdiff_t>(std::min(at + block_frames, mono.size()));
        const Mono part(mono.begin() + static_cast<std::ptrdiff_t>(at), end);
        const FollowedVoice voice = follower.hear(block_of(test::in_stereo(part)));
        followed.push_back({static_cast<double>(at + part.size()) / 48'000.0, voice});
    }
    return followed;
}
std::vector<Followed> follow(const Mono& mono) {
    VoiceFollower follower(heard().reference);
    return follow(follower, mono);
}

/// 95 of 100 moments are off by no more characters.
double error_p95(const Reading& reading, const std::vector<Followed>& followed, double from_s = 0.0) {
    std::vector<double> errors;
    for (const Followed& now : followed) {
        if (now.at_s >= from_s) errors.push_back(std::abs(now.voice.character - reading.character_at(now.at_s)));
    }
    std::ranges::sort(errors);
    return errors[errors.size() * 95 / 100];
}

double confidence_of(const std::vector<Followed>& followed) {
    double sum = 0.0;
    for (const Followed& now : followed) sum += now.voice.confidence;
    return sum / static_cast<double>(followed.size());
}

TEST(VoiceFollower, IsWithinACharacterOfACleanVoice) {
    const auto followed = follow(heard().clean.sound());
    EXPECT_LE(error_p95(heard().clean, followed), 1.0);
    EXPECT_NEAR(followed.back().voice.character, static_cast<double>(heard().script.characters()), 1.0);
    EXPECT_FALSE(followed.back().voice.speaking);
    EXPECT_GE(confidence_of(followed), 0.6);
}

TEST(VoiceFollower, StaysWithinThreeCharactersInNoiseAsStrongAsATenth) {
    for (const auto colour : {test::NoiseColour::Pink, test::NoiseColour::White}) {
        const auto followed = follow(test::with_noise(heard().clean.sound(), colour, 10.0));
        EXPECT_LE(error_p95(heard().clean, followed), 3.0);
    }
}

TEST(VoiceFollower, StandsStillInAPauseInsideASentence) {
    Reading reading(heard().script, {180, 40, 60});
    reading.read_phrases(0, 4);
    const double began_s = reading.seconds();
    reading.pause(3.0);
    const double ended_s = reading.seconds();
    reading.read_phrases(4, 7);
    const auto followed = follow(reading.sound());
    const auto at = [&](double s) {
        return std::ranges::find_if(followed, [&](const Followed& now) { return now.at_s >= s; })->voice;
    };
    EXPECT_NEAR(at(ended_s - 0.1).character, at(began_s + 0.5).character, 1e-9);
    EXPECT_FALSE(at(ended_s - 0.1).speaking);
    EXPECT_LE(error_p95(reading, followed), 1.5);
}

TEST(VoiceFollower, FindsBackToAReaderWhoBeginsASentenceAgain) {
    Reading reading(heard().script, {180, 40, 60});
    reading.read_phrases(0, 8);
    const double again_s = reading.seconds();
    reading.read_phrases(5, 12);
    const auto followed = follow(reading.sound());
    EXPECT_LE(error_p95(reading, followed, again_s + 4.0), 2.0);
}

TEST(VoiceFollower, GoesWhereAPersonPutsIt) {
    Reading reading(heard().script, {180, 40, 60});
    reading.read_phrases(9, 14);
    VoiceFollower follower(heard().reference);
    follower.move_to(static_cast<double>(heard().script.phrases()[9].first_character));
    EXPECT_LE(error_p95(reading, follow(follower, reading.sound()), 1.0), 1.5);
}

TEST(VoiceFollower, IsLessSureOfWordsThatAreNotInTheScript) {
    Reading other(heard().script, {180, 40, 60});
    other.add_lib("刚才上楼的时候，我看到图书馆门口有很多同学在排队，天气特别好。");
    EXPECT_LE(confidence_of(follow(other.sound())) + 0.3, confidence_of(follow(heard().clean.sound())));
}

TEST(VoiceFollower, ReadsTheSameWhateverTheBlocks) {
    const Mono some(heard().clean.sound().begin(), heard().clean.sound().begin() + 480'000);
    VoiceFollower whole(heard().reference), pieces(heard().reference);
    const auto at_once = follow(whole, some, some.size()).back().voice;
    const auto by_pieces = follow(pieces, some, 1111).back().voice;
    EXPECT_EQ(at_once.character, by_pieces.character);
    EXPECT_EQ(at_once.confidence, by_pieces.confidence);
}

TEST(VoiceFollower, NoiseWithoutAVoiceMovesNothing) {
    Mono room(48'000 * 4);
    for (std::size_t i = 0; i < room.size(); ++i) {
        const double t = static_cast<double>(i) / 48'000.0;
        room[i] = static_cast<float>(0.001 * std::sin(12345.678 * static_cast<double>(i * i % 9973)));
        if (std::fmod(t, 0.5) < 0.003) room[i] += 0.5F * (i % 2 == 0 ? 1.0F : -1.0F);  // clicks
    }
    for (const Followed& now : follow(room)) {
        EXPECT_LT(now.voice.character, 0.5) << "not one character";
        EXPECT_FALSE(now.voice.speaking);
    }
}

TEST(SpokenReference, KnowsEveryCharacterInOrder) {
    const auto& characters = heard().reference->characters();
    EXPECT_TRUE(std::ranges::is_sorted(characters));
    EXPECT_EQ(heard().reference->character_count(), heard().script.characters());
    EXPECT_EQ(heard().reference->phrase_starts().size(), heard().script.phrases().size());
    EXPECT_GE(characters.back(), static_cast<float>(heard().script.characters()) - 0.5F);
    EXPECT_EQ(SpokenReference::of({}).error().kind, ErrorKind::InvalidConfig);
}

}  // namespace
}  // namespace changji
