// Files that are no takes, broken ones, and those that change while they are played.

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "capture/playback.hpp"
#include "tests/support/numbered_clip.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class PlaybackFiles : public ::testing::Test {
protected:
    void SetUp() override { CHANGJI_NEEDS_PROGRAM("ffmpeg"); }
    static std::string bytes(const std::string& muxing) {
        return content_of(clip(numbered_pictures(20) + coded + muxing));
    }
    [[nodiscard]] fs::path write(const std::string& name, const std::string& content) const {
        const fs::path path = folder_.path() / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    static void expect_exact(Player& player, int number) {
        const TestClock clock;
        player.seek(number);
        const auto picture = wait_for_picture(player, clock.now);
        ASSERT_TRUE(picture);
        EXPECT_EQ(number_in(*picture), number);
    }
    static bool wait_for(const Player& player, FileChange change) {
        for (int tries = 0; tries < 20'000 && player.file_change() != change; ++tries) {
            std::this_thread::sleep_for(1ms);
        }
        return player.file_change() == change;
    }
    TemporaryFolder folder_;
};

TEST_F(PlaybackFiles, WhatIsNoTakeIsRefusedWithASentence) {
    for (const std::string& content : {std::string("no film at all"), std::string()}) {
        const auto opened = Player::open(write("take.mp4", content));
        ASSERT_FALSE(opened);
        EXPECT_FALSE(in_english(opened.error().message).empty());
    }
    EXPECT_EQ(Player::open(folder_.path() / "absent.mp4").error().kind, ErrorKind::Io);
    EXPECT_EQ(Player::open(folder_.path()).error().kind, ErrorKind::UnsupportedFormat);
    EXPECT_EQ(Player::open(clip("-f lavfi -i sine=d=1 -c:a aac")).error().kind, ErrorKind::UnsupportedFormat);
}

TEST_F(PlaybackFiles, FragmentsThatBreakOffPlayAsFarAsTheyReach) {
    const std::string whole = bytes(as_part);
    const auto player = open_player(write("take-001.part.mp4", whole.substr(0, whole.size() * 6 / 10)));
    ASSERT_TRUE(player);
    const auto frames = static_cast<int>(player->facts().frames);
    EXPECT_GT(frames, 200);
    EXPECT_LT(frames, 350);
    for (const int number : {0, frames / 2, frames - 1}) expect_exact(*player, number);
}

TEST_F(PlaybackFiles, FragmentsThatGrowPlayAsFarAsTheyReachedAndFurtherWhenOpenedAgain) {
    const std::string whole = bytes(as_part);
    const auto file = write("take-001.part.mp4", whole.substr(0, whole.size() / 2));
    const auto player = open_player(file);
    ASSERT_TRUE(player);
    const auto frames = static_cast<int>(player->facts().frames);
    EXPECT_TRUE(player->problem().empty());
    std::ofstream(file, std::ios::binary | std::ios::app) << whole.substr(whole.size() / 2);
    EXPECT_TRUE(wait_for(*player, FileChange::Grown));
    EXPECT_FALSE(player->problem().empty());
    expect_exact(*player, frames - 1);
    const auto again = open_player(file);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->facts().frames, 500);
    expect_exact(*again, 499);
}

TEST_F(PlaybackFiles, ADeletedFileAndOneThatWasReplacedPlayOnAndSayWhatHappened) {
    for (const std::string& muxing : {as_finished, as_part}) {
        const auto file = write("take.mp4", bytes(muxing));
        const auto player = open_player(file);
        ASSERT_TRUE(player);
        fs::rename(write("other.mp4", "another film"), file);
        EXPECT_TRUE(wait_for(*player, FileChange::Replaced));
        EXPECT_NE(in_english(player->problem()).find("Another file"), std::string::npos);
        expect_exact(*player, 333);
        fs::remove(file);
        EXPECT_TRUE(wait_for(*player, FileChange::Gone));
        EXPECT_NE(in_english(player->problem()).find("deleted"), std::string::npos);
        expect_exact(*player, 111);
    }
}

TEST_F(PlaybackFiles, AFileCutShortWhilePlayedSaysSoAndPlaysToItsNewEnd) {
    for (const std::string& muxing : {as_finished, as_part}) {
        SCOPED_TRACE(muxing);
        const auto file = write("take.mp4", bytes(muxing));
        const auto player = open_player(file);
        ASSERT_TRUE(player);
        fs::resize_file(file, fs::file_size(file) / 2);
        EXPECT_TRUE(wait_for(*player, FileChange::CutShort));
        EXPECT_FALSE(player->problem().empty());
        expect_exact(*player, 100);
        TestClock clock;
        player->seek(450);
        player->play(2.0, clock.now);
        for (int i = 0; i < 400 && player->is_playing(); ++i, clock.pass(20ms)) {
            static_cast<void>(player->picture(clock.now));
            std::this_thread::sleep_for(1ms);
        }
        EXPECT_FALSE(player->problem().empty());
        expect_exact(*player, 50);
    }
}

TEST_F(PlaybackFiles, ADamagedStretchIsToldAndWhatLiesBehindItPlays) {
    std::string content = bytes(as_finished);
    const auto middle = static_cast<std::ptrdiff_t>(content.size() / 2);
    std::fill(content.begin() + middle, content.begin() + middle + static_cast<std::ptrdiff_t>(content.size() / 10),
              '\x55');
    const auto player = open_player(write("take.mp4", content));
    ASSERT_TRUE(player);
    TestClock clock;
    player->seek(220);
    player->play(1.0, clock.now);
    // Slowly, so that a busy machine leaves nothing out.
    for (int i = 0; i < 10'000 && player->is_playing() && player->problem().empty(); ++i, clock.pass(1ms)) {
        static_cast<void>(player->picture(clock.now));
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_NE(in_english(player->problem()).find("can't be decoded"), std::string::npos);
    player->seek(490);
    for (int i = 0; i < 30'000 && player->is_playing(); ++i, clock.pass(1ms)) {
        static_cast<void>(player->picture(clock.now));
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_FALSE(player->is_playing()) << "it came to its end";
    expect_exact(*player, 480);
    EXPECT_TRUE(player->problem().empty());
}

TEST_F(PlaybackFiles, WhereverAFileIsCutOrSpoiltNothingCrashesAndNothingHangs) {
    for (const std::string& muxing : {as_finished, as_part}) {
        const std::string whole = bytes(muxing);
        for (std::size_t i = 1; i < 12; ++i) {
            std::string content = whole.substr(0, i % 2 == 0 ? whole.size() : whole.size() * i / 12);
            for (std::size_t at = i * 7; at < content.size(); at += 997 * i) content[at] = static_cast<char>(at);
            const auto opened = Player::open(write("take.mp4", content));
            if (!opened) {
                EXPECT_FALSE(opened.error().message.empty());
                continue;
            }
            Player& player = **opened;
            TestClock clock;
            player.pull_sound(true, clock.now);
            player.seek(static_cast<std::int64_t>(i) * 37);
            player.play(1.0, clock.now);
            std::vector<float> block(2048);
            for (int looks = 0; looks < 20; ++looks, clock.pass(40ms)) {
                static_cast<void>(player.picture(clock.now));
                player.pull(block, clock.now);
                std::this_thread::sleep_for(1ms);
            }
        }
    }
}

}  // namespace
}  // namespace changji::test
