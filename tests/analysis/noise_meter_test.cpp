#include "analysis/sound/noise_meter.hpp"

#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::append;
using test::Interleaved;

NoiseReading noise_of(const Interleaved& sound) {
    NoiseMeter meter;
    meter.begin_take();
    meter.hear(sound);
    return meter.read();
}

TEST(NoiseMeter, FloorOfKnownNoiseIsItsLevel) {
    for (const double level : {-70.0, -50.0, -35.0}) {
        EXPECT_NEAR(*noise_of(test::white_noise(level, 6)).noise_floor_dbfs, level, 0.5) << level;
    }
}

TEST(NoiseMeter, RumbleBelow80HzIsMostlyLeftOut) {
    EXPECT_LT(*noise_of(test::sine(20, -20, 4)).noise_floor_dbfs, -23.0 - 20.0) << "-23 dBFS before the filter";
    EXPECT_NEAR(*noise_of(test::sine(1000, -20, 4)).noise_floor_dbfs, -23.0, 0.2);
}

TEST(NoiseMeter, DigitalSilenceIsFiniteAndNobodySpoke) {
    const NoiseReading reading = noise_of(test::silence(4));
    EXPECT_LT(*reading.noise_floor_dbfs, -120.0);
    EXPECT_TRUE(std::isfinite(*reading.noise_floor_dbfs));
    EXPECT_FALSE(reading.speech_to_noise_db);
}

TEST(NoiseMeter, NothingIsReadBeforeOneSecond) { EXPECT_FALSE(noise_of(test::white_noise(-40, 0.9)).noise_floor_dbfs); }

TEST(NoiseMeter, FanSwitchedOffIsSeenWithinTwentySecondsOutsideATake) {
    NoiseMeter meter;
    for (int i = 0; i < 15; ++i) meter.hear(test::white_noise(-35, 1, 10 + i));
    EXPECT_NEAR(*meter.read().noise_floor_dbfs, -35.0, 0.5);
    for (int i = 0; i < 21; ++i) meter.hear(test::white_noise(-65, 1, 50 + i));
    EXPECT_NEAR(*meter.read().noise_floor_dbfs, -65.0, 0.5);
}

TEST(NoiseMeter, TakeCountsFromItsBeginningToItsEnd) {
    NoiseMeter meter;
    for (int i = 0; i < 5; ++i) meter.hear(test::white_noise(-30, 1, 10 + i));
    meter.begin_take();
    for (int i = 0; i < 25; ++i) meter.hear(test::white_noise(-45, 1, 50 + i));
    for (int i = 0; i < 10; ++i) meter.hear(test::white_noise(-65, 1, 90 + i));
    EXPECT_NEAR(*meter.read().noise_floor_dbfs, -45.0, 0.6) << "the median of 25 s at -45 and 10 s at -65";
}

/// The mean power of a clean recording's frames that hold speech: within 30 dB of its loudest frame.
double speech_power(const Interleaved& clean) {
    std::vector<double> powers;
    double loudest = 0.0;
    for (std::size_t at = 0; at + 1920 <= clean.size(); at += 1920) {
        powers.push_back(
            test::mean_square({clean.begin() + static_cast<long>(at), clean.begin() + static_cast<long>(at) + 1920}));
        loudest = std::max(loudest, powers.back());
    }
    double sum = 0.0;
    int count = 0;
    for (const double power : powers) {
        if (power > loudest / 1000.0) sum += power, ++count;
    }
    return sum / count;
}

struct Mix {
    const char* speech;
    const char* noise;  ///< a file, or empty: white
};
class SpeechInNoise : public testing::TestWithParam<Mix> {};

TEST_P(SpeechInNoise, RatioIsTrueWithinTwoAndAHalfDecibels) {
    CHANGJI_NEEDS_MEDIA(GetParam().speech);
    CHANGJI_NEEDS_MEDIA(GetParam().noise);
    Interleaved speech = test::decode_sound(test::media_folder() / GetParam().speech);
    while (speech.size() < std::size_t{14} * sound_rate_hz * sound_channels) append(speech, Interleaved(speech));
    // What lies below 80 Hz is no part of the measure, so it must not be part of the truth.
    Interleaved noise = *GetParam().noise ? test::decode_sound(test::media_folder() / GetParam().noise, "highpass=f=80")
                                          : test::white_noise(-30, 16);
    while (noise.size() < speech.size()) append(noise, Interleaved(noise));
    const double power = speech_power(speech);
    for (const double wanted_db : {10.0, 20.0, 25.0}) {
        const double gain = std::sqrt(power / std::pow(10.0, wanted_db / 10.0) / test::mean_square(noise));
        Interleaved mixed = speech;
        for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] += static_cast<float>(gain) * noise[i];
        EXPECT_NEAR(*noise_of(mixed).speech_to_noise_db, wanted_db, 2.5);
    }
}

INSTANTIATE_TEST_SUITE_P(Real, SpeechInNoise,
                         testing::Values(Mix{"a02_en_librispeech_female.ogg", ""},
                                         Mix{"a03_zh_aishell_BAC009S0724W0121.wav", ""},
                                         Mix{"a02_en_librispeech_female.ogg", "n02_coffee_shop_babble.ogg"},
                                         Mix{"a03_zh_aishell_BAC009S0724W0121.wav", "n02_coffee_shop_babble.ogg"},
                                         Mix{"a02_en_librispeech_female.ogg", "n01_city_traffic.ogg"}));

TEST(NoiseMeter, SpeechIsHeardInCleanSpeechAndHardlyInWind) {
    CHANGJI_NEEDS_MEDIA("n04_wind.ogg");
    CHANGJI_NEEDS_MEDIA("a02_en_librispeech_female.ogg");
    const auto voiced_share = [](const std::string& name) {
        const Interleaved sound = test::decode_sound(test::media_folder() / name);
        VoiceActivity voice;
        std::vector<float> mono(VoiceActivity::frame_length);
        int frames = 0, voiced = 0;
        for (std::size_t at = 0; at + 960 <= sound.size(); at += 960) {
            for (std::size_t i = 0; i < mono.size(); ++i) mono[i] = sound[at + 2 * i];
            const bool reliable = voice.is_reliable();
            const bool is_voice = voice.hear(mono);
            frames += reliable;
            voiced += reliable && is_voice;
        }
        return static_cast<double>(voiced) / frames;
    };
    EXPECT_GT(voiced_share("a02_en_librispeech_female.ogg"), 0.65);
    EXPECT_LT(voiced_share("n04_wind.ogg"), 0.25) << "under 10 % with webrtc-audio-processing 0.3, 20 % with 1.3";
}

}  // namespace
}  // namespace changji
