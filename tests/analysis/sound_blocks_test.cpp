#include "analysis/sound/sound_meters.hpp"
#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::append;
using test::Interleaved;
using test::mix_in;

/// Something for every meter: speech, hum, knocks, clipping, holes, silence, a turned channel.
Interleaved eventful_sound() {
    Interleaved sound = test::white_noise(-55, 24);
    if (!test::media_folder().empty()) mix_in(sound, test::media_sound("a02_en_librispeech_female.ogg"));
    for (const int harmonic : {1, 2, 3}) mix_in(sound, test::sine(50.0 * harmonic, -45, 24));
    mix_in(sound, test::door_slam(-10), 1.0, 16.0);
    mix_in(sound, test::door_slam(6), 1.0, 18.0);
    for (float& sample : sound) sample = std::clamp(sample, -1.0f, 1.0f);
    std::fill_n(sound.begin() + 2 * 48'000 * 17, 2 * 777, 0.0f);
    std::fill_n(sound.begin() + 2 * 48'000 * 22, 2 * 60'000, 0.0f);
    for (std::size_t i = 2 * 48'000 * 198 / 10 + 1; i < sound.size(); i += 2) sound[i] = -sound[i];
    return sound;
}

SoundReadings readings_by(const Interleaved& sound, std::size_t block_frames, bool take) {
    SoundMeters meters;
    if (take) meters.begin_take();
    for (std::size_t at = 0; at < sound.size(); at += block_frames * sound_channels) {
        meters.hear(std::span(sound).subspan(at, std::min(block_frames * sound_channels, sound.size() - at)));
    }
    return meters.read();
}

class SoundMetersByBlocks : public testing::TestWithParam<std::size_t> {};

TEST_P(SoundMetersByBlocks, ReadTheSameToTheLastDigit) {
    const Interleaved sound = eventful_sound();
    for (const bool take : {true, false}) {
        const SoundReadings whole = readings_by(sound, sound.size() / sound_channels, take);
        EXPECT_TRUE(readings_by(sound, GetParam(), take) == whole) << take;
    }
}

INSTANTIATE_TEST_SUITE_P(Sizes, SoundMetersByBlocks, testing::Values(1, 480, 1024, 4800));

TEST(SoundMeters, ReadEverythingThatHappens) {
    CHANGJI_NEEDS_MEDIA("a02_en_librispeech_female.ogg");
    const SoundReadings read = readings_by(eventful_sound(), 1024, true);
    for (const auto& value : {read.momentary_lufs, read.short_term_lufs, read.loudness_lufs, read.loudness_range_lu,
                              read.true_peak_dbtp, read.noise_floor_dbfs, read.speech_to_noise_db, read.rumble_db,
                              read.hiss_db, read.hum.hum_dbfs, read.clipped_runs_per_s, read.phase, read.silent_s}) {
        EXPECT_TRUE(value);
    }
    EXPECT_EQ(read.dead_channel, DeadChannel::None);
    EXPECT_FALSE(read.noise_estimated);
    const auto knocked_at = [&](double s) {
        return std::ranges::any_of(read.sudden_noises->kept(), [&](const FrameRange& noise) {
            return std::abs(static_cast<double>(noise.from_frame) / sound_rate_hz - s) < 0.05;
        });
    };
    EXPECT_TRUE(knocked_at(16.0));
    EXPECT_TRUE(knocked_at(18.0));
    EXPECT_LE(read.sudden_noises->count(), 3) << "one word of 14 s of speech in noise and hum passes for a knock";
    EXPECT_EQ(read.dropouts->kept(), (std::vector<FrameRange>{{816'000, 816'777}}));
    EXPECT_EQ(read.clippings.count(), 1);
    EXPECT_EQ(read.inverted_stretches.count(), 1);
    EXPECT_EQ(read.silent_stretches.kept(), (std::vector<FrameRange>{{1'056'000, 1'116'000}}));
    EXPECT_DOUBLE_EQ(*read.silent_s, 1.25);
}

TEST(SoundMeters, TakeForgetsWhatCameBeforeAndCountsItsFramesOn) {
    SoundMeters meters;
    meters.hear(eventful_sound());
    const std::int64_t begins_at = meters.frames_heard();
    EXPECT_EQ(begins_at, 24 * 48'000);
    meters.begin_take();
    const SoundReadings nothing = meters.read();
    for (const auto& value : {nothing.loudness_lufs, nothing.true_peak_dbtp, nothing.noise_floor_dbfs,
                              nothing.rumble_db, nothing.clipped_runs_per_s, nothing.phase, nothing.silent_s}) {
        EXPECT_FALSE(value);
    }
    EXPECT_FALSE(nothing.hum.measured);
    EXPECT_FALSE(nothing.sudden_noises);
    EXPECT_FALSE(nothing.dropouts);
    EXPECT_EQ(nothing.clippings.count() + nothing.inverted_stretches.count() + nothing.silent_stretches.count(), 0);
    Interleaved take = test::white_noise(-40, 3);
    std::fill_n(take.begin() + 2 * 48'000, 2 * 960, 0.0f);
    meters.hear(take);
    EXPECT_EQ(meters.read().dropouts->kept(), (std::vector<FrameRange>{{begins_at + 48'000, begins_at + 48'960}}));
}

}  // namespace
}  // namespace changji
