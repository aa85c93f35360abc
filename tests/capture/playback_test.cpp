#include "capture/playback.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "capture/scrub_pictures.hpp"
#include "tests/support/media.hpp"
#include "tests/support/program.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int bits = 16;
constexpr int bar_px = 10;
constexpr Rational rate{25, 1};

/// Pictures of 160×90 that carry their number as bars, white for one. `seconds` long.
std::string numbered_pictures(int seconds) {
    return "-f lavfi -i \"nullsrc=s=160x90:r=25:d=" + std::to_string(seconds) +
           ",geq=lum='if(bitand(floor(N/pow(2,floor(X/10))),1),235,16)':cb=128:cr=128,format=yuv420p\"";
}

int number_in(const VideoFrame& frame) {
    int number = 0;
    for (int bit = 0; bit < bits; ++bit) {
        const int luma = frame.planes[0].data[45 * frame.planes[0].stride_bytes + bit * bar_px + bar_px / 2];
        number |= luma > 128 ? 1 << bit : 0;
    }
    return number;
}

/// A clock that stands until it is told.
struct Clock {
    CaptureTime now{1h};
    void pass(Nanoseconds span) { now += span; }
};

/// The next picture, however long it takes to decode; nothing within ten seconds fails the test.
std::optional<VideoFrame> wait_for_picture(Player& player, CaptureTime now) {
    for (int tries = 0; tries < 10'000; ++tries) {
        if (auto picture = player.picture(now)) return picture;
        std::this_thread::sleep_for(1ms);
    }
    ADD_FAILURE() << "no picture: " << in_english(player.problem());
    return std::nullopt;
}

std::optional<HeardSound> wait_for_sound(Player& player) {
    for (int tries = 0; tries < 2'000; ++tries) {
        if (auto sound = player.sound()) return sound;
        std::this_thread::sleep_for(1ms);
    }
    return std::nullopt;
}

class PlaybackTest : public ::testing::Test {
protected:
    void SetUp() override { CHANGJI_NEEDS_PROGRAM("ffmpeg"); }
    fs::path make(const std::string& name, const std::string& arguments) {
        const fs::path path = folder_.path() / name;
        const auto made = test::run("ffmpeg -v error -y " + arguments + " '" + path.string() + "'");
        EXPECT_EQ(made.exit_code, 0) << made.errors;
        return path;
    }
    /// Numbered pictures with a flash in place of every 25th from 50 on, and a beep from the same moment.
    fs::path flash_and_beep(const std::string& name, const std::string& muxing) {
        return make(name,
                    "-f lavfi -i \"nullsrc=s=160x90:r=25:d=6,geq=lum='if(gte(N,25)*eq(mod(N,25),0),235,16)':cb=128:"
                    "cr=128,format=yuv420p\" -f lavfi -i \"aevalsrc='if(gte(t,1)*lt(mod(t,1),0.1),sin(2*PI*1000*t),0)'"
                    ":s=48000:d=6,aformat=channel_layouts=stereo\" -c:v libx264 -preset superfast -g 25 -bf 2 -c:a aac "
                    "-b:a 192k " +
                        muxing);
    }
    static std::unique_ptr<Player> open(const fs::path& file) {
        auto opened = Player::open(file);
        EXPECT_TRUE(opened) << (opened ? "" : in_english(opened.error().message));
        return opened ? *std::move(opened) : nullptr;
    }
    test::TemporaryFolder folder_;
};

constexpr const char* as_finished = "-movflags +faststart";
constexpr const char* as_part =
    "-movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration 500000";
const std::string coded = " -c:v libx264 -preset superfast -qp 10 -g 25 -bf 3 -sc_threshold 0 ";

void expect_exact_seeks(Player& player, int frames) {
    const Clock clock;
    std::vector<int> wanted{0, frames - 1, 1, frames / 2, frames / 2 - 1, frames / 2 + 1, 24, 25, 26, 49, 50};
    for (int i = 0; i < 25; ++i) wanted.push_back((i * 7919) % frames);
    for (const int number : wanted) {
        player.seek(number);
        const auto picture = wait_for_picture(player, clock.now);
        ASSERT_TRUE(picture) << number;
        EXPECT_EQ(number_in(*picture), number);
        EXPECT_EQ(picture->sequence, static_cast<std::uint64_t>(number));
        EXPECT_EQ(picture->captured_at.time_since_epoch(), tick_time(number, rate));
        EXPECT_EQ(player.frame_number(clock.now), number);
    }
}

TEST_F(PlaybackTest, SeeksLandOnTheExactPictureOfAFinishedTake) {
    const auto player = open(make("take.mp4", numbered_pictures(20) + coded + as_finished));
    ASSERT_TRUE(player);
    EXPECT_EQ(player->facts().frames, 500);
    EXPECT_EQ(player->facts().rate, rate);
    EXPECT_FALSE(player->facts().has_sound);
    expect_exact_seeks(*player, 500);
}

TEST_F(PlaybackTest, SeeksLandOnTheExactPictureInFragments) {
    const auto player = open(make("take.part.mp4", numbered_pictures(20) + coded + as_part));
    ASSERT_TRUE(player);
    EXPECT_EQ(player->facts().frames, 500);
    expect_exact_seeks(*player, 500);
}

TEST_F(PlaybackTest, FragmentsThatBreakOffAreReadAsFarAsTheyReach) {
    const auto whole = make("whole.mp4", numbered_pictures(20) + coded + as_part);
    const auto broken = folder_.path() / "take.part.mp4";
    const std::string content = test::content_of(whole);
    std::ofstream(broken, std::ios::binary) << content.substr(0, content.size() * 6 / 10);
    const auto player = open(broken);
    ASSERT_TRUE(player);
    const auto frames = static_cast<int>(player->facts().frames);
    EXPECT_GT(frames, 200);
    EXPECT_LT(frames, 350);
    expect_exact_seeks(*player, frames);
}

TEST_F(PlaybackTest, StepsGoOnePictureForthAndBack) {
    const auto player = open(make("take.mp4", numbered_pictures(4) + coded + as_finished));
    ASSERT_TRUE(player);
    const Clock clock;
    player->seek(40);
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    int expected = 40;
    for (const int step : {1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 10, -60, 5}) {
        expected = std::max(0, expected + step);
        player->step(step, clock.now);
        const auto picture = wait_for_picture(*player, clock.now);
        ASSERT_TRUE(picture);
        EXPECT_EQ(number_in(*picture), expected) << "after a step of " << step;
    }
    player->step(1000, clock.now);
    EXPECT_EQ(number_in(*wait_for_picture(*player, clock.now)), 99) << "the last one";
    EXPECT_TRUE(player->problem().empty());
}

TEST_F(PlaybackTest, PlayingGivesEveryPictureAtItsTimeAndStandsAtTheEnd) {
    const auto player = open(make("take.mp4", numbered_pictures(2) + coded + as_finished));
    ASSERT_TRUE(player);
    Clock clock;
    player->play(1.0, clock.now);
    for (int number = 0; number < 50; ++number) {
        const auto picture = wait_for_picture(*player, clock.now);
        ASSERT_TRUE(picture);
        EXPECT_EQ(number_in(*picture), number);
        EXPECT_EQ(player->position(clock.now), tick_time(number, rate));
        clock.pass(40ms);
    }
    EXPECT_FALSE(player->picture(clock.now));
    EXPECT_FALSE(player->is_playing());
    EXPECT_EQ(player->position(clock.now + 10s), 2s);
}

TEST_F(PlaybackTest, TheClockWaitsForTheFirstPictureAndRunsAtTheRateAskedFor) {
    const auto player = open(make("take.mp4", numbered_pictures(8) + coded + as_finished));
    ASSERT_TRUE(player);
    Clock clock;
    player->seek(25);
    player->play(2.0, clock.now);
    EXPECT_EQ(player->position(clock.now + 5s), 1s) << "nothing is there to be seen yet";
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    EXPECT_EQ(player->position(clock.now + 1s), 3s);
    clock.pass(1s);
    player->pause(clock.now);
    EXPECT_EQ(player->position(clock.now + 5s), 3s);
    EXPECT_EQ(number_in(*wait_for_picture(*player, clock.now)), 75);
    player->play(0.5, clock.now);
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    EXPECT_EQ(player->position(clock.now + 1s), 3500ms);
    player->heard(3200ms, clock.now + 1s);
    EXPECT_EQ(player->position(clock.now + 2s), 3700ms) << "the sound device's clock counts";
}

/// When in the take the sound first is loud after `from`, as it is heard.
std::optional<Nanoseconds> next_beep(Player& player, Nanoseconds from) {
    while (const auto sound = wait_for_sound(player)) {
        const auto samples = sound->block.interleaved();
        for (std::size_t i = 0; i < samples.size(); i += sound_channels) {
            const double share = static_cast<double>(i) / static_cast<double>(samples.size());
            const Nanoseconds at =
                sound->from +
                Nanoseconds{static_cast<std::int64_t>(static_cast<double>((sound->to - sound->from).count()) * share)};
            if (at >= from && std::fabs(samples[i]) > 0.2F) return at;
        }
    }
    return std::nullopt;
}

TEST_F(PlaybackTest, PictureAndSoundAgreeWhereverPlayingBegins) {
    for (const char* muxing : {as_finished, as_part}) {
        SCOPED_TRACE(muxing);
        const auto player = open(flash_and_beep("flash.mp4", muxing));
        ASSERT_TRUE(player);
        ASSERT_TRUE(player->facts().has_sound);
        for (const int begin : {0, 30, 49, 61, 99}) {
            SCOPED_TRACE(begin);
            Clock clock;
            player->seek(begin);
            player->play(1.0, clock.now);
            const int flash = std::max(25, (begin + 24) / 25 * 25);
            std::optional<std::uint64_t> seen;
            for (int number = begin; number <= flash; ++number, clock.pass(40ms)) {
                const auto picture = wait_for_picture(*player, clock.now);
                ASSERT_TRUE(picture);
                const bool white = picture->planes[0].data[45 * picture->planes[0].stride_bytes + 80] > 128;
                if (white && !seen) seen = picture->sequence;
            }
            EXPECT_EQ(seen, static_cast<std::uint64_t>(flash));
            player->seek(begin);
            player->play(1.0, clock.now);
            const auto beep = next_beep(*player, tick_time(begin, rate));
            ASSERT_TRUE(beep);
            EXPECT_NEAR(to_seconds(*beep), to_seconds(tick_time(flash, rate)), 0.005);
        }
    }
}

/// How often the left channel rises through zero a second, over the loud part.
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

TEST_F(PlaybackTest, FasterAndSlowerKeepThePitch) {
    const auto file = make("tone.mp4", numbered_pictures(6) +
                                           " -f lavfi -i \"sine=f=440:r=48000:d=6,aformat=channel_layouts=stereo\"" +
                                           coded + "-c:a aac -b:a 192k " + as_finished);
    const auto player = open(file);
    ASSERT_TRUE(player);
    const Clock clock;
    for (const double speed : {0.5, 0.75, 1.0, 1.5, 2.0}) {
        SCOPED_TRACE(speed);
        player->seek(0);
        player->play(speed, clock.now);
        std::vector<float> all;
        Nanoseconds end{0};
        while (const auto sound = end < 4s ? wait_for_sound(*player) : std::nullopt) {
            EXPECT_EQ(sound->from, end) << "without a gap";
            end = sound->to;
            all.insert(all.end(), sound->block.interleaved().begin(), sound->block.interleaved().end());
        }
        EXPECT_GE(end, 4s);
        EXPECT_NEAR(pitch_hz(all), 440.0, 9.0);
        EXPECT_NEAR(static_cast<double>(all.size()) / 2 / 48'000, to_seconds(end) / speed, 0.001);
    }
}

TEST_F(PlaybackTest, ABeepKeepsItsPlaceAtEveryRate) {
    const auto player = open(flash_and_beep("flash.mp4", as_finished));
    ASSERT_TRUE(player);
    const Clock clock;
    for (const double speed : {0.5, 1.5, 2.0}) {
        player->seek(10);
        player->play(speed, clock.now);
        for (const Nanoseconds at : {1s, 2s, 3s, 4s}) {
            const auto beep = next_beep(*player, at - 300ms);
            ASSERT_TRUE(beep);
            EXPECT_NEAR(to_seconds(*beep), to_seconds(at), 0.045) << speed;
        }
    }
}

TEST_F(PlaybackTest, OfManyWishesTheNewestIsFetchedAndClosingNeverHangs) {
    const auto file = make("take.mp4", numbered_pictures(20) + coded + as_finished);
    const Clock clock;
    for (int round = 0; round < 20; ++round) {
        const auto player = open(file);
        ASSERT_TRUE(player);
        for (int i = 0; i < 100; ++i) player->seek((i * 131 + round) % 500);
        if (round % 4 == 1) player->play(1.5, clock.now);
        if (round % 4 == 2) continue;  // closed at once
        const auto picture = wait_for_picture(*player, clock.now);
        ASSERT_TRUE(picture);
        EXPECT_EQ(number_in(*picture), (99 * 131 + round) % 500);
    }
}

TEST_F(PlaybackTest, WhatIsNoTakeIsRefusedWithASentence) {
    const auto text = folder_.path() / "take.mp4";
    std::ofstream(text) << "no film at all";
    const auto opened = Player::open(text);
    ASSERT_FALSE(opened);
    EXPECT_FALSE(in_english(opened.error().message).empty());
    EXPECT_EQ(Player::open(folder_.path() / "absent.mp4").error().kind, ErrorKind::Io);
    const auto sound = make("sound.mp4", "-f lavfi -i sine=d=1 -c:a aac");
    EXPECT_EQ(Player::open(sound).error().kind, ErrorKind::UnsupportedFormat);
}

TEST_F(PlaybackTest, ScrubPicturesAreTheKeyFramesAtOrBeforeTheirTimes) {
    for (const char* muxing : {as_finished, as_part}) {
        SCOPED_TRACE(muxing);
        const auto file = make("take.mp4", numbered_pictures(20) + coded + muxing);
        const auto opened = ScrubPictures::open(file, 13, 90);
        ASSERT_TRUE(opened) << in_english(opened.error().message);
        const ScrubPictures& pictures = **opened;
        for (int tries = 0; !pictures.done() && tries < 20'000; ++tries) std::this_thread::sleep_for(1ms);
        ASSERT_TRUE(pictures.done());
        for (int i = 0; i < pictures.count(); ++i) {
            const auto picture = pictures.at(i);
            ASSERT_TRUE(picture) << i;
            EXPECT_EQ(picture->width_px, 160);
            const int number = number_in(*picture);
            EXPECT_EQ(number % 25, 0) << "a key frame";
            EXPECT_EQ(picture->captured_at.time_since_epoch(), tick_time(number, rate));
            const Nanoseconds early = pictures.time_of(i) - tick_time(number, rate);
            EXPECT_GE(early, -130ms) << i;
            EXPECT_LE(early, 1100ms) << i;
        }
        EXPECT_FALSE(pictures.at(13));
        EXPECT_FALSE(pictures.at(-1));
    }
}

}  // namespace
}  // namespace changji
