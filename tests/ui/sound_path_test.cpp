#include "ui/session/sound_path.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

/// A square wave, as fast as it can be.
SoundBlock block_of(float left, float right, std::int64_t first = 0) {
    auto samples = std::make_shared<std::vector<float>>();
    for (int frame = 0; frame < 960; ++frame) {
        const float sign = frame % 2 == 0 ? 1.0F : -1.0F;
        samples->insert(samples->end(), {sign * left, sign * right});
    }
    return {samples, first, CaptureTime(1h) + sound_duration(first)};
}

TEST(SoundPath, SoundThatIsLateIsMovedEarlier) {
    const auto path = SoundPath::open({}, 80ms);
    ASSERT_TRUE(path);
    const SoundBlock in = block_of(0.1F, 0.1F);
    const SoundBlock out = (*path)->take(in);
    EXPECT_EQ(in.captured_at - out.captured_at, 80ms);
    EXPECT_EQ(out.samples, in.samples) << "and is otherwise untouched";
}

TEST(SoundPath, AShapeThatCannotBeLeavesTheOldOne) {
    const auto path = SoundPath::open({.route = ChannelRoute::Left}, 0ms);
    ASSERT_TRUE(path);
    EXPECT_EQ((*path)->reshape({.gain_db = 99.0}).error().kind, ErrorKind::InvalidConfig);
    EXPECT_EQ((*path)->shape().route, ChannelRoute::Left);
    EXPECT_FALSE(SoundPath::open({.gain_db = -99.0}, 0ms));
}

TEST(SoundPath, NoGainMakesADeadMicrophoneLive) {
    const auto path = SoundPath::open({.gain_db = 24.0}, 0ms);
    ASSERT_TRUE(path);
    for (int block = 0; block < 100; ++block) {
        static_cast<void>((*path)->take(block_of(1e-5F, 1e-5F, block * 960)));  // −100 dBFS, −76 with the gain
    }
    EXPECT_TRUE((*path)->dead());
    static_cast<void>((*path)->take(block_of(0.05F, 0.05F, 96'000)));
    EXPECT_FALSE((*path)->dead());
}

}  // namespace
}  // namespace changji
