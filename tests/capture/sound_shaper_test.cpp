#include "capture/sound_shaper.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

constexpr std::int64_t block_frames = 960;
constexpr double limit_dbfs = -1.0;

double db(double ratio) { return 20.0 * std::log10(ratio); }
double sine_at(std::int64_t frame, double hertz, double peak) {
    return peak * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(frame) / sound_rate_hz);
}

struct Pair {
    double left = 0.0, right = 0.0;
};
using Sound = std::function<Pair(std::int64_t frame)>;

SoundBlock block_of(const Sound& sound, std::int64_t first) {
    auto samples = std::make_shared<std::vector<float>>();
    for (std::int64_t frame = first; frame < first + block_frames; ++frame) {
        const Pair pair = sound(frame);
        samples->insert(samples->end(), {static_cast<float>(pair.left), static_cast<float>(pair.right)});
    }
    return {samples, first, CaptureTime(sound_duration(first) + Nanoseconds(123))};
}

/// Two seconds of `sound` in real-time blocks of 20 ms.
std::vector<float> shaped(SoundShaper& shaper, const Sound& sound, std::int64_t first_block = 0) {
    std::vector<float> out;
    for (std::int64_t block = first_block; block < first_block + 100; ++block) {
        const SoundBlock shaped_block = shaper.shape(block_of(sound, block * block_frames));
        out.insert(out.end(), shaped_block.samples->begin(), shaped_block.samples->end());
    }
    return out;
}

std::vector<float> shaped(const SoundShape& shape, const Sound& sound) {
    auto shaper = SoundShaper::open(shape);
    EXPECT_TRUE(shaper);
    return shaped(*shaper, sound);
}

enum Side { Left, Right };

double amplitude(const std::vector<float>& out, Side side, double hertz) {
    double real = 0, imaginary = 0;
    const std::size_t frames = out.size() / 2;
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const double phase = 2 * std::numbers::pi * hertz * static_cast<double>(frame) / sound_rate_hz;
        real += out[2 * frame + side] * std::cos(phase);
        imaginary += out[2 * frame + side] * std::sin(phase);
    }
    return 2 * std::hypot(real, imaginary) / static_cast<double>(frames);
}

double highest_peak(const std::vector<float>& out) {
    double peak = 0;
    for (const float sample : out) peak = std::max(peak, std::abs(static_cast<double>(sample)));
    return peak;
}

/// The furthest any sample lies from the mean of its neighbours at its side.
double sharpest_bend(const std::vector<float>& out) {
    double bend = 0;
    for (std::size_t at = 2; at + 2 < out.size(); ++at) {
        bend = std::max(bend,
                        std::abs(static_cast<double>(out[at]) - (static_cast<double>(out[at - 2]) + out[at + 2]) / 2));
    }
    return bend;
}

Pair two_tones(std::int64_t frame) { return {sine_at(frame, 500, 0.4), sine_at(frame, 1250, 0.2)}; }

TEST(SoundShaper, TheDefaultShapeHandsOnTheSameSamples) {
    auto shaper = SoundShaper::open({});
    ASSERT_TRUE(shaper);
    const SoundBlock block = block_of(two_tones, 4800);
    EXPECT_EQ(shaper->shape(block).samples.get(), block.samples.get());
}

TEST(SoundShaper, NumberTimeAndLengthOfABlockStay) {
    auto shaper = SoundShaper::open({ChannelRoute::Mix, 12.0, Limiter::On});
    ASSERT_TRUE(shaper);
    for (const std::int64_t first : {0, 960, 96'000}) {
        const SoundBlock block = block_of(two_tones, first);
        const SoundBlock out = shaper->shape(block);
        EXPECT_EQ(out.first_frame, block.first_frame);
        EXPECT_EQ(out.captured_at, block.captured_at);
        EXPECT_EQ(out.frames(), block.frames());
    }
}

TEST(SoundShaper, OneSideGoesToBothAtItsLevel) {
    const auto left = shaped({ChannelRoute::Left}, two_tones);
    const auto right = shaped({ChannelRoute::Right}, two_tones);
    for (const Side side : {Left, Right}) {
        EXPECT_NEAR(db(amplitude(left, side, 500) / 0.4), 0.0, 0.01);
        EXPECT_LT(amplitude(left, side, 1250), 1e-5);
        EXPECT_NEAR(db(amplitude(right, side, 1250) / 0.2), 0.0, 0.01);
        EXPECT_LT(amplitude(right, side, 500), 1e-5);
    }
}

TEST(SoundShaper, MixIsHalfOfEachOnBothSides) {
    const auto out = shaped({ChannelRoute::Mix}, two_tones);
    for (const Side side : {Left, Right}) {
        EXPECT_NEAR(db(amplitude(out, side, 500) / 0.2), 0.0, 0.01);
        EXPECT_NEAR(db(amplitude(out, side, 1250) / 0.1), 0.0, 0.01);
    }
}

TEST(SoundShaper, GainIsExactAndLeavesTheSidesApart) {
    for (const double gain_db : {-24.0, -6.0, 3.0, 7.5}) {
        const auto out = shaped({ChannelRoute::Both, gain_db}, two_tones);
        EXPECT_NEAR(db(amplitude(out, Left, 500) / 0.4), gain_db, 0.05);
        EXPECT_NEAR(db(amplitude(out, Right, 1250) / 0.2), gain_db, 0.05);
        EXPECT_LT(amplitude(out, Left, 1250), 1e-4);
    }
}

TEST(SoundShaper, WithoutTheLimiterLoudSoundIsLeftLoud) {
    EXPECT_NEAR(highest_peak(shaped({ChannelRoute::Both, 24.0}, two_tones)), 0.4 * std::pow(10.0, 1.2), 0.01);
}

TEST(SoundShaper, TheLimiterHoldsMinusOneDecibelWhateverComes) {
    const Sound bursts = [](std::int64_t frame) {
        const double level = frame / 7'300 % 2 == 0 ? 0.9 : 0.01;
        return Pair{sine_at(frame, 220, level), sine_at(frame, 3'100, level)};
    };
    const Sound clicks = [](std::int64_t frame) {
        return Pair{frame % 1'201 == 0 ? 1.0 : 0.0, frame % 960 == 0 ? -1.0 : 0.0};
    };
    const Sound noise = [](std::int64_t frame) {
        const auto hash = static_cast<std::uint32_t>(frame) * 2'654'435'761U;
        return Pair{hash / 2'147'483'648.0 - 1.0, sine_at(frame, 50, 1.0)};
    };
    for (const Sound& sound : {bursts, clicks, noise}) {
        for (const double gain_db : {0.0, 12.0, 24.0}) {
            const auto out = shaped({ChannelRoute::Both, gain_db, Limiter::On}, sound);
            EXPECT_LE(db(highest_peak(out)), limit_dbfs) << gain_db;
            EXPECT_GT(db(highest_peak(out)), limit_dbfs - 0.1) << gain_db;
        }
    }
}

TEST(SoundShaper, TheLimiterLeavesWhatIsNotTooLoudBitForBit) {
    EXPECT_EQ(shaped({ChannelRoute::Both, 6.0, Limiter::On}, two_tones), shaped({ChannelRoute::Both, 6.0}, two_tones));
}

TEST(SoundShaper, ALimitedToneStaysATone) {
    const Sound tone = [](std::int64_t frame) { return Pair{sine_at(frame, 200, 0.5), sine_at(frame, 200, 0.25)}; };
    auto shaper = SoundShaper::open({ChannelRoute::Both, 12.0, Limiter::On});
    ASSERT_TRUE(shaper);
    (void)shaped(*shaper, tone);
    const auto out = shaped(*shaper, tone, 100);
    EXPECT_NEAR(db(amplitude(out, Left, 200)), limit_dbfs, 0.3);
    EXPECT_NEAR(db(amplitude(out, Left, 200) / amplitude(out, Right, 200)), 6.02, 0.01)
        << "both sides by the same gain";
    for (const double overtone : {400.0, 600.0, 1000.0}) {
        EXPECT_LT(db(amplitude(out, Left, overtone) / amplitude(out, Left, 200)), -40.0) << overtone;
    }
}

TEST(SoundShaper, AfterAShoutTheLimiterLetsGoWithinASecond) {
    const Sound shout = [](std::int64_t frame) {
        const double level = frame < sound_rate_hz / 2 ? 0.9 : 0.02;
        return Pair{sine_at(frame, 300, level), sine_at(frame, 300, level)};
    };
    const auto out = shaped({ChannelRoute::Both, 12.0, Limiter::On}, shout);
    const std::vector<float> last_half(out.end() - sound_rate_hz, out.end());
    EXPECT_NEAR(db(amplitude(last_half, Left, 300) / 0.02), 12.0, 0.2);
}

TEST(SoundShaper, BordersOfBlocksCannotBeHeard) {
    // 300 Hz does not fit into 20 ms: every block begins elsewhere in the wave.
    const Sound tone = [](std::int64_t frame) { return Pair{sine_at(frame, 317, 0.5), sine_at(frame, 317, 0.5)}; };
    const double smooth = sharpest_bend(shaped({}, tone));
    EXPECT_LT(sharpest_bend(shaped({ChannelRoute::Mix, 4.0}, tone)), smooth * std::pow(10.0, 0.2) * 1.01);
    // A leap of the gain would bend the wave by a tenth and more.
    auto shaper = SoundShaper::open({ChannelRoute::Mix, 24.0, Limiter::On});
    ASSERT_TRUE(shaper);
    (void)shaped(*shaper, tone);
    EXPECT_LT(sharpest_bend(shaped(*shaper, tone, 100)), 0.006);
}

TEST(SoundShaper, ANewShapeFadesInWithoutAClickAndIsThenExact) {
    const Sound tone = [](std::int64_t frame) { return Pair{sine_at(frame, 317, 0.1), sine_at(frame, 200, 0.1)}; };
    auto shaper = SoundShaper::open({});
    ASSERT_TRUE(shaper);
    auto out = shaped(*shaper, tone);
    for (const SoundShape& next :
         {SoundShape{ChannelRoute::Left, 12.0}, SoundShape{ChannelRoute::Right, 24.0, Limiter::On},
          SoundShape{ChannelRoute::Mix, -24.0}, SoundShape{}}) {
        ASSERT_TRUE(shaper->reshape(next));
        const auto more = shaped(*shaper, tone, static_cast<std::int64_t>(out.size()) / 2 / block_frames);
        out.insert(out.end(), more.begin(), more.end());
    }
    // A wave of full scale bends by 0.0009 a sample at 317 Hz; a leap of the level would bend it by 0.1 and more.
    EXPECT_LT(sharpest_bend(out), 0.004);
    const SoundBlock block = block_of(two_tones, 0);
    EXPECT_EQ(shaper->shape(block).samples.get(), block.samples.get());
}

TEST(SoundShaper, AGainOutOfRangeIsRefusedAndChangesNothing) {
    for (const double gain_db : {-24.1, 25.0, std::nan("")}) {
        const auto refused = SoundShaper::open({ChannelRoute::Both, gain_db});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::InvalidConfig);
    }
    auto shaper = SoundShaper::open({});
    ASSERT_TRUE(shaper);
    EXPECT_FALSE(shaper->reshape({ChannelRoute::Mix, 30.0}));
    const SoundBlock block = block_of(two_tones, 0);
    EXPECT_EQ(shaper->shape(block).samples.get(), block.samples.get());
}

}  // namespace
}  // namespace changji
