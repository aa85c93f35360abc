#include "analysis/sound/hum_meter.hpp"

#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <cmath>
#include <numbers>
#include <string_view>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::Interleaved;
using test::mix_in;

/// Mains hum with the given total power: the fundamental and some harmonics, none in phase.
Interleaved hum(double dbfs, double seconds, double mains_hz = 50.0) {
    struct Line {
        int harmonic;
        double amplitude;
    };
    constexpr Line lines[] = {{1, 1.0}, {2, 0.8}, {3, 0.5}, {5, 0.3}, {7, 0.2}};
    double power = 0.0;
    for (const Line& line : lines) power += line.amplitude * line.amplitude / 2.0;
    const double scale = std::sqrt(std::pow(10.0, dbfs / 10.0) / power);
    Interleaved sound;
    for (int i = 0; i < std::lround(seconds * sound_rate_hz); ++i) {
        double sample = 0.0;
        for (const Line& line : lines) {
            const double turn = 2.0 * std::numbers::pi * mains_hz * line.harmonic * i / sound_rate_hz;
            sample += scale * line.amplitude * std::sin(turn + line.harmonic);
        }
        sound.insert(sound.end(), {static_cast<float>(sample), static_cast<float>(sample)});
    }
    return sound;
}

HumReading hum_of(const Interleaved& sound, double mains_hz = 50.0) {
    HumMeter meter(mains_hz);
    meter.begin_take();
    meter.hear(sound);
    return meter.read();
}

class HumInSpeech : public testing::TestWithParam<const char*> {};

TEST_P(HumInSpeech, IsTrueWithinOneDecibel) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    // That recording has lines of its own at 50 Hz and above, −64 dBFS in all: too faint to count alone.
    const bool hums_itself = std::string_view(GetParam()).starts_with("a03");
    const double own = hums_itself ? std::pow(10.0, -6.4) : 0.0;
    for (const double level : {-60.0, -50.0, -40.0}) {
        Interleaved sound = test::media_sound(GetParam(), 14);
        mix_in(sound, test::white_noise(-60, 30));
        mix_in(sound, hum(level, 30));
        const HumReading reading = hum_of(sound);
        ASSERT_TRUE(reading.hum_dbfs) << level;
        EXPECT_NEAR(*reading.hum_dbfs, 10.0 * std::log10(std::pow(10.0, level / 10.0) + own), 1.0) << level;
    }
}

TEST_P(HumInSpeech, IsNoneWhereThereIsNone) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    Interleaved sound = test::media_sound(GetParam(), 14);
    EXPECT_EQ(hum_of(sound), (HumReading{true, std::nullopt}));
    mix_in(sound, test::white_noise(-60, 30));
    EXPECT_EQ(hum_of(sound), (HumReading{true, std::nullopt}));
}

INSTANTIATE_TEST_SUITE_P(Real, HumInSpeech,
                         testing::Values("a02_en_librispeech_female.ogg", "a03_zh_aishell_BAC009S0724W0121.wav",
                                         "a05_zh_cosyvoice_prompt.wav"));

class HumInRealNoise : public testing::TestWithParam<const char*> {};

TEST_P(HumInRealNoise, IsNoneWhereThereIsNoneAndFoundWhereItStandsOut) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    Interleaved sound = test::media_sound(GetParam(), 11);
    EXPECT_EQ(hum_of(sound), (HumReading{true, std::nullopt}));
    mix_in(sound, hum(-25, 30));
    EXPECT_NEAR(hum_of(sound).hum_dbfs.value_or(-120), -25.0, 1.0);
}

INSTANTIATE_TEST_SUITE_P(Real, HumInRealNoise,
                         testing::Values("n01_city_traffic.ogg", "n02_coffee_shop_babble.ogg",
                                         "n03_keyboard_typing.wav", "n04_wind.ogg"));

TEST(HumMeter, MainsThatDriftAreFollowed) {
    for (const double mains_hz : {49.9, 50.1}) {
        Interleaved sound = hum(-50, 12, mains_hz);
        mix_in(sound, test::white_noise(-60, 12));
        EXPECT_NEAR(hum_of(sound).hum_dbfs.value_or(-120), -50.0, 1.0) << mains_hz;
    }
}

TEST(HumMeter, MainsOfSixtyHertzAreHumOnlyWhereTheyAreExpected) {
    Interleaved sound = hum(-50, 12, 60.0);
    mix_in(sound, test::white_noise(-60, 12));
    EXPECT_NEAR(hum_of(sound, 60.0).hum_dbfs.value_or(-120), -50.0, 1.0);
    EXPECT_FALSE(hum_of(sound, 50.0).hum_dbfs) << "only 300 Hz is a harmonic of both";
}

TEST(HumMeter, OneToneAloneIsNoHum) {
    Interleaved sound = test::sine(100, -40, 12);
    mix_in(sound, test::white_noise(-60, 12));
    EXPECT_EQ(hum_of(sound), (HumReading{true, std::nullopt}));
}

TEST(HumMeter, DigitalSilenceHasNoHum) { EXPECT_EQ(hum_of(test::silence(6)), (HumReading{true, std::nullopt})); }

TEST(HumMeter, TooLittleSoundIsNotMeasured) {
    EXPECT_FALSE(hum_of(hum(-40, 4.4)).measured);
    EXPECT_TRUE(hum_of(hum(-40, 4.6)).measured);
}

TEST(HumMeter, LampThatIsSwitchedOffIsForgottenOutsideATake) {
    HumMeter meter;
    meter.hear(hum(-40, 12));
    EXPECT_TRUE(meter.read().hum_dbfs);
    meter.hear(test::white_noise(-60, 22));
    EXPECT_FALSE(meter.read().hum_dbfs);
}

}  // namespace
}  // namespace changji
