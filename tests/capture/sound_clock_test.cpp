#include "capture/recording/sound_clock.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr CaptureTime epoch{1h};
constexpr std::int64_t everything = 1'000'000'000;

/// Frame `index` of an endless sound that never repeats nearby: left counts up, right counts down.
float left_at(std::int64_t index) { return static_cast<float>(index % 65'521 + 1) / 131'072.0F; }

SoundBlock block_of(std::int64_t first, std::int64_t frames, CaptureTime captured_at) {
    auto samples = std::make_shared<std::vector<float>>();
    for (std::int64_t at = first; at < first + frames; ++at)
        samples->insert(samples->end(), {left_at(at), -left_at(at)});
    return {samples, first, captured_at};
}

SoundBlock exact_block(std::int64_t first, std::int64_t frames, CaptureTime start) {
    return block_of(first, frames, start + sound_duration(first));
}

TEST(SoundClock, ExactSoundPassesBitForBit) {
    SoundClock clock(epoch);
    for (std::int64_t first = 0; first < 30 * sound_rate_hz; first += 960) clock.take(exact_block(first, 960, epoch));
    clock.end_at(30 * sound_rate_hz);
    const std::vector<float> out = clock.pull(everything);
    ASSERT_GE(out.size(), 2U * 30 * sound_rate_hz);
    for (std::int64_t at = 0; at < 30 * sound_rate_hz; ++at) {
        ASSERT_EQ(out[2 * at], left_at(at)) << at;
        ASSERT_EQ(out[2 * at + 1], -left_at(at)) << at;
    }
    EXPECT_EQ(clock.gap_ms(), 0);
    EXPECT_EQ(clock.drift_ppm(), 0.0);
}

TEST(SoundClock, SoundBeforeThePictureIsTrimmedToTheSample) {
    SoundClock clock(epoch);
    for (std::int64_t first = 0; first < sound_rate_hz; first += 480) {
        clock.take(exact_block(first, 480, epoch - 123'456'789ns));
    }
    const std::vector<float> out = clock.pull(1000);
    // 123.456789 ms are 5925.93 frames.
    EXPECT_EQ(out.front(), left_at(5926));
}

TEST(SoundClock, SoundThatBeginsLaterIsLedInWithSilence) {
    SoundClock clock(epoch);
    for (std::int64_t first = 0; first < sound_rate_hz; first += 480)
        clock.take(exact_block(first, 480, epoch + 250ms));
    const std::vector<float> out = clock.pull(20'000);
    EXPECT_EQ(out[2 * 11'999], 0.0F);
    EXPECT_EQ(out[2 * 12'000], left_at(0));
    EXPECT_EQ(clock.gap_ms(), 250);
}

TEST(SoundClock, GapBecomesSilenceAndIsCounted) {
    SoundClock clock(epoch);
    for (std::int64_t first = 0; first < 2 * sound_rate_hz; first += 480) {
        const bool missing = first >= sound_rate_hz && first < sound_rate_hz + 14'400;
        if (!missing) clock.take(exact_block(first, 480, epoch));
    }
    const std::vector<float> out = clock.pull(everything);
    EXPECT_EQ(out[2 * (sound_rate_hz - 1)], left_at(sound_rate_hz - 1));
    EXPECT_EQ(out[2 * sound_rate_hz], 0.0F);
    EXPECT_EQ(out[2 * (sound_rate_hz + 14'399)], 0.0F);
    EXPECT_EQ(out[2 * (sound_rate_hz + 14'400)], left_at(sound_rate_hz + 14'400));
    EXPECT_EQ(clock.gap_ms(), 300);
}

TEST(SoundClock, ReopenedMicrophoneIsAlignedAnew) {
    SoundClock clock(epoch);
    for (std::int64_t first = 0; first < sound_rate_hz; first += 480) clock.take(exact_block(first, 480, epoch));
    // Back after 40 ms, counting from zero again: too short for a gap, yet in its place.
    for (std::int64_t first = 0; first < sound_rate_hz; first += 480)
        clock.take(exact_block(first, 480, epoch + 1040ms));
    const std::vector<float> out = clock.pull(everything);
    EXPECT_EQ(out[2 * (sound_rate_hz + 1919)], 0.0F);
    EXPECT_EQ(out[2 * (sound_rate_hz + 1920)], left_at(0));
}

TEST(SoundClock, SilenceFollowsThePictureWhenTheMicrophoneIsGone) {
    SoundClock clock(epoch);
    clock.take(exact_block(0, 480, epoch));
    for (int tenth = 0; tenth <= 100; ++tenth) clock.fill_behind(epoch + tenth * 100ms);
    EXPECT_GE(clock.pull(everything).size() / 2, 8U * sound_rate_hz - 100);
    clock.take(exact_block(0, 4800, epoch + 10s));
    clock.end_at(10 * sound_rate_hz + 4800);
    const std::vector<float> out = clock.pull(10 * sound_rate_hz + 4800);
    EXPECT_EQ(out[out.size() - 2], left_at(4799));
    EXPECT_EQ(clock.gap_ms(), 9990);
}

TEST(SoundClock, EndIsExactWhetherSoundIsShorterOrLonger) {
    for (const std::int64_t delivered : {0LL, 1'000LL, 40'000LL, 60'000LL}) {
        SoundClock clock(epoch);
        if (delivered > 0) clock.take(exact_block(0, delivered, epoch));
        clock.end_at(48'000);
        EXPECT_EQ(clock.pull(48'000).size(), 2U * 48'000) << delivered;
        EXPECT_TRUE(clock.pull(48'000).empty());
    }
}

struct SkewResult {
    double worst_ms = 0.0;  ///< sound's place against the picture's clock, after the first minute
    double drift_ppm = 0.0;
};

/// A sawtooth in true time, 2 s long: a sample of it tells when it was captured.
double saw(double time_s) { return std::remainder(time_s, 2.0); }

/// A microphone whose clock is off by `skew_ppm`, stamped on arrival with ±20 ms, for 15 minutes.
SkewResult record_skewed(double skew_ppm) {
    constexpr std::int64_t block_frames = 960;
    std::mt19937 random(11);
    std::uniform_real_distribution<double> jitter_s(-0.020, 0.020);
    SoundClock clock(epoch);
    SkewResult result;
    const double mic_rate = sound_rate_hz * (1.0 + skew_ppm * 1e-6);
    std::int64_t at = 0;
    for (std::int64_t first = 0; static_cast<double>(first) / mic_rate < 900.0; first += block_frames) {
        auto samples = std::make_shared<std::vector<float>>();
        for (std::int64_t index = first; index < first + block_frames; ++index) {
            const auto value = static_cast<float>(saw(static_cast<double>(index) / mic_rate));
            samples->insert(samples->end(), {value, value});
        }
        const double captured_s = static_cast<double>(first) / mic_rate + (first == 0 ? 0.0 : jitter_s(random));
        clock.take({samples, first, epoch + Nanoseconds(std::llround(captured_s * 1e9))});
        const std::vector<float> out = clock.pull(everything);
        if (!out.empty()) {
            const double off_s = std::remainder(out[0] - static_cast<double>(at) / sound_rate_hz, 2.0);
            // Near the saw's edge a sample is a mixture of both ends.
            if (at > 60 * sound_rate_hz && std::abs(out[0]) < 0.9F)
                result.worst_ms = std::max(result.worst_ms, std::abs(off_s) * 1e3);
            at += static_cast<std::int64_t>(out.size() / 2);
        }
    }
    result.drift_ppm = clock.drift_ppm();
    return result;
}

TEST(SoundClock, TwoHundredPpmOfSkewStayWithinTwentyMilliseconds) {
    for (const double skew_ppm : {200.0, -200.0}) {
        const SkewResult result = record_skewed(skew_ppm);
        RecordProperty("worst_ms_at_" + std::to_string(static_cast<int>(skew_ppm)), std::to_string(result.worst_ms));
        EXPECT_LE(result.worst_ms, 12.0) << skew_ppm;
        EXPECT_NEAR(result.drift_ppm, skew_ppm, 5.0);
    }
}

TEST(SoundClock, JitterAloneIsNoReasonToTouchTheSound) {
    std::mt19937 random(5);
    std::uniform_int_distribution<std::int64_t> jitter_ns(-20'000'000, 20'000'000);
    SoundClock clock(epoch);
    for (std::int64_t first = 0; first < 120 * sound_rate_hz; first += 960) {
        const Nanoseconds jitter(first == 0 ? 0 : jitter_ns(random));
        clock.take(block_of(first, 960, epoch + sound_duration(first) + jitter));
    }
    const std::vector<float> out = clock.pull(everything);
    for (std::int64_t at = 0; at < static_cast<std::int64_t>(out.size() / 2); ++at) ASSERT_EQ(out[2 * at], left_at(at));
    EXPECT_NEAR(clock.drift_ppm(), 0.0, 15.0);
}

constexpr double tone_hz = 3000.0;
double tone_at(double frame) { return 0.5 * std::sin(2 * std::numbers::pi * tone_hz * frame / sound_rate_hz); }

/// How far what comes out is from the tone it should be, in dB; where an output frame lies in the input is told by
/// position(), block by block.
double stretch_error_db(SoundStretch& stretch, double step, std::int64_t& frames_in, std::int64_t& frames_out) {
    double error_power = 0.0;
    std::int64_t compared = 0;
    for (int block = 0; block < 400; ++block) {
        double at = static_cast<double>(frames_in) - (stretch.position() - static_cast<double>(frames_out));
        std::vector<float> in, out;
        for (int frame = 0; frame < 480; ++frame, ++frames_in) {
            const auto value = static_cast<float>(tone_at(static_cast<double>(frames_in)));
            in.insert(in.end(), {value, -value});
        }
        stretch.run(in, step, out);
        for (std::size_t frame = 0; frame < out.size() / 2; ++frame, at += step) {
            const double off = out[2 * frame] - tone_at(at);
            EXPECT_EQ(out[2 * frame + 1], -out[2 * frame]);
            error_power += off * off;
            ++compared;
        }
        frames_out += static_cast<std::int64_t>(out.size() / 2);
    }
    return 10 * std::log10(error_power / static_cast<double>(compared) / 0.125);
}

TEST(SoundStretch, CorrectedSineKeepsItsShapeAndItsPlaceWhereverTheCorrectionChanges) {
    SoundStretch stretch;
    std::int64_t frames_in = 0, frames_out = 0;
    for (const double step : {1.0, 1.0 - 300e-6, 1.0 + 500e-6, 1.0 + 501e-6, 1.0}) {
        EXPECT_LT(stretch_error_db(stretch, step, frames_in, frames_out), -80.0) << step;
    }
    // 4 s each: −300, +500, +501 ppm.
    EXPECT_NEAR(static_cast<double>(frames_in) - stretch.position(), 4 * sound_rate_hz * 701e-6, 1.0);
}

struct Interruption {
    double worst_ms_after = 0.0;  ///< from a second after the return
    double glide_ms_after = 0.0;  ///< between one second and one minute after it
};

/// Four minutes of a microphone 200 ppm off, with sound lost or the device away after two.
Interruption interrupted(double skew_ppm, double away_s, std::int64_t numbers_leap) {
    SoundClock clock(epoch);
    Interruption result;
    std::mt19937 random(3);
    std::uniform_real_distribution<double> jitter_s(-0.002, 0.002);
    const double mic_rate = sound_rate_hz * (1.0 + skew_ppm * 1e-6);
    std::int64_t at = 0, number = 0;
    double lowest_ms = 1e9, highest_ms = -1e9;
    for (double time_s = 0.0; time_s < 240.0; time_s += 960 / mic_rate, number += 960) {
        if (time_s >= 120.0 && time_s < 120.0 + away_s) {
            time_s += away_s;
            number += numbers_leap;
            clock.fill_behind(epoch + Nanoseconds(std::llround(time_s * 1e9)));
        }
        auto samples = std::make_shared<std::vector<float>>();
        for (int frame = 0; frame < 960; ++frame) {
            const auto value = static_cast<float>(saw(time_s + frame / mic_rate));
            samples->insert(samples->end(), {value, value});
        }
        const double stamp_s = time_s + (time_s > 0.0 ? jitter_s(random) : 0.0);
        clock.take({samples, number, epoch + Nanoseconds(std::llround(stamp_s * 1e9))});
        const std::vector<float> out = clock.pull(everything);
        if (out.empty()) continue;
        const double out_s = static_cast<double>(at) / sound_rate_hz;
        at += static_cast<std::int64_t>(out.size() / 2);
        if (out_s < 121.0 + away_s || std::abs(out[0]) > 0.9F) continue;
        const double off_ms = std::remainder(out[0] - out_s, 2.0) * 1e3;
        result.worst_ms_after = std::max(result.worst_ms_after, std::abs(off_ms));
        if (out_s > 181.0 + away_s) continue;
        lowest_ms = std::min(lowest_ms, off_ms);
        highest_ms = std::max(highest_ms, off_ms);
        result.glide_ms_after = highest_ms - lowest_ms;
    }
    return result;
}

TEST(SoundClock, AfterAnInterruptionSoundIsInPlaceWithinASecondAndKeepsTheDriftLearnt) {
    for (const double skew_ppm : {200.0, -200.0}) {
        for (const double away_s : {0.7, 10.0}) {
            const Interruption result = interrupted(skew_ppm, away_s, 12'345'678);
            EXPECT_LT(result.worst_ms_after, 8.0) << skew_ppm << " " << away_s;
            EXPECT_LT(result.glide_ms_after, 4.0) << skew_ppm << " " << away_s;
        }
    }
}

TEST(SoundClock, APieceLostUnnoticedIsMadeUpWithinASecond) {
    // 60 ms are too little for a gap, and the numbers go on as if nothing had happened.
    EXPECT_LT(interrupted(100.0, 0.06, 0).worst_ms_after, 8.0);
}

}  // namespace
}  // namespace changji
