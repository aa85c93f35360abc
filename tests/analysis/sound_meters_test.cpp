#include "analysis/sound/channel_meter.hpp"
#include "analysis/sound/clipping_meter.hpp"
#include "analysis/sound/loudness_meter.hpp"
#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::append;
using test::Interleaved;
using test::silence;
using test::sine;

/// Ends the recent window's memory: what follows is one take.
template <typename Meter>
void hear_take(Meter& meter, const Interleaved& sound) {
    meter.begin_take();
    meter.hear(sound);
}

TEST(LoudnessMeter, StereoSineOfMinus23ReadsMinus23Everywhere) {  // EBU Tech 3341, case 1
    LoudnessMeter meter;
    hear_take(meter, sine(1000, -23, 20));
    EXPECT_NEAR(*meter.momentary_lufs(), -23.0, 0.1);
    EXPECT_NEAR(*meter.short_term_lufs(), -23.0, 0.1);
    EXPECT_NEAR(*meter.integrated_lufs(), -23.0, 0.1);
}

TEST(LoudnessMeter, QuietStretchesAreGatedOut) {  // EBU Tech 3341, case 3
    Interleaved sound = sine(1000, -36, 10);
    append(sound, sine(1000, -23, 60));
    append(sound, sine(1000, -36, 10));
    LoudnessMeter meter;
    hear_take(meter, sound);
    EXPECT_NEAR(*meter.integrated_lufs(), -23.0, 0.1);
    EXPECT_NEAR(*meter.momentary_lufs(), -36.0, 0.1);
}

TEST(LoudnessMeter, TruePeakFindsWhatLiesBetweenSamples) {  // EBU Tech 3341, case 15: fs/4 at 45°
    Interleaved sound;
    for (int i = 0; i < sound_rate_hz; ++i) {
        const auto sample = static_cast<float>(0.5 * std::sin(2 * M_PI * i / 4 + M_PI / 4));
        sound.insert(sound.end(), {sample, sample});
    }
    LoudnessMeter meter;
    hear_take(meter, sound);
    EXPECT_GE(*meter.true_peak_dbtp(), -6.0 - 0.4);
    EXPECT_LE(*meter.true_peak_dbtp(), -6.0 + 0.2);
}

TEST(LoudnessMeter, NothingIsReadBeforeItsTimeNorBelowTheGate) {
    LoudnessMeter meter;
    EXPECT_FALSE(meter.true_peak_dbtp());
    meter.hear(sine(1000, -23, 0.3));
    EXPECT_FALSE(meter.momentary_lufs());
    meter.hear(sine(1000, -23, 2.0));
    EXPECT_TRUE(meter.momentary_lufs());
    EXPECT_FALSE(meter.short_term_lufs());
    LoudnessMeter silent;
    silent.hear(silence(5));
    EXPECT_FALSE(silent.short_term_lufs());
    EXPECT_FALSE(silent.integrated_lufs());
    EXPECT_DOUBLE_EQ(*silent.true_peak_dbtp(), -120.0);
}

TEST(LoudnessMeter, TakeForgetsWhatCameBefore) {
    LoudnessMeter meter;
    meter.hear(sine(1000, -1, 5));
    meter.begin_take();
    meter.hear(sine(1000, -30, 5));
    EXPECT_NEAR(*meter.integrated_lufs(), -30.0, 0.1);
    EXPECT_NEAR(*meter.true_peak_dbtp(), -30.0, 0.3);
}

TEST(LoudnessMeter, PeakOutsideATakeIsForgottenAfterTwentySeconds) {
    LoudnessMeter meter;
    const auto hear_seconds = [&](double level, int seconds) {
        for (int i = 0; i < seconds; ++i) meter.hear(sine(1000, level, 1));
    };
    hear_seconds(-1, 1);
    hear_seconds(-30, 8);
    EXPECT_GT(*meter.true_peak_dbtp(), -2.0);
    hear_seconds(-30, 12);
    EXPECT_LT(*meter.true_peak_dbtp(), -29.0);
    meter.begin_take();
    hear_seconds(-1, 1);
    hear_seconds(-30, 25);
    EXPECT_GT(*meter.true_peak_dbtp(), -2.0) << "a take forgets nothing";
}

TEST(LoudnessMeter, AgreesWithFfmpegOnRealSpeech) {
    CHANGJI_NEEDS_MEDIA("a01_en_jfk.flac");
    if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: ffmpeg is not on this machine";
    const Interleaved sound = test::decode_sound(test::media_folder() / "a01_en_jfk.flac");
    const test::TemporaryFolder folder;
    test::write_wav(folder.path() / "s.wav", sound);
    const auto told =
        test::run("ffmpeg -nostats -i '" + (folder.path() / "s.wav").string() + "' -af ebur128=peak=true -f null -");
    const auto summary = told.errors.find("Summary:");
    ASSERT_NE(summary, std::string::npos) << told.errors;
    const auto number_after = [&](const std::string& key) {
        return std::stod(told.errors.substr(told.errors.find(key, summary) + key.size()));
    };
    LoudnessMeter meter;
    hear_take(meter, sound);
    EXPECT_NEAR(*meter.integrated_lufs(), number_after("I:"), 0.1);
    EXPECT_NEAR(*meter.true_peak_dbtp(), number_after("Peak:"), 0.3);
}

TEST(ClippingMeter, CountsRunsOfThreeSamplesNotOfTwo) {
    Interleaved sound = silence(10);
    const auto clip = [&](std::size_t frame, int length) {
        for (int i = 0; i < length; ++i) sound[2 * (frame + static_cast<std::size_t>(i))] = i % 2 ? -1.0f : 1.0f;
    };
    clip(1000, 2);
    clip(2000, 3);
    clip(3000, 50);
    ClippingMeter meter;
    hear_take(meter, sound);
    EXPECT_DOUBLE_EQ(*meter.runs_per_s(), 0.2);
}

TEST(ClippingMeter, RunAcrossTwoBlocksCountsOnce) {
    Interleaved first = silence(1), second = silence(1);
    for (std::size_t i = first.size() - 4; i < first.size(); ++i) first[i] = 1.0f;
    for (std::size_t i = 0; i < 4; ++i) second[i] = 1.0f;
    ClippingMeter meter;
    hear_take(meter, first);
    meter.hear(second);
    EXPECT_DOUBLE_EQ(*meter.runs_per_s(), 0.5);
}

TEST(ClippingMeter, FullScaleSineBelowTheBoundHasNone) {
    ClippingMeter meter;
    hear_take(meter, sine(997, -0.1, 3));
    EXPECT_DOUBLE_EQ(*meter.runs_per_s(), 0.0);
}

TEST(ClippingMeter, NothingIsReadBeforeOneSecond) {
    ClippingMeter meter;
    meter.hear(silence(0.9));
    EXPECT_FALSE(meter.runs_per_s());
}

/// A sine whose channels are scaled apart.
Interleaved channels(double left, double right, double seconds) {
    Interleaved sound = sine(440, -12, seconds);
    for (std::size_t i = 0; i < sound.size(); i += 2) {
        sound[i] *= static_cast<float>(left);
        sound[i + 1] *= static_cast<float>(right);
    }
    return sound;
}

TEST(ChannelMeter, FindsTheDeadChannelAfterTwoSeconds) {
    ChannelMeter left, right, none, both;
    left.hear(channels(0, 1, 1.9));
    EXPECT_FALSE(left.dead_channel());
    left.hear(channels(0, 1, 0.1));
    EXPECT_EQ(left.dead_channel(), DeadChannel::Left);
    right.hear(channels(1, 0.0001, 2));
    EXPECT_EQ(right.dead_channel(), DeadChannel::Right);
    none.hear(channels(1, 0.1, 2));
    EXPECT_EQ(none.dead_channel(), DeadChannel::None);
    both.hear(silence(2));
    EXPECT_EQ(both.dead_channel(), DeadChannel::Both);
}

TEST(ChannelMeter, RecoversWhenTheCableIsPluggedIn) {
    ChannelMeter meter;
    meter.hear(channels(0, 1, 5));
    meter.hear(channels(1, 1, 0.5));
    EXPECT_EQ(meter.dead_channel(), DeadChannel::None);
}

TEST(ChannelMeter, LevelsAreOfTheLastTenthOfASecond) {
    ChannelMeter meter;
    meter.hear(channels(1, 1, 1));
    meter.hear(channels(1, 0.1, 0.1));
    const auto levels = meter.levels();
    EXPECT_NEAR(levels[0].peak_dbfs, -12.0, 0.1);
    EXPECT_NEAR(levels[0].rms_dbfs, -15.0, 0.1);
    EXPECT_NEAR(levels[1].peak_dbfs, -32.0, 0.1);
}

}  // namespace
}  // namespace changji
