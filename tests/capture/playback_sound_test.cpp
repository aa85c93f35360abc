// What is heard while a take is played, and that it belongs to what is seen.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "capture/playback.hpp"
#include "tests/support/numbered_clip.hpp"

namespace changji::test {
namespace {

using namespace std::chrono_literals;

constexpr Rational film_rate{25, 1};

/// A device without hurry: asks again until it has what it wants or nothing comes any more.
HeardSound pull_all(Player& player, std::vector<float>& into, CaptureTime heard_at) {
    HeardSound all;
    for (int tries = 0; tries < 1'000; ++tries) {
        const auto rest = std::span(into).subspan(all.frames * sound_channels);
        const HeardSound piece = player.pull(rest, heard_at + sound_duration(static_cast<std::int64_t>(all.frames)));
        if (piece.frames > 0) {
            if (all.frames == 0) all.from = piece.from;
            all.to = piece.to;
            all.frames += piece.frames;
            tries = 0;
        }
        if (all.frames * sound_channels == into.size()) break;
        std::this_thread::sleep_for(1ms);
    }
    return all;
}

class PlaybackSound : public ::testing::Test {
protected:
    void SetUp() override { CHANGJI_NEEDS_PROGRAM("ffmpeg"); }
};

struct Claps {
    std::vector<double> seen_s, heard_s;  ///< of the machine's clock
};

/// Plays as a window and a sound device of `latency` would, with all the time that decoding needs.
Claps play_claps(Player& player, std::int64_t from, double speed, Nanoseconds latency, std::size_t count) {
    constexpr std::size_t frames_a_time = 512;
    TestClock clock;
    const CaptureTime start = clock.now;
    player.pull_sound(true, clock.now);
    player.seek(from);
    player.play(speed, clock.now);
    Claps claps;
    std::vector<float> block(frames_a_time * sound_channels);
    std::optional<std::uint64_t> shown;
    double quiet_since_s = -1;
    while (player.is_playing() && (claps.seen_s.size() < count || claps.heard_s.size() < count)) {
        const HeardSound heard = pull_all(player, block, clock.now + latency);
        if (heard.frames == 0) break;
        for (std::size_t i = 0; i < heard.frames; ++i) {
            if (std::fabs(block[i * sound_channels]) < 0.2F) continue;
            const double at_s = to_seconds(clock.now + latency - start + sound_duration(static_cast<std::int64_t>(i)));
            if (at_s - quiet_since_s > 0.1) claps.heard_s.push_back(at_s);
            quiet_since_s = at_s;
        }
        while (!shown || *shown < static_cast<std::uint64_t>(player.frame_number(clock.now))) {
            const auto picture = wait_for_picture(player, clock.now);
            if (!picture) return claps;
            shown = picture->sequence;
            if (is_white(*picture)) claps.seen_s.push_back(to_seconds(clock.now - start));
        }
        clock.pass(sound_duration(frames_a_time));
    }
    return claps;
}

TEST_F(PlaybackSound, AClapIsHeardWithinAPictureOfBeingSeenAtEverySpeedFinishedAndInFragments) {
    for (const std::string& muxing : {as_finished, as_part}) {
        const auto player = open_player(clip(flash_and_beep(8) + muxing));
        ASSERT_TRUE(player);
        ASSERT_TRUE(player->facts().has_sound);
        for (const double speed : {0.5, 1.0, 2.0}) {
            for (const std::int64_t from : {0, 49, 61}) {
                SCOPED_TRACE(muxing + " from picture " + std::to_string(from) + " at " + std::to_string(speed));
                const Claps claps = play_claps(*player, from, speed, 60ms, 3);
                ASSERT_GE(claps.seen_s.size(), 3U);
                ASSERT_GE(claps.heard_s.size(), 3U);
                for (std::size_t i = 0; i < 3; ++i) {
                    EXPECT_NEAR(claps.heard_s[i], claps.seen_s[i], 0.025);  // of which 11 ms between two looks
                }
            }
        }
    }
}

/// When in the take the sound first is loud at or behind `from`.
std::optional<Nanoseconds> next_beep(Player& player, Nanoseconds from) {
    std::vector<float> block(480 * sound_channels);
    for (;;) {
        const HeardSound heard = pull_all(player, block, CaptureTime{1h});
        if (heard.frames == 0) return std::nullopt;
        for (std::size_t i = 0; i < heard.frames; ++i) {
            const double share = static_cast<double>(i) / static_cast<double>(heard.frames);
            const auto within = static_cast<std::int64_t>(static_cast<double>((heard.to - heard.from).count()) * share);
            const Nanoseconds at = heard.from + Nanoseconds{within};
            if (at >= from && std::fabs(block[i * sound_channels]) > 0.2F) return at;
        }
    }
}

TEST_F(PlaybackSound, ABeepStandsWhereTheTakeHasItWhereverPlayingBegins) {
    for (const std::string& muxing : {as_finished, as_part}) {
        const auto player = open_player(clip(flash_and_beep(8) + muxing));
        ASSERT_TRUE(player);
        const TestClock clock;
        player->pull_sound(true, clock.now);
        for (const std::int64_t from : {0, 1, 30, 49, 61, 99, 154}) {
            SCOPED_TRACE(muxing + " from picture " + std::to_string(from));
            player->seek(from);
            player->play(1.0, clock.now);
            const auto beep = next_beep(*player, tick_time(from, film_rate));
            ASSERT_TRUE(beep);
            const std::int64_t expected = std::max<std::int64_t>(25, (from + 24) / 25 * 25);
            EXPECT_NEAR(to_seconds(*beep), to_seconds(tick_time(expected, film_rate)), 0.003);
        }
    }
}

/// How often the left channel rises through zero a second.
double pitch_hz(const std::vector<float>& samples) {
    int rises = 0;
    std::optional<std::size_t> first, last;
    for (std::size_t i = 2; i < samples.size(); i += 2) {
        if (samples[i - 2] < 0.0F && samples[i] >= 0.0F && std::fabs(samples[i] - samples[i - 2]) > 0.002F) {
            if (!first) first = i;
            last = i;
            ++rises;
        }
    }
    return rises > 1 ? (rises - 1) * 48'000.0 / (static_cast<double>(*last - *first) / 2) : 0.0;
}

TEST_F(PlaybackSound, FasterAndSlowerKeepThePitchAndMissNothing) {
    const auto player = open_player(clip(numbered_pictures(6) +
                                         " -f lavfi -i \"sine=f=440:r=48000:d=6,aformat=channel_layouts=stereo\" " +
                                         coded + "-c:a aac -b:a 192k " + as_finished));
    ASSERT_TRUE(player);
    const TestClock clock;
    player->pull_sound(true, clock.now);
    std::vector<float> block(480 * sound_channels);
    for (const double speed : {0.5, 0.75, 1.0, 1.5, 2.0}) {
        SCOPED_TRACE(speed);
        player->seek(0);
        player->play(speed, clock.now);
        std::vector<float> all;
        Nanoseconds end{0};
        while (end < 4s) {
            const HeardSound heard = pull_all(*player, block, clock.now);
            ASSERT_GT(heard.frames, 0U);
            EXPECT_NEAR(to_seconds(heard.from), to_seconds(end), 1e-6) << "without a gap";
            end = heard.to;
            all.insert(all.end(), block.begin(),
                       block.begin() + static_cast<std::ptrdiff_t>(heard.frames * sound_channels));
        }
        EXPECT_NEAR(pitch_hz(all), 440.0, 9.0);
        EXPECT_NEAR(static_cast<double>(all.size()) / 2 / 48'000, to_seconds(end) / speed, 0.001);
    }
}

TEST_F(PlaybackSound, TheSoundIsTheClockAndWithoutADeviceTheSteadyClockIs) {
    const auto player = open_player(clip(flash_and_beep(8) + as_finished));
    ASSERT_TRUE(player);
    TestClock clock;
    player->pull_sound(true, clock.now);
    player->play(1.0, clock.now);
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    EXPECT_EQ(player->position(clock.now + 100ms), 0s) << "nothing is heard yet";
    std::vector<float> block(4800 * sound_channels);
    ASSERT_EQ(pull_all(*player, block, clock.now + 200ms).frames, 4800U);
    EXPECT_EQ(player->position(clock.now + 200ms), 0s);
    EXPECT_EQ(player->position(clock.now + 250ms), 50ms);
    // The device plays one part in a hundred too slowly.
    for (int i = 1; i <= 20; ++i) {
        ASSERT_EQ(pull_all(*player, block, clock.now + 200ms + i * 101ms).frames, 4800U);
    }
    EXPECT_EQ(player->position(clock.now + 200ms + 2020ms), 2s);
    player->pull_sound(false, clock.now + 2220ms);
    clock.pass(3s);
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    EXPECT_EQ(player->position(clock.now + 1s), 3s);
    EXPECT_EQ(player->pull(block, clock.now).frames, 0U);
}

TEST_F(PlaybackSound, ADeviceThatNeverAsksDoesNotHoldUpThePictures) {
    const auto player = open_player(clip(flash_and_beep(8) + as_part));
    ASSERT_TRUE(player);
    TestClock clock;
    player->pull_sound(true, clock.now);
    player->play(1.0, clock.now);
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    clock.pass(600ms);
    static_cast<void>(player->picture(clock.now));
    EXPECT_EQ(player->position(clock.now + 1s), 1s);
}

TEST_F(PlaybackSound, NothingIsHeardBackwardsAtFourTimesPausedOrBeyondALoop) {
    const auto player = open_player(clip(flash_and_beep(8) + as_finished));
    ASSERT_TRUE(player);
    TestClock clock;
    player->pull_sound(true, clock.now);
    std::vector<float> block(24'000 * sound_channels);
    for (const double speed : {-1.0, 4.0}) {
        player->seek(100);
        player->play(speed, clock.now);
        ASSERT_TRUE(wait_for_picture(*player, clock.now));
        EXPECT_EQ(player->pull(block, clock.now).frames, 0U);
    }
    player->pause(clock.now);
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    EXPECT_EQ(player->pull(block, clock.now).frames, 0U);
    player->loop(PictureRange{50, 55}, clock.now);
    player->play(1.0, clock.now);
    const HeardSound heard = pull_all(*player, block, clock.now);
    EXPECT_EQ(heard.from, 2s);
    EXPECT_NEAR(to_seconds(heard.to), 2.2, 1e-6);
    EXPECT_EQ(heard.frames, 9'600U);
}

}  // namespace
}  // namespace changji::test
