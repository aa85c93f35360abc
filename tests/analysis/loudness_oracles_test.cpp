#include "analysis/sound/loudness_meter.hpp"
#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::append;
using test::Interleaved;
using test::sine;

struct LoudPart {
    double dbfs;
    double seconds;
};
Interleaved tones(std::initializer_list<LoudPart> parts, int times = 1) {
    Interleaved sound;
    for (int i = 0; i < times; ++i) {
        for (const LoudPart& part : parts) append(sound, sine(1000, part.dbfs, part.seconds));
    }
    return sound;
}

struct TakeOf : LoudnessMeter {
    explicit TakeOf(const Interleaved& sound) {
        begin_take();
        hear(sound);
    }
};

TEST(EbuTech3341, IntegratedLoudnessOfCases1To5) {
    EXPECT_NEAR(*TakeOf(tones({{-23, 20}})).integrated_lufs(), -23.0, 0.1);
    EXPECT_NEAR(*TakeOf(tones({{-33, 20}})).integrated_lufs(), -33.0, 0.1);
    EXPECT_NEAR(*TakeOf(tones({{-36, 10}, {-23, 60}, {-36, 10}})).integrated_lufs(), -23.0, 0.1);
    EXPECT_NEAR(*TakeOf(tones({{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}})).integrated_lufs(), -23.0, 0.1);
    EXPECT_NEAR(*TakeOf(tones({{-26, 20}, {-20, 20.1}, {-26, 20}})).integrated_lufs(), -23.0, 0.1);
}

/// Every reading after `settled_s`, one each 100 ms.
template <typename Read>
std::vector<double> course(const Interleaved& sound, double settled_s, Read read) {
    LoudnessMeter meter;
    std::vector<double> values;
    constexpr std::size_t step = std::size_t{sound_rate_hz} / 10 * sound_channels;
    for (std::size_t at = 0; at + step <= sound.size(); at += step) {
        meter.hear(std::span(sound).subspan(at, step));
        const double heard_s = static_cast<double>(at + step) / sound_channels / sound_rate_hz;
        if (heard_s >= settled_s) values.push_back(read(meter).value_or(-999.0));
    }
    return values;
}

TEST(EbuTech3341, ShortTermLoudnessOfCase9IsConstant) {
    const auto values = course(tones({{-20, 1.34}, {-30, 1.66}}, 5), 3.0,
                               [](const LoudnessMeter& meter) { return meter.short_term_lufs(); });
    for (const double value : values) EXPECT_NEAR(value, -23.0, 0.1);
    EXPECT_EQ(values.size(), 121U);
}

TEST(EbuTech3341, MomentaryLoudnessOfCase12IsConstant) {
    const auto values = course(tones({{-20, 0.18}, {-30, 0.22}}, 25), 1.0,
                               [](const LoudnessMeter& meter) { return meter.momentary_lufs(); });
    for (const double value : values) EXPECT_NEAR(value, -23.0, 0.1);
    EXPECT_EQ(values.size(), 91U);
}

TEST(EbuTech3341, HighestShortTermOfCase10AndMomentaryOfCase13) {
    for (int i = 0; i < 20; i += 5) {
        Interleaved late = test::silence(i * 0.15);
        append(late, sine(1000, -23, 3));
        append(late, test::silence(1));
        const auto short_term = course(late, 3.0, [](const LoudnessMeter& meter) { return meter.short_term_lufs(); });
        EXPECT_NEAR(*std::max_element(short_term.begin(), short_term.end()), -23.0, 0.1) << i;

        Interleaved brief = test::silence(i * 0.02);
        append(brief, sine(1000, -23, 0.4));
        append(brief, test::silence(1));
        const auto momentary = course(brief, 0.4, [](const LoudnessMeter& meter) { return meter.momentary_lufs(); });
        EXPECT_NEAR(*std::max_element(momentary.begin(), momentary.end()), -23.0, 0.1) << i;
    }
}

TEST(EbuTech3342, LoudnessRangeOfCases1To4) {
    EXPECT_NEAR(*TakeOf(tones({{-20, 20}, {-30, 20}})).range_lu(), 10.0, 1.0);
    EXPECT_NEAR(*TakeOf(tones({{-20, 20}, {-15, 20}})).range_lu(), 5.0, 1.0);
    EXPECT_NEAR(*TakeOf(tones({{-40, 20}, {-20, 20}})).range_lu(), 20.0, 1.0);
    EXPECT_NEAR(*TakeOf(tones({{-50, 20}, {-35, 20}, {-20, 20}, {-35, 20}, {-50, 20}})).range_lu(), 15.0, 1.0);
}

TEST(LoudnessMeter, RangeIsAbsentBeforeTenSecondsAndBelowTheGate) {
    EXPECT_FALSE(TakeOf(sine(1000, -23, 9.9)).range_lu());
    EXPECT_FALSE(TakeOf(test::silence(12)).range_lu());
    EXPECT_NEAR(*TakeOf(sine(1000, -23, 12)).range_lu(), 0.0, 0.1);
}

TEST(LoudnessMeter, RangeAgreesWithFfmpegOnRealSound) {
    CHANGJI_NEEDS_MEDIA("a02_en_librispeech_female.ogg");
    CHANGJI_NEEDS_MEDIA("v05_interviews_street_office_320x180.mp4");
    if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: ffmpeg is not on this machine";
    for (const char* name : {"a02_en_librispeech_female.ogg", "v05_interviews_street_office_320x180.mp4"}) {
        const Interleaved sound = test::media_sound(name);
        const test::TemporaryFolder folder;
        test::write_wav(folder.path() / "s.wav", sound);
        const auto told =
            test::run("ffmpeg -nostats -i '" + (folder.path() / "s.wav").string() + "' -af ebur128 -f null -");
        const auto summary = told.errors.find("Summary:");
        ASSERT_NE(summary, std::string::npos) << told.errors;
        const double lra = std::stod(told.errors.substr(told.errors.find("LRA:", summary) + 4));
        EXPECT_NEAR(*TakeOf(sound).range_lu(), lra, 1.0) << name;
    }
}

}  // namespace
}  // namespace changji
