#include "ui/window/review/take_player.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include "capture/takes.hpp"
#include "tests/support/fifo_loudspeaker.hpp"
#include "tests/support/numbered_clip.hpp"
#include "tests/support/sound_server.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Stage = TakePlayerState::Stage;

/// Looks, as a window does, until `done` or half a minute is over.
template <typename Done>
bool look_until(TakePlayer& player, Done done) {
    for (int looks = 0; looks < 15'000; ++looks) {
        const auto picture = player.picture();
        if (done(picture)) return true;
        std::this_thread::sleep_for(2ms);
    }
    return false;
}

bool wait_open(TakePlayer& player) {
    return look_until(player, [&](const auto&) { return player.state().stage != Stage::Opening; });
}

int next_number(TakePlayer& player) {
    int number = -1;
    look_until(player, [&](const std::optional<VideoFrame>& picture) {
        if (picture) number = number_in(*picture);
        return picture && number == player.state().frame;  // on a busy machine one from close by comes first
    });
    return number;
}

class TakePlayerWithoutSound : public ::testing::Test {
protected:
    void SetUp() override { CHANGJI_NEEDS_PROGRAM("ffmpeg"); }
    static fs::path twenty_seconds(const std::string& muxing) { return clip(numbered_pictures(20) + coded + muxing); }
    Environment driver_{"SDL_AUDIODRIVER", "no-such-driver"};
    TemporaryFolder folder_;
};

TEST_F(TakePlayerWithoutSound, OpensSeeksStepsShuttlesAndLoops) {
    TakePlayer player;
    EXPECT_EQ(player.state().stage, Stage::Closed);
    player.open(twenty_seconds(as_finished));
    EXPECT_EQ(player.state().stage, Stage::Opening);
    player.seek(4.0);  // kept until it is open
    ASSERT_TRUE(wait_open(player));
    EXPECT_EQ(player.state().stage, Stage::Open);
    EXPECT_DOUBLE_EQ(player.state().length_s, 20.0);
    EXPECT_EQ(next_number(player), 100);
    EXPECT_DOUBLE_EQ(player.state().position_s, 4.0);
    EXPECT_FALSE(player.next_picture_in_s());
    player.step(3);
    EXPECT_EQ(next_number(player), 103);
    player.step(-1);
    EXPECT_EQ(next_number(player), 102);
    EXPECT_FALSE(player.state().audible);

    player.shuttle(Shuttle::Back);
    EXPECT_DOUBLE_EQ(player.state().speed, -1.0);
    player.shuttle(Shuttle::Back);
    EXPECT_DOUBLE_EQ(player.state().speed, -2.0);
    player.shuttle(Shuttle::Back);
    player.shuttle(Shuttle::Back);
    EXPECT_DOUBLE_EQ(player.state().speed, -4.0);
    EXPECT_TRUE(player.state().playing);
    EXPECT_TRUE(look_until(player, [&](const auto&) { return player.state().frame < 90; }));
    player.shuttle(Shuttle::On);
    EXPECT_DOUBLE_EQ(player.state().speed, 1.0);
    player.shuttle(Shuttle::Stand);
    EXPECT_FALSE(player.state().playing);

    player.loop(Stretch{10.0, 11.0});
    EXPECT_TRUE(player.state().playing);
    int rounds = 0;
    std::int64_t last = 0;
    EXPECT_TRUE(look_until(player, [&](const std::optional<VideoFrame>& picture) {
        if (!picture) return false;
        const int number = number_in(*picture);
        EXPECT_GE(number, 250);
        EXPECT_LT(number, 275);
        if (number < last) ++rounds;
        last = number;
        return rounds == 2;
    }));
    player.seek(1.0);
    EXPECT_FALSE(player.state().loop);
    player.close();
    EXPECT_EQ(player.state().stage, Stage::Closed);
    EXPECT_FALSE(player.picture());
}

TEST_F(TakePlayerWithoutSound, AShortFindingIsWidenedToASecondWithinTheTake) {
    TakePlayer player;
    player.open(twenty_seconds(as_finished));
    ASSERT_TRUE(wait_open(player));
    for (const Stretch finding : {Stretch{0.0, 0.0}, Stretch{20.0, 20.0}, Stretch{7.0, 7.1}}) {
        player.loop(finding);
        player.toggle();
        const double from_s = player.state().position_s;
        EXPECT_NEAR(from_s, std::clamp((finding.from_s + finding.to_s) / 2 - 0.5, 0.0, 19.0), 0.041);
    }
}

TEST_F(TakePlayerWithoutSound, WhatCantBePlayedSaysWhy) {
    TakePlayer player;
    player.open(folder_.path() / "absent.mp4");
    ASSERT_TRUE(wait_open(player));
    EXPECT_EQ(player.state().stage, Stage::Failed);
    EXPECT_FALSE(player.state().message.empty());
    player.toggle();
    player.seek(3.0);
    EXPECT_FALSE(player.picture());
    player.open(twenty_seconds(as_finished));
    ASSERT_TRUE(wait_open(player));
    EXPECT_EQ(player.state().stage, Stage::Open);
}

TEST_F(TakePlayerWithoutSound, ScrubPicturesComeWhileItPlays) {
    TakePlayer player;
    player.open(twenty_seconds(as_part));
    ASSERT_TRUE(wait_open(player));
    player.toggle();
    ASSERT_TRUE(look_until(player, [&](const auto&) { return player.scrub_picture(10.0).has_value(); }));
    EXPECT_EQ(player.scrub_picture(10.0)->height_px, 90);
    EXPECT_TRUE(look_until(player, [&](const auto&) {
        return std::abs(to_seconds(player.scrub_picture(10.0)->captured_at.time_since_epoch()) - 10.0) < 1.2;
    }));
}

TEST_F(TakePlayerWithoutSound, FragmentsPlayAtOnceAndTheFinishedFileTakesTheirPlace) {
    const TakeFiles files = take_files(folder_.path(), 1);
    fs::copy_file(clip(flash_and_beep(8) + as_part), files.part);
    TakePlayer player;
    player.open(files.part);
    ASSERT_TRUE(wait_open(player));
    ASSERT_EQ(player.state().stage, Stage::Open);
    player.seek(3.0);
    EXPECT_TRUE(look_until(player, [](const auto& picture) { return picture.has_value(); }));
    const auto finished = finish_take(files);
    ASSERT_TRUE(finished) << in_english(finished.error().message);
    EXPECT_FALSE(fs::exists(files.part));
    EXPECT_TRUE(look_until(player, [&](const auto&) { return player.state().file == files.video; }));
    EXPECT_EQ(player.state().stage, Stage::Open);
    EXPECT_EQ(player.state().frame, 75);
    bool white = false;
    EXPECT_TRUE(look_until(player, [&](const std::optional<VideoFrame>& picture) {
        white = picture && is_white(*picture);
        return picture && picture->sequence == 75;
    }));
    EXPECT_TRUE(white) << "the same picture, of the finished file";
    EXPECT_TRUE(player.state().message.empty()) << in_english(player.state().message);
}

TEST_F(TakePlayerWithoutSound, FragmentsThatGrowBecomeLongerWhileItStands) {
    const std::string whole = content_of(twenty_seconds(as_part));
    const fs::path file = folder_.path() / "take-001.part.mp4";
    std::ofstream(file, std::ios::binary) << whole.substr(0, whole.size() / 2);
    TakePlayer player;
    player.open(file);
    ASSERT_TRUE(wait_open(player));
    EXPECT_LT(player.state().length_s, 15.0);
    std::ofstream(file, std::ios::binary | std::ios::app) << whole.substr(whole.size() / 2);
    EXPECT_TRUE(look_until(player, [&](const auto&) { return player.state().length_s == 20.0; }));
}

/// Through a sound server and a pipe as deep as a wireless headset's buffers: what is heard against what the player
/// takes for heard. Alone on the machine, for a late server is no fault of the player's.
class SyncOfPlaying : public ::testing::Test {};

TEST_F(SyncOfPlaying, ABeepLeavesTheLoudspeakerWhenThePositionSaysSo) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const TemporaryFolder folder;
    const fs::path fifo = folder.path() / "loudspeaker.fifo";
    server->command("load-module module-pipe-sink sink_name=loudspeaker file='" + fifo.string() +
                    "' format=s16le rate=48000 channels=2");
    const FifoLoudspeaker loudspeaker(fifo);
    const Environment address("PULSE_SERVER", server->address());
    const Environment sink("PULSE_SINK", "loudspeaker");
    const Environment driver("SDL_AUDIODRIVER", "pulseaudio");
    for (const std::string& muxing : {as_finished, as_part}) {
        TakePlayer player;
        player.open(clip(flash_and_beep(8) + muxing));
        ASSERT_TRUE(wait_open(player));
        ASSERT_TRUE(look_until(player, [&](const auto&) { return player.state().audible; }));
        std::this_thread::sleep_for(1s);  // the latency is being measured
        for (const double speed : muxing == as_part ? std::vector{1.0, 0.5, 2.0} : std::vector{1.0}) {
            SCOPED_TRACE(muxing + std::to_string(speed));
            const std::size_t heard_before = loudspeaker.beeps().size();
            struct Look {
                std::chrono::steady_clock::time_point now;
                double position_s;
                bool white;
            };
            std::vector<Look> looks;
            std::array<float, 16'384> some;
            float loudest = 0.0F;
            player.set_speed(speed);
            player.seek(0.2);
            player.toggle();
            ASSERT_TRUE(look_until(player, [&](const std::optional<VideoFrame>& picture) {
                looks.push_back(
                    {std::chrono::steady_clock::now(), player.state().position_s, picture && is_white(*picture)});
                const std::size_t count = player.heard(some);
                for (std::size_t i = 0; i < count; ++i) loudest = std::max(loudest, some[i]);
                return looks.back().position_s > (speed > 1 ? 5.4 : 3.4);
            }));
            player.toggle();
            EXPECT_GT(loudest, 0.5F) << "who looks at the sound sees what is heard";
            const auto beeps = loudspeaker.beeps();
            ASSERT_GE(beeps.size(), heard_before + 3);
            std::vector<double> late_ms, behind_picture_ms;
            for (std::size_t i = heard_before; i < beeps.size(); ++i) {
                const auto next = std::ranges::lower_bound(looks, beeps[i], {}, &Look::now);
                if (next == looks.begin() || next == looks.end()) continue;
                const double at_s = next->position_s -
                                    to_seconds(std::chrono::duration_cast<Nanoseconds>(next->now - beeps[i])) * speed;
                late_ms.push_back((at_s - std::round(at_s)) * 1000);
                for (const Look& look : looks) {
                    const double off_ms = std::chrono::duration<double, std::milli>(beeps[i] - look.now).count();
                    if (look.white && std::fabs(off_ms) < 200) behind_picture_ms.push_back(off_ms);
                }
            }
            ASSERT_GE(late_ms.size(), 3U);
            ASSERT_GE(behind_picture_ms.size(), 3U);
            std::ranges::sort(late_ms);
            std::ranges::sort(behind_picture_ms);
            std::printf(
                "[ FIGURES  ] %s×%.1f: position off by %.1f ms (%.1f to %.1f), heard %.1f ms after the picture "
                "(%.1f to %.1f)\n",
                muxing == as_part ? "fragments " : "finished ", speed, late_ms[late_ms.size() / 2], late_ms.front(),
                late_ms.back(), behind_picture_ms[behind_picture_ms.size() / 2], behind_picture_ms.front(),
                behind_picture_ms.back());
            EXPECT_LT(std::fabs(late_ms[late_ms.size() / 2]), 40.0);
            EXPECT_LT(std::fabs(behind_picture_ms[behind_picture_ms.size() / 2]), 40.0);
        }
    }
}

}  // namespace
}  // namespace changji::test
