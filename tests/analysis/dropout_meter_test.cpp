#include "analysis/sound/dropout_meter.hpp"

#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::append;
using test::Interleaved;

EventList dropouts_in(const Interleaved& sound) {
    DropoutMeter meter;
    meter.begin_take();
    meter.hear(sound);
    return *meter.dropouts();
}

void tear(Interleaved& sound, std::int64_t from_frame, std::int64_t frames) {
    std::fill_n(sound.begin() + from_frame * sound_channels, frames * sound_channels, 0.0f);
}

TEST(DropoutMeter, HolesInNoiseAreFoundToTheSample) {
    Interleaved sound = test::white_noise(-40, 5);
    const std::vector<FrameRange> torn{{50'001, 50'241}, {100'000, 101'000}, {150'007, 198'007}};
    for (const FrameRange& hole : torn) tear(sound, hole.from_frame, hole.frames());
    EXPECT_EQ(dropouts_in(sound).kept(), torn);
}

TEST(DropoutMeter, HoleOfLessThanFiveMillisecondsOrOneChannelIsNone) {
    Interleaved sound = test::white_noise(-40, 5);
    tear(sound, 50'000, 239);
    for (std::size_t i = 100'000; i < 110'000; ++i) sound[2 * i] = 0.0f;
    EXPECT_EQ(dropouts_in(sound).count(), 0);
}

TEST(DropoutMeter, CrackleBetweenTwoHolesBelongsToThem) {
    Interleaved sound = test::white_noise(-40, 5);
    tear(sound, 50'000, 1000);
    tear(sound, 51'100, 1000);
    EXPECT_EQ(dropouts_in(sound).kept(), (std::vector<FrameRange>{{50'000, 52'100}}));
}

TEST(DropoutMeter, HolesSoonAfterOneAnotherAreTwo) {
    Interleaved sound = test::white_noise(-40, 5);
    tear(sound, 50'000, 1000);
    tear(sound, 51'500, 1000);
    EXPECT_EQ(dropouts_in(sound).kept(), (std::vector<FrameRange>{{50'000, 51'000}, {51'500, 52'500}}));
}

TEST(DropoutMeter, MutedStartAndEndAndLongSilenceAreNone) {
    Interleaved sound = test::silence(0.5);
    append(sound, test::white_noise(-40, 2));
    append(sound, test::silence(1.1));
    append(sound, test::white_noise(-40, 2));
    append(sound, test::silence(0.5));
    EXPECT_EQ(dropouts_in(sound).count(), 0);
}

/// Speech through a noise gate: it opens in 5 ms when 10 ms are above −40 dBFS, holds for 100 ms, closes in
/// `release_s`.
Interleaved gated(Interleaved sound, double release_s) {
    const float opens = std::pow(10.0f, -40.0f / 20.0f);
    float level = 0.0f, gain = 0.0f;
    int held = 0;
    for (std::size_t i = 0; i < sound.size(); i += 2) {
        level = std::max(std::abs(sound[i]), level * 0.998f);
        held = level > opens ? 4800 : std::max(0, held - 1);
        gain = held > 0 ? std::min(1.0f, gain + 1.0f / 240.0f)
                        : std::max(0.0f, gain - 1.0f / (static_cast<float>(release_s) * sound_rate_hz));
        sound[i] *= gain;
        sound[i + 1] *= gain;
    }
    return sound;
}

class DropoutsInSpeech : public testing::TestWithParam<const char*> {};

TEST_P(DropoutsInSpeech, AreNoneInWholeSpeechNorWhereAGateFades) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    Interleaved sound = test::media_sound(GetParam(), 6);
    EXPECT_EQ(dropouts_in(sound).count(), 0);
    for (const double release_s : {0.02, 0.05, 0.15}) {
        const Interleaved with_gate = gated(sound, release_s);
        EXPECT_EQ(dropouts_in(with_gate).count(), 0) << release_s;
    }
}

TEST_P(DropoutsInSpeech, AreFoundWhereverSomebodySpeaks) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    std::mt19937 random(3);
    const Interleaved speech = test::media_sound(GetParam(), 6);
    int torn = 0, found = 0;
    for (int i = 0; i < 200; ++i) {
        Interleaved sound = speech;
        const auto at = static_cast<std::int64_t>(24'000 + random() % (speech.size() / 2 - 48'000));
        const double s = static_cast<double>(at) / sound_rate_hz;
        if (test::mean_square(test::cut_out(speech, s - 0.02, s + 0.04)) < 1e-5) continue;  // nobody speaks
        tear(sound, at, 960);
        ++torn;
        const EventList list = dropouts_in(sound);
        found += list.count() == 1 && std::abs(list.kept()[0].from_frame - at) < 48;
    }
    RecordProperty("torn", torn);
    RecordProperty("found", found);
    EXPECT_GT(torn, 50);
    EXPECT_GE(found, torn * 7 / 10) << torn;
}

INSTANTIATE_TEST_SUITE_P(Real, DropoutsInSpeech,
                         testing::Values("a02_en_librispeech_female.ogg", "a03_zh_aishell_BAC009S0724W0121.wav",
                                         "a05_zh_cosyvoice_prompt.wav"));

TEST(DropoutMeter, NothingIsToldBeforeOneSecond) {
    DropoutMeter meter;
    meter.hear(test::white_noise(-40, 0.9));
    EXPECT_FALSE(meter.dropouts());
    meter.hear(test::white_noise(-40, 0.1));
    EXPECT_TRUE(meter.dropouts());
}

TEST(DropoutMeter, HoleAcrossTheBeginningOfATakeIsNone) {
    Interleaved sound = test::white_noise(-40, 4);
    tear(sound, 96'000, 960);
    DropoutMeter meter;
    meter.hear(test::cut_out(sound, 0.0, 2.01));
    meter.begin_take();
    meter.hear(test::cut_out(sound, 2.01, 4.0));
    EXPECT_EQ(meter.dropouts()->count(), 0);
}

}  // namespace
}  // namespace changji
