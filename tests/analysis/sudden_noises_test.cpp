#include "analysis/sound/sudden_noises.hpp"

#include "analysis/sound/noise_meter.hpp"
#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::append;
using test::Interleaved;
using test::mix_in;

std::optional<EventList> sudden_noises_in(const Interleaved& sound) {
    NoiseMeter meter;
    meter.begin_take();
    meter.hear(sound);
    return meter.read().sudden_noises;
}

double moment_s(const EventList& events) { return static_cast<double>(events.kept().at(0).from_frame) / sound_rate_hz; }

class SuddenNoisesInSpeech : public testing::TestWithParam<const char*> {};

TEST_P(SuddenNoisesInSpeech, AreNone) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    EXPECT_EQ(sudden_noises_in(test::media_sound(GetParam(), 15))->count(), 0);
    EXPECT_EQ(sudden_noises_in(test::media_sound(GetParam(), 15, "volume=10dB"))->count(), 0);
    Interleaved in_noise = test::media_sound(GetParam(), 15);
    mix_in(in_noise, test::white_noise(-55, 20));
    EXPECT_EQ(sudden_noises_in(in_noise)->count(), 0);
}

TEST_P(SuddenNoisesInSpeech, DoorInAPauseIsOneAtItsMoment) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    const Interleaved speech = test::media_sound(GetParam());
    Interleaved sound = speech;
    append(sound, test::silence(1.5));
    append(sound, speech);
    mix_in(sound, test::white_noise(-60, 40));
    const double slam_s = static_cast<double>(speech.size()) / sound_channels / sound_rate_hz + 0.6;
    mix_in(sound, test::door_slam(-12), 1.0, slam_s);
    const auto found = sudden_noises_in(sound);
    ASSERT_EQ(found->count(), 1);
    EXPECT_NEAR(moment_s(*found), slam_s, 0.05);
}

INSTANTIATE_TEST_SUITE_P(Real, SuddenNoisesInSpeech,
                         testing::Values("a02_en_librispeech_female.ogg", "a03_zh_aishell_BAC009S0724W0121.wav",
                                         "a05_zh_cosyvoice_prompt.wav"));

TEST(SuddenNoises, TypingHasMany) {
    CHANGJI_NEEDS_MEDIA("n03_keyboard_typing.wav");
    EXPECT_GT(sudden_noises_in(test::media_sound("n03_keyboard_typing.wav"))->count(), 3);
}

TEST(SuddenNoises, OneKeyOfARealKeyboardInAPauseIsFound) {
    CHANGJI_NEEDS_MEDIA("a02_en_librispeech_female.ogg");
    CHANGJI_NEEDS_MEDIA("n03_keyboard_typing.wav");
    const Interleaved key = test::cut_out(test::media_sound("n03_keyboard_typing.wav"), 1.70, 1.95);  // strikes at 1.84
    Interleaved sound = test::media_sound("a02_en_librispeech_female.ogg");
    mix_in(sound, key, 1.0, 8.56);  // within a pause of half a second
    const auto found = sudden_noises_in(sound);
    ASSERT_EQ(found->count(), 1);
    EXPECT_NEAR(moment_s(*found), 8.70, 0.05);
}

TEST(SuddenNoises, SteadyNoiseOfTheWorldHasNone) {
    for (const char* name : {"n01_city_traffic.ogg", "n02_coffee_shop_babble.ogg", "n04_wind.ogg"}) {
        CHANGJI_NEEDS_MEDIA(name);
        EXPECT_EQ(sudden_noises_in(test::media_sound(name))->count(), 0) << name;
    }
}

TEST(SuddenNoises, WhatSwellsIsNotSudden) {
    Interleaved sound = test::white_noise(-65, 8);
    Interleaved swell = test::white_noise(-25, 2, 2);
    for (std::size_t i = 0; i < swell.size(); ++i) swell[i] *= static_cast<float>(i) / static_cast<float>(swell.size());
    mix_in(sound, swell, 1.0, 4.0);
    EXPECT_EQ(sudden_noises_in(test::cut_out(sound, 0.0, 5.9))->count(), 0);
}

TEST(SuddenNoises, BlowsWithinThreeTenthsOfASecondAreOne) {
    const auto two_blows = [](double apart_s) {
        Interleaved sound = test::white_noise(-65, 8);
        const Interleaved blow = test::cut_out(test::door_slam(-20), 0.0, 0.1);
        mix_in(sound, blow, 1.0, 4.0);
        mix_in(sound, blow, 1.0, 4.0 + apart_s);
        return sudden_noises_in(sound)->count();
    };
    EXPECT_EQ(two_blows(0.3), 1);
    EXPECT_EQ(two_blows(0.6), 2);
}

TEST(SuddenNoises, WhatNobodyHearsIsNone) {
    Interleaved sound = test::white_noise(-95, 8);
    mix_in(sound, test::door_slam(-50), 1.0, 4.0);
    EXPECT_EQ(sudden_noises_in(sound)->count(), 0);
}

TEST(SuddenNoises, NothingIsToldBeforeTwoAndAHalfSeconds) {
    EXPECT_FALSE(sudden_noises_in(test::white_noise(-60, 2.4)));
    EXPECT_TRUE(sudden_noises_in(test::white_noise(-60, 3.2)));
}

TEST(SuddenNoises, BlowBeforeTheTakeIsNoPartOfIt) {
    Interleaved sound = test::white_noise(-65, 5);
    mix_in(sound, test::door_slam(-15), 1.0, 4.0);
    NoiseMeter meter;
    meter.hear(test::cut_out(sound, 0.0, 4.3));
    meter.begin_take();
    meter.hear(test::cut_out(sound, 4.3, 5.0));
    meter.hear(test::white_noise(-65, 3, 2));
    EXPECT_EQ(meter.read().sudden_noises->count(), 0);
}

}  // namespace
}  // namespace changji
