#include "analysis/sound/room_spectrum.hpp"

#include "analysis/sound/noise_meter.hpp"
#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::Interleaved;
using test::mix_in;
using test::sine;

RoomSpectrumReading spectrum_of(const Interleaved& sound) {
    NoiseMeter meter;
    meter.begin_take();
    meter.hear(sound);
    return meter.read().spectrum;
}

TEST(RoomSpectrum, TonesOfKnownLevelsReadTheirRatio) {
    Interleaved sound = sine(40, -20, 4);  // an octave and a half below the bands' edge: the filters part them cleanly
    mix_in(sound, sine(1000, -40, 4));
    mix_in(sound, sine(8000, -34, 4));
    const RoomSpectrumReading reading = spectrum_of(sound);
    EXPECT_NEAR(*reading.rumble_db, 20.0, 0.5);
    EXPECT_NEAR(*reading.hiss_db, 6.0, 0.5);
}

TEST(RoomSpectrum, WhiteNoiseReadsTheRatioOfTheBandWidths) {
    const RoomSpectrumReading reading = spectrum_of(test::white_noise(-40, 10));
    EXPECT_NEAR(*reading.rumble_db, 10 * std::log10(110.0 / 3880.0), 1.0);
    EXPECT_NEAR(*reading.hiss_db, 10 * std::log10(12'000.0 / 3880.0), 1.0);
}

TEST(RoomSpectrum, ConstantVoltageIsNoRumble) {
    Interleaved sound = test::white_noise(-40, 10);
    for (float& sample : sound) sample += 0.1f;
    EXPECT_NEAR(*spectrum_of(sound).rumble_db, 10 * std::log10(110.0 / 3880.0), 1.0);
}

TEST(RoomSpectrum, SpeechDoesNotColourTheRoom) {
    CHANGJI_NEEDS_MEDIA("a02_en_librispeech_female.ogg");
    // The recording's own rumble is taken out first.
    Interleaved sound = test::media_sound("a02_en_librispeech_female.ogg", 0, "highpass=f=250,highpass=f=250");
    mix_in(sound, test::white_noise(-45, 16));
    const RoomSpectrumReading reading = spectrum_of(sound);
    EXPECT_NEAR(*reading.rumble_db, 10 * std::log10(110.0 / 3880.0), 1.5);
    EXPECT_NEAR(*reading.hiss_db, 10 * std::log10(12'000.0 / 3880.0), 1.5);
}

TEST(RoomSpectrum, WindRumblesMoreThanTrafficAndBabble) {
    for (const char* name : {"n01_city_traffic.ogg", "n02_coffee_shop_babble.ogg", "n04_wind.ogg"}) {
        CHANGJI_NEEDS_MEDIA(name);
    }
    const double wind = *spectrum_of(test::media_sound("n04_wind.ogg")).rumble_db;
    EXPECT_GT(wind, *spectrum_of(test::media_sound("n01_city_traffic.ogg")).rumble_db + 3.0);
    EXPECT_GT(wind, *spectrum_of(test::media_sound("n02_coffee_shop_babble.ogg")).rumble_db + 3.0);
}

TEST(RoomSpectrum, NothingIsReadWithoutAPauseOrInDigitalSilence) {
    EXPECT_FALSE(spectrum_of(test::white_noise(-40, 1.8)).rumble_db) << "the detector still learns";
    EXPECT_FALSE(spectrum_of(test::silence(4)).rumble_db);
    EXPECT_FALSE(spectrum_of(test::silence(4)).hiss_db);
}

}  // namespace
}  // namespace changji
