#include "analysis/judging/worst_moment.hpp"

#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

using Values = std::vector<std::optional<double>>;

/// One row each 0.2 s.
TakeLog log_of(Measure measure, const Values& values) {
    TakeLog log;
    for (std::size_t i = 0; i < values.size(); ++i) {
        Readings readings;
        readings.set(measure, values[i]);
        log.add(static_cast<double>(i) * row_interval_s, readings);
    }
    return log;
}

MeterLimit limit_of(const char* measure, std::optional<double> pass_min, std::optional<double> pass_max,
                    std::optional<double> warn_min = {}, std::optional<double> warn_max = {}) {
    MeterLimit limit;
    limit.measure = measure;
    limit.pass_min = pass_min;
    limit.pass_max = pass_max;
    limit.warn_min = warn_min;
    limit.warn_max = warn_max;
    return limit;
}

const MeterLimit clutter = limit_of("background.clutter", {}, 0.15, {}, 0.30);
const MeterLimit face = limit_of("light.face_luma_percent", 45, 72, 35, 80);
const MeterLimit peak = limit_of("sound.true_peak_dbtp", {}, -1, {}, 0);

std::optional<double> worst_clutter(const Values& values) {
    return worst_moment_s(log_of(Measure::BackgroundClutter, values), Measure::BackgroundClutter, clutter);
}

TEST(WorstMoment, IsWhereTheValueStoodFurthestOutside) {
    EXPECT_DOUBLE_EQ(*worst_clutter({.1, .1, .2, .2, .2, .1, .4, .4, .4, .1}), 1.2);
    EXPECT_DOUBLE_EQ(*worst_clutter({.4, .4, .4, .9, .9, .9, .4}), 0.6) << "both fail with the same badness";
}

TEST(WorstMoment, SingleRowThatShootsOutIsPassedOver) {
    EXPECT_DOUBLE_EQ(*worst_clutter({.1, .9, .1, .1, .1, .2, .2, .2, .1}), 1.0);
}

TEST(WorstMoment, ShowsABadRowEvenWhereAGoodOneStandsBetween) {
    EXPECT_DOUBLE_EQ(*worst_clutter({.1, .1, .5, .1, .4, .1, .1}), 0.8) << "not the good row in the middle";
}

TEST(WorstMoment, TooDarkAndTooBrightAreHeldAgainstEachOther) {
    // Ten below 45 is one width of the warning zone, eight above 72 another: 30 is further out than 79.
    const TakeLog log = log_of(Measure::LightFaceLuma, {60, 79, 79, 79, 60, 30, 30, 30, 60});
    EXPECT_DOUBLE_EQ(*worst_moment_s(log, Measure::LightFaceLuma, face), 1.0);
}

TEST(WorstMoment, RowsOnBothSidesOfAGapAreNoNeighbours) {
    EXPECT_DOUBLE_EQ(*worst_clutter({.9, std::nullopt, .9, .9, std::nullopt, .2, .2, .2}), 1.0);
    EXPECT_DOUBLE_EQ(*worst_clutter({.1, .9, std::nullopt, .3}), 0.2) << "nothing held: the worst there is";
}

TEST(WorstMoment, WithoutAnyValueThereIsNone) {
    EXPECT_FALSE(worst_clutter({}));
    EXPECT_FALSE(worst_clutter({std::nullopt, std::nullopt, std::nullopt}));
}

TEST(WorstMoment, OfATruePeakIsWhenTheMaximumWasReached) {
    const TakeLog log = log_of(Measure::SoundTruePeak, {-20, -6, -6, 0.2, 0.2, 1.4, 1.4, 1.4});
    EXPECT_DOUBLE_EQ(*worst_moment_s(log, Measure::SoundTruePeak, peak), 1.0);
}

TEST(WorstMoment, OfARunningValueLiesAfterItCameToItsFinalSideForTheLastTime) {
    const MeterLimit noise = limit_of("sound.noise_floor_dbfs", {}, -60, {}, -45);
    // Failed at first, then was right, then warned until the end: the failure is history.
    const TakeLog log = log_of(Measure::SoundNoiseFloor, {-40, -40, -62, -62, -58, -55, -57, -57});
    EXPECT_DOUBLE_EQ(*worst_moment_s(log, Measure::SoundNoiseFloor, noise), 1.0);
}

TEST(WorstMoment, OfRunningLoudnessDoesNotMixTooLowWithTooHigh) {
    const MeterLimit loudness = limit_of("sound.loudness_lufs", -24, -22, -26, -20);
    const TakeLog log = log_of(Measure::SoundLoudness, {-45, -40, -23, -18, -17, -17.5});
    EXPECT_DOUBLE_EQ(*worst_moment_s(log, Measure::SoundLoudness, loudness), 0.8);
}

/// Speech at −23 LUFS for 20 s with 3.4 s of quiet from 8 s on, as a momentary meter (0.4 s back) shows it.
Values speech_with_a_pause() {
    Values values(100, -23.0);
    for (std::size_t i = 42; i <= 57; ++i) values[i] = -60.0;  // from 8.4 s to 11.4 s
    return values;
}

TEST(QuietestStretch, IsThePause) {
    const TakeLog log = log_of(Measure::SoundMomentary, speech_with_a_pause());
    EXPECT_NEAR(*quietest_stretch_s(log, 3.0), 8.0, 1e-9);
}

TEST(QuietestStretch, OneLoudWordWeighsMoreThanSilenceAroundIt) {
    Values values(60, -30.0);
    for (std::size_t i = 10; i < 30; ++i) values[i] = -70.0;
    for (std::size_t i = 18; i < 21; ++i) values[i] = -10.0;
    const TakeLog log = log_of(Measure::SoundMomentary, values);
    EXPECT_GE(*quietest_stretch_s(log, 2.0), 3.6) << "after the word";
}

TEST(QuietestStretch, LeavesDigitalSilenceOut) {
    Values values(60, -30.0);
    for (std::size_t i = 20; i < 40; ++i) values[i] = std::nullopt;
    values[10] = -31.0;
    const TakeLog log = log_of(Measure::SoundMomentary, values);
    EXPECT_LE(*quietest_stretch_s(log, 3.0), 1.6);
}

TEST(LoudestStretch, IsTheShout) {
    Values values(60, -30.0);
    for (std::size_t i = 32; i <= 45; ++i) values[i] = -9.0;
    const TakeLog log = log_of(Measure::SoundMomentary, values);
    EXPECT_NEAR(*loudest_stretch_s(log, 3.0), 6.0, 1e-9);
}

TEST(LoudestStretch, OfAShortLogIsItsBeginningAndOfAnEmptyOneNone) {
    EXPECT_DOUBLE_EQ(*loudest_stretch_s(log_of(Measure::SoundMomentary, {-20.0, -20.0}), 3.0), 0.0);
    EXPECT_FALSE(loudest_stretch_s(log_of(Measure::SoundMomentary, {std::nullopt}), 3.0));
}

}  // namespace
}  // namespace changji
