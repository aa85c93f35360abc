#include "analysis/sound/silence_meter.hpp"

#include "tests/analysis/sound_mixes.hpp"
#include "tests/support/media.hpp"

#include <sstream>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::append;
using test::Interleaved;

SilenceReading silence_of(const Interleaved& sound) {
    SilenceMeter meter;
    meter.begin_take();
    meter.hear(sound);
    return meter.read();
}

TEST(SilenceMeter, KnownStretchesAreFoundToTheSample) {
    Interleaved sound = test::silence(1.5);
    append(sound, test::white_noise(-40, 2));
    append(sound, test::silence(0.9));
    append(sound, test::white_noise(-40, 2));
    append(sound, test::silence(2.5));
    for (const std::size_t frame : {72'000UL, 168'000UL, 211'200UL})
        sound[2 * frame] = 0.1f;  // bounds that surely sound
    sound[2 * 167'999] = sound[2 * 307'199] = 0.1f;
    const SilenceReading reading = silence_of(sound);
    EXPECT_EQ(reading.stretches.kept(), (std::vector<FrameRange>{{0, 72'000}, {307'200, 427'200}}));
    EXPECT_DOUBLE_EQ(*reading.longest_s, 2.5);
}

TEST(SilenceMeter, OneChannelThatSoundsIsNoSilence) {
    Interleaved sound = test::white_noise(-40, 3);
    for (std::size_t i = 0; i < sound.size(); i += 2) sound[i] = 0.0f;
    EXPECT_LT(*silence_of(sound).longest_s, 0.01);
}

TEST(SilenceMeter, BoundIsMinusEightyDecibels) {
    EXPECT_DOUBLE_EQ(*silence_of(Interleaved(96'000 * 2, 0.00011f)).longest_s, 0.0);
    EXPECT_DOUBLE_EQ(*silence_of(Interleaved(96'000 * 2, 0.00009f)).longest_s, 2.0);
}

TEST(SilenceMeter, NothingIsReadBeforeOneSecond) { EXPECT_FALSE(silence_of(test::silence(0.9)).longest_s); }

TEST(SilenceMeter, TakeCountsItsOwnSilenceOnly) {
    SilenceMeter meter;
    meter.hear(test::silence(30));
    EXPECT_DOUBLE_EQ(*meter.read().longest_s, 30.0) << "outside a take a stretch counts whole";
    meter.begin_take();
    meter.hear(test::silence(1.5));
    EXPECT_DOUBLE_EQ(*meter.read().longest_s, 1.5);
    EXPECT_EQ(meter.read().stretches.kept(), (std::vector<FrameRange>{{1'440'000, 1'512'000}}));
}

TEST(SilenceMeter, AgreesWithFfmpegsSilencedetect) {
    CHANGJI_NEEDS_MEDIA("a05_zh_cosyvoice_prompt.wav");
    CHANGJI_NEEDS_MEDIA("a03_zh_aishell_BAC009S0724W0121.wav");
    if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: ffmpeg is not on this machine";
    Interleaved sound = test::media_sound("a05_zh_cosyvoice_prompt.wav");
    append(sound, test::silence(1.3));
    append(sound, test::media_sound("a03_zh_aishell_BAC009S0724W0121.wav"));
    append(sound, test::white_noise(-95, 2.0));
    append(sound, test::media_sound("a05_zh_cosyvoice_prompt.wav"));
    append(sound, test::silence(1.2));
    const test::TemporaryFolder folder;
    test::write_wav(folder.path() / "s.wav", sound);
    const auto told = test::run("ffmpeg -nostats -i '" + (folder.path() / "s.wav").string() +
                                "' -af silencedetect=noise=-80dB:d=1 -f null -");
    std::vector<double> theirs, ours;
    std::istringstream lines(told.errors);
    for (std::string line; std::getline(lines, line);) {
        for (const std::string key : {"silence_start: ", "silence_end: "}) {
            if (const auto at = line.find(key); at != std::string::npos) {
                theirs.push_back(std::stod(line.substr(at + key.size())));
            }
        }
    }
    for (const FrameRange& stretch : silence_of(sound).stretches.kept()) {
        for (const std::int64_t frame : {stretch.from_frame, stretch.to_frame}) {
            ours.push_back(static_cast<double>(frame) / sound_rate_hz);
        }
    }
    ASSERT_EQ(theirs.size(), 6U) << told.errors;
    ASSERT_EQ(ours.size(), theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i) EXPECT_NEAR(ours[i], theirs[i], 0.05);
}

}  // namespace
}  // namespace changji
