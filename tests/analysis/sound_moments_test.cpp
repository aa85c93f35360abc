#include "analysis/sound/sound_moments.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

TEST(SoundMoments, CountFromTheFirstPair) {
    SoundMoments moments;
    for (int i = 0; i < 100; ++i) moments.hear(480, CaptureTime(5s + i * 10ms));
    EXPECT_EQ(moments.of(0), CaptureTime(5s));
    EXPECT_EQ(moments.of(24'000), CaptureTime(5500ms));
}

TEST(SoundMoments, GoOnBehindAGap) {
    SoundMoments moments;
    moments.hear(48'000, CaptureTime(0s));
    moments.hear(48'000, CaptureTime(4s));
    EXPECT_EQ(moments.of(24'000), CaptureTime(500ms));
    EXPECT_EQ(moments.of(72'000), CaptureTime(4500ms));
}

TEST(SoundMoments, FollowAClockThatDrifts) {
    SoundMoments moments;
    for (int i = 0; i < 900; ++i) moments.hear(48'000, CaptureTime(i * 1'000'200us));
    const auto off = moments.of(800 * 48'000) - CaptureTime(800 * 1'000'200us);
    EXPECT_LE(std::chrono::abs(off), 6ms);
}

}  // namespace
}  // namespace changji
