#include "analysis/reference.hpp"

#include "tests/analysis/evidence.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::good_readings;
using test::shipped_preset;

Readings with_face(double luma) {
    Readings readings = good_readings();
    readings.set(Measure::LightFaceLuma, luma);
    return readings;
}

TEST(Reference, LeavesOutWhatOnlyCountsFaults) {
    const Readings reference = reference_of(good_readings());
    EXPECT_EQ(reference[Measure::LightFaceLuma], 58.0);
    EXPECT_EQ(reference[Measure::SoundNoiseFloor], -66.0);
    EXPECT_FALSE(reference[Measure::SoundDropouts]);
    EXPECT_FALSE(reference[Measure::SoundDeadChannel]);
}

TEST(Reference, OfATakeIsWhatIsJudged) {
    EXPECT_EQ(reference_of(test::log_of(good_readings()))[Measure::LightFaceLuma], 58.0);
}

TEST(Reference, DistanceHasItsSignAndUnit) {
    const Readings reference = reference_of(good_readings());
    EXPECT_EQ(distance_text(Measure::LightFaceLuma, 61.24, reference), "+3.2 %");
    EXPECT_EQ(distance_text(Measure::SoundNoiseFloor, -70.0, reference), "-4.0 dBFS");
    EXPECT_EQ(distance_text(Measure::LightFaceLuma, 61.2, Readings{}), "");
}

TEST(Reference, ADarkerFaceLowersTheLimitAsFarAsThePresetAllows) {
    const auto limit_with = [](double luma) {
        return *with_reference(shipped_preset(), with_face(luma)).find_meter("light.face_luma_percent");
    };
    EXPECT_EQ(limit_with(58).pass_min, 45.0) << "a brighter one changes nothing";
    EXPECT_EQ(limit_with(40).pass_min, 35.0) << "half the warning range below the reference";
    EXPECT_EQ(limit_with(40).warn_min, 25.0);
    EXPECT_EQ(limit_with(10).pass_min, 28.0) << "never below reference_min";
    EXPECT_EQ(limit_with(40).pass_max, 72.0);
}

TEST(Reference, LiveMetersTellTheDistance) {
    const auto meters = live_meters(shipped_preset(), with_face(61), reference_of(good_readings()));
    EXPECT_EQ(meters[0].distance, "+3.0 %");
    EXPECT_EQ(live_meters(shipped_preset(), with_face(61))[0].distance, "");
}

}  // namespace
}  // namespace changji
