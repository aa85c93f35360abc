#include "capture/recording/frame_pacer.hpp"

#include <cmath>
#include <functional>
#include <random>

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr CaptureTime epoch{1h};

struct PacedCounts {
    std::int64_t ticks = 0, repeats = 0, drops = 0;
    double worst_ticks_off = 0.0;  ///< between a frame's moment and the tick it fills, once settled
};

PacedCounts pace(Rational in, Rational out, int frames, const std::function<Nanoseconds(int)>& jitter = {}) {
    FramePacer pacer(out);
    PacedCounts counts;
    for (int index = 0; index < frames; ++index) {
        const Nanoseconds at = tick_time(index, in) + (jitter ? jitter(index) : 0ns);
        const Placement placement = pacer.place(epoch + at);
        counts.repeats += placement.repeats;
        counts.drops += placement.taken ? 0 : 1;
        if (placement.taken && index > 40) {
            const double off = to_seconds(at) * out.value() - static_cast<double>(pacer.ticks() - 1);
            counts.worst_ticks_off = std::max(counts.worst_ticks_off, std::abs(off));
        }
    }
    counts.ticks = pacer.ticks();
    return counts;
}

std::function<Nanoseconds(int)> random_jitter(Nanoseconds most) {
    return [random = std::mt19937(7), most](int) mutable {
        return Nanoseconds(std::uniform_int_distribution<std::int64_t>(-most.count(), most.count())(random));
    };
}

TEST(FramePacer, EqualRatesPassEveryFrame) {
    for (const Rational rate : {Rational{25, 1}, Rational{30, 1}, Rational{50, 1}, Rational{30000, 1001}}) {
        const PacedCounts counts = pace(rate, rate, 5000);
        EXPECT_EQ(counts.ticks, 5000);
        EXPECT_EQ(counts.repeats, 0);
        EXPECT_EQ(counts.drops, 0);
    }
}

TEST(FramePacer, EightMillisecondsOfJitterMakeNeitherRepeatsNorDrops) {
    const auto alternating = [](int index) { return index % 2 == 0 ? Nanoseconds(8ms) : Nanoseconds(-8ms); };
    for (const Rational rate : {Rational{25, 1}, Rational{30, 1}, Rational{50, 1}, Rational{60, 1}}) {
        for (const auto& jitter : {std::function<Nanoseconds(int)>(alternating), random_jitter(8ms)}) {
            const PacedCounts counts = pace(rate, rate, 20000, jitter);
            EXPECT_EQ(counts.repeats, 0) << rate.num;
            EXPECT_EQ(counts.drops, 0) << rate.num;
        }
    }
}

TEST(FramePacer, CameraOffByTwoHundredPpmCostsOneFrameAStepNotPairs) {
    // 15 minutes at 25.005/s: 4.5 frames too many, none may be repeated.
    const PacedCounts fast = pace({5001, 200}, {25, 1}, 22504, random_jitter(8ms));
    EXPECT_EQ(fast.repeats, 0);
    EXPECT_GE(fast.drops, 3);
    EXPECT_LE(fast.drops, 5);
    const PacedCounts slow = pace({4999, 200}, {25, 1}, 22495, random_jitter(8ms));
    EXPECT_EQ(slow.drops, 0);
    EXPECT_GE(slow.repeats, 3);
    EXPECT_LE(slow.repeats, 5);
}

TEST(FramePacer, ThirtyToTwentyFiveDropsEverySixthFrame) {
    const PacedCounts counts = pace({30, 1}, {25, 1}, 1800);
    EXPECT_EQ(counts.ticks, 1500);
    EXPECT_EQ(counts.drops, 300);
    EXPECT_EQ(counts.repeats, 0);
    const PacedCounts jittered = pace({30, 1}, {25, 1}, 1800, random_jitter(6ms));
    EXPECT_LE(std::abs(jittered.ticks - 1500), 1);
    EXPECT_EQ(jittered.repeats, 0);
}

TEST(FramePacer, SixtyToTwentyFiveTakesTheNearest) {
    const PacedCounts counts = pace({60, 1}, {25, 1}, 6000);
    EXPECT_LE(std::abs(counts.ticks - 2500), 1);
    EXPECT_EQ(counts.repeats, 0);
    EXPECT_LE(counts.worst_ticks_off, 25.0 / 60.0 / 2.0 + 1e-6);
}

TEST(FramePacer, LostFramesOfAFasterSourceMoveNothing) {
    FramePacer pacer({25, 1});
    std::mt19937 random(11);
    double worst_ticks_off = 0.0;
    for (int index = 0; index < 3000; ++index) {
        const CaptureTime at = epoch + tick_time(index, {60, 1});
        if (index > 0 && random() % 3 == 0) {
            pacer.lose(at);
            continue;
        }
        const bool taken = pacer.place(at).taken;
        if (taken && index > 60) {
            const double off = to_seconds(at - epoch) * 25.0 - static_cast<double>(pacer.ticks() - 1);
            worst_ticks_off = std::max(worst_ticks_off, std::abs(off));
        }
    }
    EXPECT_LE(worst_ticks_off, 0.51);
}

TEST(FramePacer, FifteenToTwentyFiveRepeatsTwoOfFive) {
    const PacedCounts counts = pace({15, 1}, {25, 1}, 901);
    EXPECT_EQ(counts.drops, 0);
    EXPECT_LE(std::abs(counts.ticks - 1501), 1);
    EXPECT_EQ(counts.repeats, counts.ticks - 901);
    EXPECT_LE(counts.worst_ticks_off, 0.5 + 1e-6);
}

TEST(FramePacer, StallIsFilledWhenTheNextFrameComes) {
    FramePacer pacer({25, 1});
    EXPECT_TRUE(pacer.place(epoch).taken);
    EXPECT_TRUE(pacer.place(epoch + 40ms).taken);
    const Placement after = pacer.place(epoch + 10min);
    EXPECT_TRUE(after.taken);
    EXPECT_EQ(after.repeats, 10 * 60 * 25 - 2);
    EXPECT_EQ(pacer.ticks(), 10 * 60 * 25 + 1);
}

TEST(FramePacer, LostFrameBecomesOneRepeat) {
    FramePacer pacer({25, 1});
    std::int64_t repeats = 0;
    for (int index = 0; index < 100; ++index) {
        if (index != 50) repeats += pacer.place(epoch + tick_time(index, {25, 1})).repeats;
    }
    EXPECT_EQ(repeats, 1);
    EXPECT_EQ(pacer.ticks(), 100);
}

TEST(FramePacer, HoldFillsUpToTheMomentAndLateFramesAreThenDropped) {
    FramePacer pacer({25, 1});
    EXPECT_EQ(pacer.hold_until(epoch + 1s), 0) << "nothing to hold yet";
    EXPECT_TRUE(pacer.place(epoch).taken);
    EXPECT_EQ(pacer.hold_until(epoch + 999ms), 24);
    EXPECT_EQ(pacer.hold_until(epoch + 999ms), 0);
    EXPECT_FALSE(pacer.place(epoch + 500ms).taken);
    EXPECT_TRUE(pacer.place(epoch + 1s).taken);
    EXPECT_EQ(pacer.ticks(), 26);
}

TEST(FramePacer, LimitIsNeverExceeded) {
    FramePacer pacer({25, 1}, 10);
    EXPECT_TRUE(pacer.place(epoch).taken);
    const Placement far = pacer.place(epoch + 5s);
    EXPECT_EQ(far.repeats, 9);
    EXPECT_FALSE(far.taken);
    EXPECT_TRUE(pacer.full());
    EXPECT_EQ(pacer.hold_until(epoch + 9s), 0);
    EXPECT_FALSE(pacer.place(epoch + 6s).taken);
    EXPECT_EQ(pacer.ticks(), 10);
}

}  // namespace
}  // namespace changji
