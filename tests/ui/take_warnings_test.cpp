#include "ui/session/take_warnings.hpp"
#include "tests/presets/shipped_preset.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

/// A take in which all is well, told in steps of a tenth of a second.
class Warnings : public testing::Test {
protected:
    Warnings() {
        now_.stage = Stage::Recording;
        now_.take_number = 1;
        now_.limit_s = 900.0;
        now_.faces = {FaceBox{0.4, 0.2, 0.1, 0.2}};
        now_.readings.set(Measure::LightFaceLuma, 55.0);
        now_.readings.set(Measure::SoundNoiseFloor, -65.0);
        now_.readings.set(Measure::SoundClippedRuns, 0.0);
        now_.readings.set(Measure::SoundSuddenNoises, 0.0);
    }
    /// The ids of what is told after so much more of the take.
    std::vector<std::string> after(double seconds) {
        std::vector<Message> told;
        for (const double until = now_.elapsed_s + seconds - 1e-6; now_.elapsed_s < until;) {
            now_.elapsed_s += 0.1;
            told = warnings_.update(now_, preset_);
        }
        std::vector<std::string> ids;
        for (const Message& each : told) ids.push_back(each.id);
        return ids;
    }

    Preset preset_ = test::shipped_preset();
    SessionSnapshot now_;
    TakeWarnings warnings_;
};

TEST_F(Warnings, NothingIsToldWhileAllIsWell) { EXPECT_TRUE(after(20.0).empty()); }

TEST_F(Warnings, WhatLastsShorterThanTwoSecondsIsNotTold) {
    after(1.0);
    now_.readings.set(Measure::LightFaceLuma, 10.0);
    EXPECT_TRUE(after(1.8).empty());
    now_.readings.set(Measure::LightFaceLuma, 55.0);
    EXPECT_TRUE(after(1.0).empty());
    now_.readings.set(Measure::LightFaceLuma, 10.0);
    EXPECT_TRUE(after(1.8).empty()) << "each time anew";
    EXPECT_EQ(after(0.5).size(), 1u);
}

TEST_F(Warnings, AWarningStaysUntilItHasBeenOverForThreeSeconds) {
    now_.readings.set(Measure::SoundNoiseFloor, -30.0);
    ASSERT_EQ(after(3.0),
              std::vector<std::string>{"The room has become noisy: switch off fans, close doors and windows."});
    now_.readings.set(Measure::SoundNoiseFloor, -65.0);
    EXPECT_EQ(after(2.5).size(), 1u);
    now_.readings.set(Measure::SoundNoiseFloor, -30.0);
    EXPECT_EQ(after(0.2).size(), 1u);
    now_.readings.set(Measure::SoundNoiseFloor, -65.0);
    EXPECT_EQ(after(2.5).size(), 1u) << "no flicker at the edge";
    EXPECT_TRUE(after(1.0).empty());
}

TEST_F(Warnings, AFaceIsMissedOnlyWhereOneWas) {
    now_.faces.clear();
    EXPECT_TRUE(after(5.0).empty()) << "a picture without a person";
    now_.faces = {FaceBox{0.4, 0.2, 0.1, 0.2}};
    after(0.2);
    now_.faces.clear();
    ASSERT_EQ(after(2.5).size(), 1u);
    now_.camera_away_s = 1.0;
    EXPECT_TRUE(after(4.0).empty()) << "without a picture there is another alarm";
}

TEST_F(Warnings, DarknessIsSeenWithoutAFaceTooAndBrightnessIsNone) {
    now_.readings.set(Measure::LightFaceLuma, std::nullopt);
    now_.readings.set(Measure::LightPictureLuma, 6.0);
    ASSERT_EQ(after(2.5), std::vector<std::string>{"It has become dark: switch the lamps on, or open the curtains."});
    now_.readings.set(Measure::LightPictureLuma, 95.0);
    EXPECT_TRUE(after(4.0).empty());
}

TEST_F(Warnings, AKnockIsToldForAMomentAndOnlyWhenItIsNew) {
    now_.readings.set(Measure::SoundSuddenNoises, 3.0);
    EXPECT_TRUE(after(1.0).empty()) << "heard before the take";
    now_.readings.set(Measure::SoundSuddenNoises, 0.0);
    after(1.0);
    now_.readings.set(Measure::SoundSuddenNoises, 1.0);
    EXPECT_EQ(after(1.0).size(), 1u);
    EXPECT_TRUE(after(8.0).empty());
}

TEST_F(Warnings, EachOfThePresetsTimesIsToldForAMoment) {
    now_.elapsed_s = 775.0;
    EXPECT_TRUE(after(4.0).empty());
    ASSERT_EQ(after(2.0), std::vector<std::string>{"{0} left: come to the end, the recording stops by itself."});
    EXPECT_TRUE(after(9.0).empty());
    now_.elapsed_s = 868.0;
    EXPECT_TRUE(after(1.0).empty());
    EXPECT_EQ(after(2.0).size(), 1u);
}

TEST_F(Warnings, AtMostTwoAtATimeTheMostUrgentFirst) {
    after(0.1);
    now_.faces.clear();
    now_.readings.set(Measure::LightFaceLuma, 5.0);
    now_.readings.set(Measure::SoundClippedRuns, 9.0);
    now_.readings.set(Measure::SoundNoiseFloor, -20.0);
    const auto told = after(3.0);
    ASSERT_EQ(told.size(), TakeWarnings::most);
    EXPECT_TRUE(told[0].starts_with("The face left"));
}

TEST_F(Warnings, NothingIsTakenIntoTheNextTakeOrToldOutsideOne) {
    now_.readings.set(Measure::SoundNoiseFloor, -20.0);
    ASSERT_FALSE(after(3.0).empty());
    now_.stage = Stage::Watching;
    EXPECT_TRUE(after(1.0).empty());
    now_.stage = Stage::Recording;
    now_.take_number = 2;
    now_.elapsed_s = 0.0;
    EXPECT_TRUE(after(1.5).empty());
    EXPECT_FALSE(after(1.0).empty());
}

}  // namespace
}  // namespace changji
