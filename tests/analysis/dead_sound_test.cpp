#include "analysis/sound/dead_sound.hpp"

#include "tests/analysis/signals.hpp"

#include <cstddef>

#include <gtest/gtest.h>

namespace changji {
namespace {

/// Heard in blocks of 20 ms, as a microphone gives them.
void hear(DeadSoundWatch& watch, const test::Interleaved& sound) {
    constexpr std::size_t samples = std::size_t{960} * sound_channels;
    for (std::size_t at = 0; at + samples <= sound.size(); at += samples) {
        const auto first = sound.begin() + static_cast<std::ptrdiff_t>(at);
        watch.hear(test::block_of({first, first + samples}));
    }
}

DeadSound kind_of(const test::Interleaved& sound) {
    DeadSoundWatch watch;
    hear(watch, sound);
    return watch.kind();
}

TEST(DeadSoundWatch, ZerosAreToldWithinASecondButNotAtOnce) {
    EXPECT_EQ(kind_of(test::silence(1.0)), DeadSound::Zeros);
    EXPECT_EQ(kind_of(test::silence(0.5)), DeadSound::No);
}

TEST(DeadSoundWatch, TheHissOfAnUnpluggedCableIsFaint) {
    EXPECT_EQ(kind_of(test::sine(440, -83.0, 1.0)), DeadSound::Faint);
    EXPECT_EQ(kind_of(test::white_noise(-100.0, 1.0)), DeadSound::Faint);
}

TEST(DeadSoundWatch, AConstantVoltageIsNoSound) {
    EXPECT_EQ(kind_of(test::Interleaved(96'000, 0.05F)), DeadSound::Zeros);
}

TEST(DeadSoundWatch, AQuietRoomIsAlive) {
    EXPECT_EQ(kind_of(test::white_noise(-70.0, 5.0)), DeadSound::No);
    EXPECT_EQ(kind_of(test::sine(50, -78.0, 5.0)), DeadSound::No);
}

TEST(DeadSoundWatch, OneLiveSideIsEnough) {
    auto sound = test::white_noise(-50.0, 2.0);
    for (std::size_t at = 0; at < sound.size(); at += sound_channels) sound[at] = 0.0F;
    EXPECT_EQ(kind_of(sound), DeadSound::No);
}

TEST(DeadSoundWatch, TheFirstSoundBringsItBackAndSilenceKillsItAgain) {
    DeadSoundWatch watch;
    EXPECT_FALSE(watch.dead()) << "nothing heard is not silence heard";
    hear(watch, test::silence(2.0));
    EXPECT_TRUE(watch.dead());
    hear(watch, test::white_noise(-50.0, 0.02));
    EXPECT_FALSE(watch.dead());
    hear(watch, test::silence(1.0));
    EXPECT_TRUE(watch.dead());
}

}  // namespace
}  // namespace changji
