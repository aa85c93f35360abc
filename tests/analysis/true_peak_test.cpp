#include "analysis/sound/true_peak.hpp"

#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <ebur128.h>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::Interleaved;

double peak_by(TruePeak::Thrift thrift, const Interleaved& sound, std::size_t block_frames) {
    TruePeak meter(thrift);
    double peak = 0.0;
    for (std::size_t at = 0; at < sound.size(); at += block_frames * sound_channels) {
        const std::size_t count = std::min(block_frames * sound_channels, sound.size() - at);
        peak = meter.raise(peak, std::span(sound).subspan(at, count));
    }
    return peak;
}

double peak_by_libebur128(const Interleaved& sound) {
    ebur128_state* state = ebur128_init(sound_channels, sound_rate_hz, EBUR128_MODE_TRUE_PEAK);
    ebur128_add_frames_float(state, sound.data(), sound.size() / sound_channels);
    double highest = 0.0;
    for (unsigned channel = 0; channel < sound_channels; ++channel) {
        double peak = 0.0;
        ebur128_true_peak(state, channel, &peak);
        highest = std::max(highest, peak);
    }
    ebur128_destroy(&state);
    return highest;
}

void expect_thrift_changes_nothing(const Interleaved& sound) {
    const double always = peak_by(TruePeak::Thrift::AlwaysInterpolate, sound, 4800);
    for (const std::size_t block : {1, 7, 480, 1024, 4800}) {
        EXPECT_EQ(peak_by(TruePeak::Thrift::LeaveOutWhatCannotMatter, sound, block), always) << block;
    }
    EXPECT_NEAR(always, peak_by_libebur128(sound), always * 1e-7);
}

TEST(TruePeak, LeavingOutWhatCannotMatterChangesNothingInNoise) {
    for (const unsigned seed : {1U, 2U, 3U}) expect_thrift_changes_nothing(test::white_noise(-14, 3, seed));
}

TEST(TruePeak, LeavingOutWhatCannotMatterChangesNothingInFullScaleSquares) {
    std::mt19937 random(5);
    Interleaved sound;
    for (int i = 0; i < 2000; ++i) {
        const float left = random() % 2 ? 1.0f : -1.0f, right = random() % 2 ? 0.99f : -0.99f;
        for (auto held = 1 + random() % 40; held > 0; --held) sound.insert(sound.end(), {left, right});
    }
    expect_thrift_changes_nothing(sound);
}

TEST(TruePeak, LeavingOutWhatCannotMatterChangesNothingInSpeech) {
    for (const char* name :
         {"a01_en_jfk.flac", "a02_en_librispeech_female.ogg", "a03_zh_aishell_BAC009S0724W0121.wav"}) {
        CHANGJI_NEEDS_MEDIA(name);
        expect_thrift_changes_nothing(test::media_sound(name));
    }
}

TEST(TruePeak, RestartForgetsTheSamplesBefore) {
    TruePeak meter;
    const Interleaved loud = test::sine(11'000, 0, 0.1), quiet = test::sine(1000, -60, 0.1);
    EXPECT_GT(meter.raise(0.0, loud), 0.9);
    meter.restart();
    EXPECT_NEAR(meter.raise(0.0, quiet), 0.001, 0.0001);
}

/// EBU Tech 3341, cases 15 to 19: a sine whose samples miss its peak.
struct BetweenSamples {
    double part_of_rate;
    double degrees;
    double amplitude;
    double dbtp;
};
class TruePeakOfTech3341 : public testing::TestWithParam<BetweenSamples> {};

TEST_P(TruePeakOfTech3341, IsWithinTolerance) {
    const auto [part, degrees, amplitude, dbtp] = GetParam();
    Interleaved sound;
    for (int i = 0; i < sound_rate_hz; ++i) {
        const double fade = std::min({1.0, i / 4800.0, (sound_rate_hz - i) / 4800.0});  // no step at its ends
        const auto sample = static_cast<float>(fade * amplitude * std::sin(2 * M_PI * i * part + degrees * M_PI / 180));
        sound.insert(sound.end(), {sample, sample});
    }
    const double read = 20 * std::log10(TruePeak().raise(0.0, sound));
    EXPECT_LE(read, dbtp + 0.2);
    EXPECT_GE(read, dbtp - 0.4);
}

INSTANTIATE_TEST_SUITE_P(Cases15To19, TruePeakOfTech3341,
                         testing::Values(BetweenSamples{0.25, 0, 0.5, -6}, BetweenSamples{0.25, 45, 0.5, -6},
                                         BetweenSamples{1.0 / 6, 60, 0.5, -6}, BetweenSamples{0.125, 67.5, 0.5, -6},
                                         BetweenSamples{0.25, 45, 1.41, 3}));

}  // namespace
}  // namespace changji
