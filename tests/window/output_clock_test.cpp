#include "ui/window/review/output_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t block = 512;

/// A sound device whose buffer holds `blocks` blocks and which plays `rate_hz` samples a second; each time it wants
/// more it asks up to 4 ms late.
class Device {
public:
    Device(int blocks, double rate_hz) : blocks_(blocks), rate_hz_(rate_hz) {}
    struct Asking {
        CaptureTime now, heard_at;
    };
    Asking next() {
        const std::int64_t index = asked_++;
        const CaptureTime due = index < blocks_ ? start_ : when(index - blocks_ + 1);
        return {due + Nanoseconds{std::rand() % 4'000'000} * (index < blocks_ ? 0 : 1), when(index)};
    }
    /// Nobody answered for so long: it plays nothing meanwhile.
    void run_dry(Nanoseconds span) {
        start_ = when(asked_) + span;
        asked_ = 0;
    }

private:
    [[nodiscard]] CaptureTime when(std::int64_t index) const {
        const double after_s = static_cast<double>(index * static_cast<std::int64_t>(block)) / rate_hz_;
        return start_ + Nanoseconds{static_cast<std::int64_t>(after_s * 1e9)};
    }
    CaptureTime start_{1h};
    int blocks_;
    double rate_hz_;
    std::int64_t asked_ = 0;
};

double worst_ms(OutputClock& clock, Device& device, int blocks) {
    double worst = 0;
    for (int i = 0; i < blocks; ++i) {
        const auto asking = device.next();
        const Nanoseconds off = clock.ask(asking.now, block) - asking.heard_at;
        worst = std::max(worst, std::abs(to_seconds(off)) * 1000);
    }
    return worst;
}

TEST(OutputClock, KnowsWhenSoundIsHeardBehindBuffersOfAnyDepth) {
    for (const int blocks : {2, 4, 16}) {
        SCOPED_TRACE(blocks);
        OutputClock clock;
        Device device(blocks, 48'000);
        EXPECT_LT(worst_ms(clock, device, 2'000), 4.5);
        EXPECT_EQ(clock.beginnings(), 1);
    }
}

TEST(OutputClock, FollowsADeviceThatPlaysTooFastOrTooSlowlyForAQuarterOfAnHour) {
    for (const double rate_hz : {48'010.0, 47'990.0}) {
        OutputClock clock;
        Device device(4, rate_hz);
        EXPECT_LT(worst_ms(clock, device, 84'000), 5.0) << rate_hz;  // 187 ms would it be otherwise
        EXPECT_EQ(clock.beginnings(), 1);
    }
}

TEST(OutputClock, MeasuresAnewAfterTheDeviceHasRunDry) {
    OutputClock clock;
    Device device(4, 48'000);
    EXPECT_LT(worst_ms(clock, device, 500), 4.5);
    device.run_dry(150ms);
    EXPECT_LT(worst_ms(clock, device, 500), 4.5);
    EXPECT_EQ(clock.beginnings(), 2);
}

TEST(OutputClock, WhatAServerKnowsBetterIsAdded) {
    OutputClock clock;
    const CaptureTime now{1h};
    EXPECT_EQ(clock.ask(now, block), now);
    clock.correct(30ms);
    EXPECT_EQ(clock.ask(now, block), now + 30ms + sound_duration(block));
    EXPECT_EQ(clock.latency(), 30ms + sound_duration(block));
    EXPECT_NEAR(to_seconds(clock.next_heard() - now), to_seconds(30ms + sound_duration(2 * block)), 1e-6);
}

}  // namespace
}  // namespace changji
