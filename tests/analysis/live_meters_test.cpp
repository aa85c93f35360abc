#include "analysis/judging/advice.hpp"
#include "analysis/judging/checks.hpp"
#include "tests/analysis/evidence.hpp"

#include <set>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::good_readings;
using test::shipped_preset;

LiveMeter live(Aspect aspect, const Readings& readings) {
    return live_meters(shipped_preset(), readings)[static_cast<std::size_t>(aspect)];
}

MeterLimit limit(std::optional<double> pass_min, std::optional<double> pass_max, std::optional<double> warn_min,
                 std::optional<double> warn_max, std::string measure = "light.face_luma_percent") {
    MeterLimit made;
    made.measure = std::move(measure);
    made.pass_min = pass_min, made.pass_max = pass_max, made.warn_min = warn_min, made.warn_max = warn_max;
    return made;
}

TEST(MeterLimit, StatusFollowsPassAndWarnRangesWithTheirEdges) {
    const MeterLimit face = limit(45, 72, 35, 80);
    EXPECT_EQ(status_of(45, face), FindingStatus::Pass);
    EXPECT_EQ(status_of(72.1, face), FindingStatus::Warn);
    EXPECT_EQ(status_of(35, face), FindingStatus::Warn);
    EXPECT_EQ(status_of(34.9, face), FindingStatus::Fail);
    EXPECT_EQ(status_of(81, face), FindingStatus::Fail);
    EXPECT_EQ(status_of(1, limit({}, 0, {}, {})), FindingStatus::Fail) << "no warning range at all";
    MeterLimit advice = limit(.12, .28, {}, {});
    advice.severity = Severity::Advises;
    EXPECT_EQ(status_of(.5, advice), FindingStatus::Warn);
}

TEST(MeterLimit, TextsCarryTheirUnits) {
    EXPECT_EQ(limit_text(limit(45, 72, {}, {})), "45–72 %");
    EXPECT_EQ(limit_text(limit({}, .5, {}, {})), "≤ 0.5 %");
    EXPECT_EQ(limit_text(limit(30, {}, {}, {}, "sound.speech_to_noise_db")), "≥ 30 dB");
    EXPECT_EQ(limit_text(limit(-24, -22, {}, {}, "sound.loudness_lufs")), "-24 … -22 LUFS");
    EXPECT_EQ(limit_text(limit({}, .15, {}, {}, "background.clutter")), "≤ 0.15");
    EXPECT_EQ(value_text(Measure::LightFaceLuma, 58.06), "58.1 %");
    EXPECT_EQ(value_text(Measure::SoundTruePeak, -0.04), "0.0 dBTP");
    EXPECT_EQ(value_text(Measure::SoundDeadChannel, 1), "R");
}

TEST(MeterLimit, BadnessRisesThroughTheThreeThirds) {
    const MeterLimit floor = limit({}, -60, {}, -45, "sound.noise_floor_dbfs");
    EXPECT_DOUBLE_EQ(badness(-80, floor), 0.0);
    EXPECT_NEAR(badness(-60, floor), 1.0 / 3, 1e-9);
    EXPECT_NEAR(badness(-52.5, floor), 0.5, 1e-9);
    EXPECT_NEAR(badness(-45, floor), 2.0 / 3, 1e-9);
    EXPECT_DOUBLE_EQ(badness(0, floor), 1.0);
}

TEST(LiveMeters, AllWellPassesInAllThreeAspects) {
    for (const LiveMeter& meter : live_meters(shipped_preset(), good_readings())) {
        EXPECT_EQ(meter.status, FindingStatus::Pass);
        EXPECT_TRUE(meter.advice.empty());
        EXPECT_LE(meter.fraction, 1.0 / 3 + 1e-9);
        EXPECT_FALSE(meter.value.empty());
    }
}

TEST(LiveMeters, WorstMeasureOfTheAspectIsShown) {
    Readings readings = good_readings();
    readings.set(Measure::LightClipped, 3.0);
    readings.set(Measure::LightBacklight, 3.5);
    const LiveMeter light = live(Aspect::Light, readings);
    EXPECT_EQ(light.status, FindingStatus::Fail);
    EXPECT_EQ(light.measure, Measure::LightBacklight);
    EXPECT_EQ(light.value, "3.5 EV");
    EXPECT_EQ(live(Aspect::Sound, readings).status, FindingStatus::Pass);
}

TEST(LiveMeters, WhileAllIsWellTheMeasureThatStandsForItsAspectIsShown) {
    const Readings readings = good_readings();
    EXPECT_EQ(live(Aspect::Light, readings).measure, Measure::LightFaceLuma);
    EXPECT_EQ(live(Aspect::Background, readings).measure, Measure::BackgroundClutter);
    EXPECT_EQ(live(Aspect::Sound, readings).measure, Measure::SoundNoiseFloor);
}

TEST(LiveMeters, NothingIsCalledQuietBeforeTheNoiseFloorIsMeasured) {
    Readings readings = good_readings();
    readings.set(Measure::SoundNoiseFloor, std::nullopt);
    EXPECT_EQ(live(Aspect::Sound, readings).status, FindingStatus::Unmeasured);
    readings.set(Measure::SoundTruePeak, 0.9);
    EXPECT_EQ(live(Aspect::Sound, readings).status, FindingStatus::Fail) << "a fault is shown at once";
}

TEST(LiveMeters, NothingMeasuredYetSaysWhyInEachAspect) {
    for (const LiveMeter& meter : live_meters(shipped_preset(), Readings{})) {
        EXPECT_EQ(meter.status, FindingStatus::Unmeasured);
        EXPECT_FALSE(meter.measure);
        EXPECT_FALSE(meter.advice.empty());
    }
}

TEST(LiveMeters, WithoutAFaceThePictureIsMeasuredAndSaid) {
    Readings readings;
    readings.set(Measure::LightPictureLuma, 11.0);
    const LiveMeter dark = live(Aspect::Light, readings);
    EXPECT_EQ(dark.status, FindingStatus::Fail);
    EXPECT_EQ(dark.measure, Measure::LightPictureLuma);
    EXPECT_NE(in_english(dark.advice).find("No face found"), std::string::npos);
    readings.set(Measure::LightPictureLuma, 55.0);
    EXPECT_EQ(live(Aspect::Light, readings).status, FindingStatus::Unmeasured);
    EXPECT_NE(in_english(live(Aspect::Light, readings).advice).find("No face found"), std::string::npos);
}

TEST(LiveMeters, AFrozenOrUnfocusedPictureIsTroubleAndAdviceIsNot) {
    EXPECT_FALSE(picture_trouble(shipped_preset(), good_readings()));
    EXPECT_FALSE(picture_trouble(shipped_preset(), Readings{}));
    Readings readings = good_readings();
    readings.set(Measure::PictureSharpness, 0.2);
    EXPECT_FALSE(picture_trouble(shipped_preset(), readings)) << "sharpness is advice";
    readings.set(Measure::PictureFrozen, 1.4);
    const auto trouble = picture_trouble(shipped_preset(), readings);
    ASSERT_TRUE(trouble);
    EXPECT_EQ(trouble->measure, Measure::PictureFrozen);
    EXPECT_NE(in_english(trouble->advice).find("stood still"), std::string::npos);
}

TEST(LiveMeters, LoudnessIsNotWatched) {
    Readings readings = good_readings();
    readings.set(Measure::SoundLoudness, -50.0);
    EXPECT_EQ(live(Aspect::Sound, readings).status, FindingStatus::Pass);
}

/// The sentence for one value, with what else is known.
std::string advice(Measure measure, double value, const Readings& others = {}) {
    const Preset preset = shipped_preset();
    return in_english(advice_for(measure, value, *preset.find_meter(info(measure).id), {preset, others}));
}

Readings with(std::initializer_list<std::pair<Measure, double>> values) {
    Readings readings;
    for (const auto& [measure, value] : values) readings.set(measure, value);
    return readings;
}

TEST(Advice, EachStateHasItsOwnSentence) {
    const std::vector<std::pair<Measure, double>> states{
        {Measure::LightFaceLuma, 20},     {Measure::LightFaceLuma, 40},      {Measure::LightFaceLuma, 76},
        {Measure::LightFaceLuma, 90},     {Measure::LightKeyFillRatio, 5},   {Measure::LightKeyFillRatio, 20},
        {Measure::LightBacklight, 1.5},   {Measure::LightBacklight, 3},      {Measure::LightClipped, 3},
        {Measure::LightClipped, 20},      {Measure::LightCrushed, 3},        {Measure::LightCrushed, 20},
        {Measure::LightFaceClipped, 5},   {Measure::LightFaceCrushed, 5},    {Measure::LightContrast, .05},
        {Measure::LightContrast, .4},     {Measure::LightColourCast, 12},    {Measure::BackgroundClutter, .2},
        {Measure::BackgroundClutter, .5}, {Measure::SoundLoudness, -40},     {Measure::SoundLoudness, -10},
        {Measure::SoundTruePeak, -.5},    {Measure::SoundTruePeak, .5},      {Measure::SoundNoiseFloor, -50},
        {Measure::SoundNoiseFloor, -30},  {Measure::SoundSpeechToNoise, 20}, {Measure::SoundClippedRuns, .5},
        {Measure::SoundClippedRuns, 5},   {Measure::SoundDeadChannel, 1},    {Measure::SoundDeadChannel, 2},
        {Measure::SoundDeadChannel, 3}};
    std::set<std::string> sentences;
    for (const auto& [measure, value] : states) {
        EXPECT_NE(advice(measure, value), "") << info(measure).id << " " << value;
        sentences.insert(advice(measure, value));
    }
    EXPECT_EQ(sentences.size(), states.size());
    EXPECT_EQ(advice(Measure::LightFaceLuma, 60), "");
}

TEST(Advice, ADarkFaceBeforeAWindowIsNotADarkRoom) {
    const std::string window = advice(Measure::LightFaceLuma, 30, with({{Measure::LightBacklight, 2.5}}));
    const std::string dark = advice(Measure::LightFaceLuma, 30, with({{Measure::LightBacklight, 0.2}}));
    EXPECT_NE(window.find("comes from behind"), std::string::npos) << window;
    EXPECT_NE(dark.find("key light"), std::string::npos) << dark;
}

TEST(Advice, AHardLampIsNotALampTooBright) {
    const std::string hard = advice(Measure::LightFaceLuma, 85, with({{Measure::LightKeyFillRatio, 6.0}}));
    EXPECT_NE(hard.find("too hard"), std::string::npos) << hard;
    EXPECT_EQ(advice(Measure::LightFaceLuma, 85).find("too hard"), std::string::npos);
}

TEST(Advice, AWeakVoiceIsNotANoisyRoom) {
    const std::string weak = advice(Measure::SoundSpeechToNoise, 10, with({{Measure::SoundNoiseFloor, -70.0}}));
    const std::string noisy = advice(Measure::SoundSpeechToNoise, 10, with({{Measure::SoundNoiseFloor, -40.0}}));
    EXPECT_NE(weak.find("voice is weak"), std::string::npos) << weak;
    EXPECT_NE(noisy.find("drowns in the noise"), std::string::npos) << noisy;
}

}  // namespace
}  // namespace changji
