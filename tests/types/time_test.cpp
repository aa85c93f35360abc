#include "capture/types/time.hpp"

#include "capture/types/sound_block.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {
using namespace std::chrono_literals;

constexpr Rational pal{25, 1};
constexpr Rational ntsc{30'000, 1001};
constexpr Nanoseconds quarter_hour = 15min;

TEST(Rational, ComparesByValueNotByTerms) {
    EXPECT_EQ((Rational{50, 2}), pal);
    EXPECT_NE(ntsc, (Rational{30, 1}));
    EXPECT_LT(ntsc, (Rational{30, 1}));
    EXPECT_GT((Rational{2997, 100}), (Rational{2996, 100}));
    EXPECT_LT((Rational{2997, 100}), ntsc);  // 29.97 is not 30000/1001
}

TEST(Rational, ComparesLargeTermsWithoutOverflow) {
    EXPECT_LT((Rational{2'147'483'646, 2'147'483'647}), (Rational{1, 1}));
    EXPECT_GT((Rational{2'147'483'647, 1}), (Rational{1, 2'147'483'647}));
}

TEST(Rational, ZeroAndNegativeAreNotPositive) {
    EXPECT_TRUE(pal.is_positive());
    EXPECT_FALSE((Rational{0, 1}).is_positive());
    EXPECT_FALSE((Rational{25, 0}).is_positive());
    EXPECT_FALSE((Rational{-25, 1}).is_positive());
}

TEST(TickTime, TwentyFiveASecondIsFortyMilliseconds) {
    EXPECT_EQ(tick_time(0, pal), 0ns);
    EXPECT_EQ(tick_time(1, pal), 40ms);
    EXPECT_EQ(tick_time(22'500, pal), quarter_hour);
}

TEST(TickTime, NtscStaysWithinANanosecondOverAQuarterOfAnHour) {
    // 1001/30000 s a tick: 30000 ticks are 1001 s exactly, every third tick is a whole 100100 µs.
    EXPECT_EQ(tick_time(30'000, ntsc), 1001s);
    EXPECT_EQ(tick_time(3, ntsc), 100'100us);
    EXPECT_EQ(tick_time(1, ntsc), 33'366'666ns);
    for (std::int64_t tick = 0; tick < 27'000; ++tick) {
        ASSERT_EQ(tick_time(tick, ntsc).count(), tick * 1001 * 1'000'000'000 / 30'000) << tick;
    }
}

TEST(TickTime, AYearOfSoundSamplesDoesNotOverflow) {
    const std::int64_t year_s = 365LL * 24 * 3600;
    EXPECT_EQ(tick_time(year_s * 48'000, Rational{48'000, 1}), std::chrono::seconds(year_s));
    EXPECT_EQ(tick_time(31'504 * 30'000LL, ntsc), 31'504 * 1001s);
}

TEST(TicksWithin, CountsWholeTicksOnly) {
    EXPECT_EQ(ticks_within(0ns, pal), 0);
    EXPECT_EQ(ticks_within(40ms - 1ns, pal), 0);
    EXPECT_EQ(ticks_within(40ms, pal), 1);
    EXPECT_EQ(ticks_within(quarter_hour, pal), 22'500);
    EXPECT_EQ(ticks_within(quarter_hour - 1ns, pal), 22'499);
}

TEST(TicksWithin, NtscFitsInto900SecondsAsArithmeticSays) {
    // 900 s × 30000/1001 = 26973.02…
    EXPECT_EQ(ticks_within(quarter_hour, ntsc), 26'973);
    EXPECT_EQ(ticks_within(1001s, ntsc), 30'000);
    EXPECT_EQ(ticks_within(1001s - 1ns, ntsc), 29'999);
}

TEST(TicksWithin, IsTheInverseOfTickTime) {
    for (const Rational rate : {pal, ntsc, Rational{24'000, 1001}, Rational{60, 1}, Rational{48'000, 1}}) {
        for (std::int64_t tick = 1; tick < 60'000; tick += 7) {
            // tick_time rounds down: one nanosecond later the tick has passed whatever was cut off.
            ASSERT_EQ(ticks_within(tick_time(tick, rate) + 1ns, rate), tick) << rate.num << '/' << rate.den;
            ASSERT_EQ(ticks_within(tick_time(tick, rate) - 1ns, rate), tick - 1) << rate.num << '/' << rate.den;
        }
    }
}

TEST(SoundDuration, CountsSamplePairs) {
    EXPECT_EQ(sound_duration(48'000), 1s);
    EXPECT_EQ(sound_duration(480), 10ms);
    EXPECT_EQ(sound_duration(1), 20'833ns);
    SoundBlock block;
    EXPECT_EQ(block.frames(), 0u);
    EXPECT_TRUE(block.interleaved().empty());
    block.samples = std::make_shared<const std::vector<float>>(960, 0.5f);
    EXPECT_EQ(block.frames(), 480u);
    EXPECT_EQ(block.interleaved().size(), 960u);
}

}  // namespace
}  // namespace changji
