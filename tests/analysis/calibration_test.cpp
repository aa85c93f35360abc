#include "analysis/calibrating/calibration.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

MeterLimit limit(const char* measure) {
    MeterLimit limit;
    limit.measure = measure;
    limit.clause = "四.3-b";
    limit.provisional = true;
    return limit;
}

MeterLimit clutter_limit() {
    MeterLimit clutter = limit("background.clutter");
    clutter.pass_max = 0.15;
    clutter.warn_max = 0.30;
    return clutter;
}

MeterLimit face_limit() {
    MeterLimit face = limit("light.face_luma_percent");
    face.pass_min = 45;
    face.pass_max = 72;
    face.warn_min = 35;
    face.warn_max = 80;
    face.reference_min = 28;
    return face;
}

Preset preset_with(std::vector<MeterLimit> limits) {
    Preset preset;
    preset.meters = std::move(limits);
    return preset;
}

CalibrationSample sample(bool good, Measure measure, std::optional<double> value) {
    CalibrationSample made;
    made.good = good;
    made.readings.set(measure, value);
    return made;
}

/// Files with these values of one measure.
std::vector<CalibrationSample> files(Measure measure, const std::vector<double>& good, const std::vector<double>& bad) {
    std::vector<CalibrationSample> made;
    for (const double value : good) made.push_back(sample(true, measure, value));
    for (const double value : bad) made.push_back(sample(false, measure, value));
    return made;
}

std::vector<double> steps(double first, double step, int count) {
    std::vector<double> values;
    for (int i = 0; i < count; ++i) values.push_back(first + step * i);
    return values;
}

MeasureCalibration only(const std::vector<CalibrationSample>& samples, const MeterLimit& present) {
    const Calibration calibration = calibrate(samples, preset_with({present}));
    EXPECT_EQ(calibration.measures.size(), 1u);
    return calibration.measures.at(0);
}

TEST(Calibration, ProposesALimitBetweenTenGoodAndTenBadFiles) {
    // Good .02 to .20, bad .40 to .58: the middle is .30.
    const auto found =
        only(files(Measure::BackgroundClutter, steps(0.02, 0.02, 10), steps(0.40, 0.02, 10)), clutter_limit());
    EXPECT_EQ(found.outcome, CalibrationOutcome::Proposed);
    EXPECT_EQ(found.good_when, GoodWhen::Lower);
    EXPECT_DOUBLE_EQ(found.auc, 1.0);
    EXPECT_LT(found.p_value, 0.001);
    EXPECT_DOUBLE_EQ(*found.proposed.pass_max, 0.3);
    EXPECT_DOUBLE_EQ(*found.proposed.warn_max, 0.39);
    EXPECT_FALSE(found.proposed.pass_min);
    EXPECT_FALSE(found.proposed.provisional);
    EXPECT_EQ(found.proposed.clause, "四.3-b");
    EXPECT_EQ(found.at_proposed, (ConfusionTable{{10, 0, 0}, {0, 0, 10}}));
    EXPECT_EQ(found.at_present, (ConfusionTable{{7, 3, 0}, {0, 0, 10}})) << "≤ .15 passes, ≤ .30 warns";
    EXPECT_DOUBLE_EQ(found.youden_j, 1.0);
    EXPECT_EQ(found.right, 20);
    EXPECT_EQ(found.right_left_out, 20);
}

TEST(Calibration, AnAdvisingLimitNeverFailsAFile) {
    MeterLimit advising = clutter_limit();
    advising.severity = Severity::Advises;
    const auto found = only(files(Measure::BackgroundClutter, steps(0.02, 0.02, 10), steps(0.40, 0.02, 10)), advising);
    EXPECT_EQ(found.at_proposed, (ConfusionTable{{10, 0, 0}, {0, 10, 0}}));
    EXPECT_EQ(found.proposed.severity, Severity::Advises);
}

TEST(Calibration, NineFilesOfAKindAreShownButTooFew) {
    const auto found =
        only(files(Measure::BackgroundClutter, steps(0.02, 0.02, 9), steps(0.40, 0.02, 10)), clutter_limit());
    EXPECT_EQ(found.outcome, CalibrationOutcome::TooFew);
    EXPECT_TRUE(found.proposed.pass_max);
}

TEST(Calibration, WhatDoesNotTellGoodFromBadGetsNoLimit) {
    // Alternating: of 100 pairs 45 are in one order, 55 in the other.
    const auto found =
        only(files(Measure::BackgroundClutter, steps(0.02, 0.04, 10), steps(0.04, 0.04, 10)), clutter_limit());
    EXPECT_EQ(found.outcome, CalibrationOutcome::NotSeparating);
    EXPECT_NEAR(found.auc, 0.55, 1e-12);
    EXPECT_FALSE(found.proposed.pass_max);
}

TEST(Calibration, PerfectOrderOfThreeAgainstThreeIsStillChance) {
    const auto found = only(files(Measure::BackgroundClutter, {0.1, 0.2, 0.3}, {0.5, 0.6, 0.7}), clutter_limit());
    EXPECT_DOUBLE_EQ(found.auc, 1.0);
    EXPECT_EQ(found.outcome, CalibrationOutcome::NotSeparating);
}

TEST(Calibration, ARangeIsTriedInTwoShapesAndPaysForIt) {
    // Four against four in perfect order: p = .030, twice that is chance.
    EXPECT_EQ(only(files(Measure::BackgroundClutter, {1, 2, 3, 4}, {5, 6, 7, 8}), clutter_limit()).outcome,
              CalibrationOutcome::TooFew);
    EXPECT_EQ(only(files(Measure::LightFaceLuma, {5, 6, 7, 8}, {1, 2, 3, 4}), face_limit()).outcome,
              CalibrationOutcome::NotSeparating);
}

TEST(Calibration, ALimitIsNeverTurnedAround) {
    const auto found =
        only(files(Measure::BackgroundClutter, steps(0.40, 0.02, 10), steps(0.02, 0.02, 10)), clutter_limit());
    EXPECT_EQ(found.outcome, CalibrationOutcome::AgainstPreset);
    EXPECT_EQ(found.good_when, GoodWhen::Higher);
    EXPECT_FALSE(found.proposed.pass_min);
}

TEST(Calibration, ARangeIsFoundWhereBadFilesLieOnBothSides) {
    auto bad = steps(20, 1, 5);
    for (const double value : steps(90, 1, 5)) bad.push_back(value);
    const auto found = only(files(Measure::LightFaceLuma, steps(50, 1, 10), bad), face_limit());
    EXPECT_EQ(found.outcome, CalibrationOutcome::Proposed);
    EXPECT_EQ(found.good_when, GoodWhen::Within);
    EXPECT_DOUBLE_EQ(found.auc, 1.0);
    EXPECT_DOUBLE_EQ(*found.proposed.warn_min, 24.1);
    EXPECT_DOUBLE_EQ(*found.proposed.pass_min, 37.0);
    EXPECT_DOUBLE_EQ(*found.proposed.pass_max, 74.5);
    EXPECT_DOUBLE_EQ(*found.proposed.warn_max, 89.9);
    EXPECT_DOUBLE_EQ(*found.proposed.reference_min, 28.0);
    EXPECT_FALSE(found.proposed.provisional);
    EXPECT_EQ(found.at_proposed, (ConfusionTable{{10, 0, 0}, {0, 0, 10}}));
    EXPECT_EQ(found.right_left_out, 20);
}

TEST(Calibration, AGoodFilesDistanceIsMeasuredFromTheOtherGoodOnes) {
    // The good lie 15, 0 and 15 away (from 65, 60 and 55), the bad 15 and 15 from 60: of six pairs four halves and two.
    // From the median of all three the good would lie 10, 0 and 10 away, and seem to be told apart.
    const auto found = only(files(Measure::LightFaceLuma, {50, 60, 70}, {45, 75}), face_limit());
    EXPECT_EQ(found.good_when, GoodWhen::Within);
    EXPECT_NEAR(found.auc, 4.0 / 6.0, 1e-12);
    EXPECT_EQ(found.outcome, CalibrationOutcome::NotSeparating);
}

TEST(Calibration, ASideOfARangeThatNoBadFileAsksForStaysAndStaysProvisional) {
    const auto kept = only(files(Measure::LightFaceLuma, steps(40, 2, 10), steps(10, 2, 10)), face_limit());
    EXPECT_EQ(kept.good_when, GoodWhen::Higher);
    EXPECT_DOUBLE_EQ(*kept.proposed.pass_min, 34.0);
    EXPECT_DOUBLE_EQ(*kept.proposed.warn_min, 28.1);
    EXPECT_DOUBLE_EQ(*kept.proposed.pass_max, 72.0);
    EXPECT_DOUBLE_EQ(*kept.proposed.warn_max, 80.0);
    EXPECT_TRUE(kept.proposed.provisional);
    const auto moved = only(files(Measure::LightFaceLuma, steps(64, 2, 10), steps(10, 2, 10)), face_limit());
    EXPECT_DOUBLE_EQ(*moved.proposed.pass_max, 82.0) << "the brightest good file";
    EXPECT_DOUBLE_EQ(*moved.proposed.warn_max, 82.0);
}

TEST(Calibration, TheReferencesLowestNeverLiesAboveThePassEdge) {
    const auto found = only(files(Measure::LightFaceLuma, steps(30, 2, 10), steps(1, 1, 10)), face_limit());
    EXPECT_DOUBLE_EQ(*found.proposed.pass_min, 20.0);
    EXPECT_DOUBLE_EQ(*found.proposed.reference_min, 20.0);
}

TEST(Calibration, FilesWithoutAValueAreCountedAndTakeNoPart) {
    auto samples = files(Measure::BackgroundClutter, steps(0.02, 0.02, 10), steps(0.40, 0.02, 10));
    samples.push_back(sample(true, Measure::LightFaceLuma, 50));
    for (int i = 0; i < 3; ++i) samples.push_back(sample(false, Measure::LightFaceLuma, 20));
    const Calibration found = calibrate(samples, preset_with({face_limit(), clutter_limit()}));
    ASSERT_EQ(found.measures.size(), 2u);
    EXPECT_EQ(found.measures[0].measure, Measure::BackgroundClutter) << "what separates comes first";
    EXPECT_EQ(found.measures[0].good, 10);
    EXPECT_EQ(found.measures[0].good_missing, 1);
    EXPECT_EQ(found.measures[0].bad_missing, 3);
    EXPECT_EQ(found.measures[1].outcome, CalibrationOutcome::Unmeasured) << "one good value is no group";
    EXPECT_EQ(found.tried, 1);
}

TEST(Calibration, AMeasureThatIsTheSameEverywhereWasNotTried) {
    const Calibration found = calibrate(files(Measure::BackgroundClutter, steps(0.1, 0, 10), steps(0.1, 0, 10)),
                                        preset_with({clutter_limit()}));
    EXPECT_EQ(found.measures[0].outcome, CalibrationOutcome::NotSeparating);
    EXPECT_EQ(found.tried, 0);
}

TEST(Calibration, RatingsAreCorrelatedByRank) {
    // Ranks less their middle: of the ratings .5, 1.5, −1, −1, of the values −1, −1, 1.5, .5.
    // Σxy = −4, Σxx = Σyy = 4.5.
    std::vector<CalibrationSample> samples = files(Measure::BackgroundClutter, {0.5, 0.5}, {0.9, 0.8});
    const double ratings[] = {2, 3, 1, 1};
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i].rating = ratings[i];
    EXPECT_NEAR(*only(samples, clutter_limit()).spearman, -4.0 / 4.5, 1e-12);
    EXPECT_FALSE(only(files(Measure::BackgroundClutter, {0.5, 0.5}, {0.9, 0.8}), clutter_limit()).spearman);
}

}  // namespace
}  // namespace changji
