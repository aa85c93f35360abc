#include "capture/playback.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "capture/scrub_pictures.hpp"
#include "tests/support/numbered_clip.hpp"

namespace changji::test {
namespace {

using namespace std::chrono_literals;

constexpr Rational rate{25, 1};

class Playback : public ::testing::Test {
protected:
    void SetUp() override { CHANGJI_NEEDS_PROGRAM("ffmpeg"); }
    static std::unique_ptr<Player> twenty_seconds(const std::string& muxing) {
        return open_player(clip(numbered_pictures(20) + coded + muxing));
    }
};

TEST_F(Playback, SeeksLandOnTheExactPictureFinishedAndInFragments) {
    for (const std::string& muxing : {as_finished, as_part}) {
        SCOPED_TRACE(muxing);
        const auto player = twenty_seconds(muxing);
        ASSERT_TRUE(player);
        EXPECT_EQ(player->facts().frames, 500);
        EXPECT_EQ(player->facts().rate, rate);
        EXPECT_EQ(player->facts().length, 20s);
        EXPECT_FALSE(player->facts().has_sound);
        const TestClock clock;
        std::vector<int> wanted{0, 499, 1, 250, 249, 251, 24, 25, 26, 49, 50};
        for (int i = 0; i < 25; ++i) wanted.push_back((i * 7919) % 500);
        for (const int number : wanted) {
            player->seek(number);
            const auto picture = wait_for_picture(*player, clock.now);
            ASSERT_TRUE(picture) << number;
            EXPECT_EQ(number_in(*picture), number);
            EXPECT_EQ(picture->sequence, static_cast<std::uint64_t>(number));
            EXPECT_EQ(picture->captured_at.time_since_epoch(), tick_time(number, rate));
            EXPECT_EQ(player->frame_number(clock.now), number);
        }
        EXPECT_TRUE(player->problem().empty()) << in_english(player->problem());
    }
}

TEST_F(Playback, StepsGoOnePictureForthAndBack) {
    const auto player = twenty_seconds(as_part);
    ASSERT_TRUE(player);
    const TestClock clock;
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
    const auto last = wait_for_picture(*player, clock.now);
    ASSERT_TRUE(last);
    EXPECT_EQ(number_in(*last), 499);
}

TEST_F(Playback, PlayingGivesEveryPictureAtItsTimeStandsAtTheEndAndBeginsAnew) {
    const auto player = twenty_seconds(as_finished);
    ASSERT_TRUE(player);
    TestClock clock;
    player->seek(450);
    player->play(1.0, clock.now);
    for (int number = 450; number < 500; ++number, clock.pass(40ms)) {
        const auto picture = wait_for_picture(*player, clock.now);
        ASSERT_TRUE(picture);
        EXPECT_EQ(number_in(*picture), number);
        EXPECT_EQ(player->position(clock.now), tick_time(number, rate));
    }
    EXPECT_FALSE(player->picture(clock.now));
    EXPECT_FALSE(player->is_playing());
    EXPECT_EQ(player->position(clock.now + 10s), 20s);
    player->play(1.0, clock.now);
    const auto first = wait_for_picture(*player, clock.now);
    ASSERT_TRUE(first);
    EXPECT_EQ(number_in(*first), 0);
}

TEST_F(Playback, BackwardsGivesEveryPictureAtOnceAsFastAndFewerAboveUntilTheFirst) {
    for (const std::string& muxing : {as_finished, as_part}) {
        const auto player = twenty_seconds(muxing);
        ASSERT_TRUE(player);
        for (const int speed : {1, 2, 4}) {
            SCOPED_TRACE(muxing + std::to_string(speed));
            TestClock clock;
            player->seek(80);
            ASSERT_TRUE(wait_for_picture(*player, clock.now));
            player->play(-speed, clock.now);
            for (int number = 80; number >= 0; number -= speed, clock.pass(40ms)) {
                const auto picture = wait_for_picture(*player, clock.now);
                ASSERT_TRUE(picture);
                EXPECT_EQ(number_in(*picture), number);
                EXPECT_EQ(player->frame_number(clock.now), number);
            }
            EXPECT_FALSE(player->picture(clock.now));
            EXPECT_FALSE(player->is_playing());
            EXPECT_EQ(player->position(clock.now), 0s);
        }
    }
}

TEST_F(Playback, TheClockWaitsForTheFirstPictureAndRunsAtTheRateAskedFor) {
    const auto player = twenty_seconds(as_finished);
    ASSERT_TRUE(player);
    TestClock clock;
    player->seek(25);
    player->play(2.0, clock.now);
    EXPECT_EQ(player->position(clock.now + 5s), 1s) << "nothing is there to be seen yet";
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    EXPECT_EQ(player->position(clock.now + 1s), 3s);
    clock.pass(1s);
    player->pause(clock.now);
    EXPECT_EQ(player->position(clock.now + 5s), 3s);
    const auto stands = wait_for_picture(*player, clock.now);
    ASSERT_TRUE(stands);
    EXPECT_EQ(number_in(*stands), 75);
    player->play(0.5, clock.now);
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    EXPECT_EQ(player->position(clock.now + 1s), 3500ms);
}

TEST_F(Playback, WhoFallsFarBehindLeavesPicturesOutAndIsThere) {
    const auto player = twenty_seconds(as_part);
    ASSERT_TRUE(player);
    TestClock clock;
    player->play(1.0, clock.now);
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    clock.pass(16s);
    std::uint64_t newest = 0;
    for (int tries = 0; tries < 20'000 && newest < 400; ++tries) {
        if (const auto picture = player->picture(clock.now)) newest = picture->sequence;
        clock.pass(100us);  // a slow machine: its time runs slowly
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_GE(newest, 400U);
}

TEST_F(Playback, ALoopComesBackToItsFirstPictureAndLeavingItEndsIt) {
    const auto player = twenty_seconds(as_finished);
    ASSERT_TRUE(player);
    TestClock clock;
    player->loop(PictureRange{30, 40}, clock.now);
    player->play(1.0, clock.now);
    for (int round = 0; round < 3; ++round) {
        for (int number = 30; number < 40; ++number, clock.pass(40ms)) {
            const auto picture = wait_for_picture(*player, clock.now);
            ASSERT_TRUE(picture);
            EXPECT_EQ(number_in(*picture), number) << "round " << round;
        }
    }
    player->seek(100);
    for (int number = 100; number < 120; ++number, clock.pass(40ms)) {
        const auto picture = wait_for_picture(*player, clock.now);
        ASSERT_TRUE(picture);
        EXPECT_EQ(number_in(*picture), number);
    }
    EXPECT_TRUE(player->is_playing());
}

TEST_F(Playback, OfManyWishesTheNewestIsFetchedAndClosingNeverHangs) {
    const TestClock clock;
    for (int round = 0; round < 8; ++round) {
        const auto player = twenty_seconds(round % 2 == 0 ? as_finished : as_part);
        ASSERT_TRUE(player);
        for (int i = 0; i < 100; ++i) player->seek((i * 131 + round) % 500);
        if (round % 4 == 1) player->play(1.5, clock.now);
        if (round % 4 == 2) continue;  // closed at once
        const auto picture = wait_for_picture(*player, clock.now);
        ASSERT_TRUE(picture);
        EXPECT_EQ(number_in(*picture), (99 * 131 + round) % 500);
    }
}

TEST_F(Playback, AClipOfAnotherFormBecomesATakesForm) {
    const auto player = open_player(
        clip("-f lavfi -i \"color=c=red:s=320x180:r=25:d=1,format=yuv444p\" -c:v libx264 -g 25 " + as_finished));
    ASSERT_TRUE(player);
    const TestClock clock;
    const auto picture = wait_for_picture(*player, clock.now);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->format, PixelFormat::I420);
    EXPECT_EQ(picture->range, ColorRange::Limited);
    EXPECT_EQ(picture->matrix, ColorMatrix::Bt709);
    EXPECT_EQ(picture->width_px, 1920);
    EXPECT_EQ(picture->height_px, 1080);
    EXPECT_EQ(picture->sequence, 0U);
}

TEST_F(Playback, AClipOfUnevenRateHasAHandyMeanRateAndItsLength) {
    const auto player = open_player(
        clip(numbered_pictures(8) + "-vf \"select='not(eq(mod(n,7),3))'\" -vsync vfr" + coded + as_finished));
    ASSERT_TRUE(player);
    EXPECT_NEAR(to_seconds(player->facts().length), 8.0, 0.1);
    EXPECT_LE(player->facts().rate.num, 60'000);
    const TestClock clock;
    player->seek(100);
    const auto picture = wait_for_picture(*player, clock.now);
    ASSERT_TRUE(picture);
    EXPECT_NEAR(number_in(*picture) / 25.0, to_seconds(player->position(clock.now)), 0.1);
    EXPECT_TRUE(player->problem().empty()) << in_english(player->problem());
}

TEST_F(Playback, ScrubPicturesAreTheKeyFramesAtOrBeforeTheirTimes) {
    for (const std::string& muxing : {as_finished, as_part}) {
        SCOPED_TRACE(muxing);
        const auto opened = ScrubPictures::open(clip(numbered_pictures(20) + coded + muxing), 13, 90);
        ASSERT_TRUE(opened) << in_english(opened.error().message);
        const ScrubPictures& pictures = **opened;
        for (int tries = 0; !pictures.done() && tries < 30'000; ++tries) std::this_thread::sleep_for(1ms);
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

TEST_F(Playback, ASeekThatTakesLongShowsAPictureFromCloseByFirst) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const auto player =
        open_player(clip(" -f lavfi -i \"testsrc2=s=1920x1080:r=25:d=4,noise=alls=20:allf=t\" -pix_fmt "
                         "yuv420p " +
                         coded + as_finished));
    ASSERT_TRUE(player);
    TestClock clock;
    ASSERT_TRUE(wait_for_picture(*player, clock.now));
    std::optional<VideoFrame> near;
    for (int seeks = 0; seeks < 20 && !near; ++seeks) {
        const std::int64_t wanted = seeks % 2 == 0 ? 74 : 24;  // the last before a key frame
        player->seek(wanted);
        std::optional<VideoFrame> exact;
        for (int looks = 0; looks < 100'000 && !exact; ++looks) {
            if (auto other = player->near_picture()) near = std::move(other);
            exact = player->picture(clock.now);
            std::this_thread::sleep_for(std::chrono::microseconds(50));
        }
        ASSERT_TRUE(exact);
        EXPECT_EQ(exact->sequence, static_cast<std::uint64_t>(wanted));
        EXPECT_FALSE(player->near_picture()) << "the right one is there";
        if (!near) continue;
        EXPECT_LT(near->sequence, exact->sequence);
        EXPECT_GE(near->sequence + 25, exact->sequence);
    }
    EXPECT_TRUE(near);
}

}  // namespace
}  // namespace changji::test
