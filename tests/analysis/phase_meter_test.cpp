#include "analysis/sound/phase_meter.hpp"

#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::append;
using test::Interleaved;

Interleaved with_right_turned(Interleaved sound) {
    for (std::size_t i = 1; i < sound.size(); i += 2) sound[i] = -sound[i];
    return sound;
}

/// Two noises whose channels correlate by `correlation`.
Interleaved correlated(double correlation, double seconds) {
    const Interleaved one = test::white_noise(-30, seconds, 1), other = test::white_noise(-30, seconds, 2);
    Interleaved sound = one;
    const double rest = std::sqrt(1.0 - correlation * correlation);
    for (std::size_t i = 1; i < sound.size(); i += 2) {
        sound[i] = static_cast<float>(correlation * one[i] + rest * other[i]);
    }
    return sound;
}

TEST(PhaseMeter, KnownCorrelationIsRead) {
    for (const double correlation : {1.0, 0.5, 0.0, -0.7, -1.0}) {
        PhaseMeter meter;
        meter.hear(correlated(correlation, 3));
        EXPECT_NEAR(*meter.phase(), correlation, 0.04) << "the highest of 20 slots";
    }
}

TEST(PhaseMeter, LevelsOfTheChannelsDoNotMatter) {
    Interleaved sound = with_right_turned(test::white_noise(-20, 3));
    for (std::size_t i = 0; i < sound.size(); i += 2) sound[i] *= 0.05f;
    PhaseMeter meter;
    meter.hear(sound);
    EXPECT_NEAR(*meter.phase(), -1.0, 1e-6);
}

TEST(PhaseMeter, BelowItsLimitMeansThatItHeldForTwoSeconds) {
    Interleaved sound = test::white_noise(-30, 3);
    append(sound, with_right_turned(test::white_noise(-30, 1.9)));
    PhaseMeter meter;
    meter.hear(sound);
    EXPECT_GT(*meter.phase(), 0.9);
    EXPECT_EQ(meter.inverted().count(), 0);
    meter.hear(with_right_turned(test::white_noise(-30, 0.1)));
    EXPECT_LT(*meter.phase(), -0.5);
    EXPECT_EQ(meter.inverted().kept(), (std::vector<FrameRange>{{144'000, 240'000}}));
    meter.hear(with_right_turned(test::white_noise(-30, 1.0)));
    meter.hear(test::white_noise(-30, 1.0));
    EXPECT_EQ(meter.inverted().kept(), (std::vector<FrameRange>{{144'000, 288'000}}));
    EXPECT_GT(*meter.phase(), 0.9);
}

TEST(PhaseMeter, TurnedMicrophoneIsFoundInSpeechThroughItsPauses) {
    for (const char* name : {"a02_en_librispeech_female.ogg", "a03_zh_aishell_BAC009S0724W0121.wav"}) {
        CHANGJI_NEEDS_MEDIA(name);
        const Interleaved speech = test::media_sound(name, 8);
        PhaseMeter turned, straight;
        turned.begin_take();
        turned.hear(with_right_turned(speech));
        straight.begin_take();
        straight.hear(speech);
        EXPECT_NEAR(*turned.phase(), -1.0, 1e-3);
        EXPECT_EQ(turned.inverted().count(), 1) << name;
        EXPECT_EQ(straight.inverted().count(), 0) << name;
    }
}

TEST(PhaseMeter, NothingIsReadWhereAChannelIsTooQuiet) {
    Interleaved sound = test::white_noise(-30, 4);
    for (std::size_t i = 1; i < sound.size(); i += 2) sound[i] *= 0.01f;  // −70 dBFS
    PhaseMeter meter;
    meter.hear(sound);
    EXPECT_FALSE(meter.phase());
}

TEST(PhaseMeter, NothingIsReadBeforeTwoSecondsOrLongAfter) {
    PhaseMeter meter;
    meter.hear(test::white_noise(-30, 1.9));
    EXPECT_FALSE(meter.phase());
    meter.hear(test::white_noise(-30, 0.1));
    EXPECT_TRUE(meter.phase());
    meter.hear(test::silence(9));
    EXPECT_FALSE(meter.phase());
}

TEST(PhaseMeter, TakeForgetsWhatCameBefore) {
    PhaseMeter meter;
    meter.hear(with_right_turned(test::white_noise(-30, 5)));
    EXPECT_EQ(meter.inverted().count(), 1);
    meter.begin_take();
    EXPECT_FALSE(meter.phase());
    EXPECT_EQ(meter.inverted().count(), 0);
}

}  // namespace
}  // namespace changji
