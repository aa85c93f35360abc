// Picture and sound of finished takes, against each other: flashes and beeps of the same moment, through the whole
// program.

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <fstream>

#include "tests/support/fake_camera.hpp"
#include "tests/support/flash_and_beep.hpp"
#include "tests/support/program.hpp"
#include "tests/support/sound_server.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

void expect_in_sync(const std::vector<FlashAndBeep>& pairs, std::size_t least_pairs) {
    EXPECT_GE(pairs.size(), least_pairs);
    for (const FlashAndBeep& pair : pairs) {
        EXPECT_GE(pair.sound_late_ms(), -most_early_ms) << "at " << pair.flash_s << " s: " << summary(pairs);
        EXPECT_LE(pair.sound_late_ms(), most_late_ms) << "at " << pair.flash_s << " s: " << summary(pairs);
    }
    std::printf("[ FIGURES  ] %s\n", summary(pairs).c_str());
}

double median_late_ms(const std::vector<FlashAndBeep>& pairs) {
    if (pairs.empty()) return 1e9;
    std::vector<double> late_ms;
    for (const FlashAndBeep& pair : pairs) late_ms.push_back(pair.sound_late_ms());
    std::ranges::sort(late_ms);
    return late_ms[late_ms.size() / 2];
}

/// Whole seconds are pictures of every rate, so that nothing has to be rounded. But until a slower source has shown how
/// far apart its pictures are (33 of them), they may be placed one tick early.
struct Rates {
    int source;
    int take;
    double tolerance_ms = 2.0;
};
class SyncAtRates : public testing::TestWithParam<Rates> {};

TEST_P(SyncAtRates, AFlashAndABeepOfOneMomentStayTogether) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder project;
    const std::string rate = std::to_string(GetParam().source);
    // White for 0.1 s, a tone for 10 ms, both from every whole second but the first. Without hurry: a busy machine
    // would lose pictures.
    const std::string graph = "color=c=0x202020:s=640x360:r=" + rate +
                              ",drawbox=c=white:t=fill:enable=lt(mod(t+0.001\\,1)\\,0.1)*gt(t\\,0.9)[out0];"
                              "aevalsrc=0.5*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.01)*gt(t\\,0.9)+0.0003*random(0):"
                              "s=48000:c=stereo[out1]?pace=free";
    const auto result =
        changji("record --camera 'lavfi:" + graph + "' --rate " + std::to_string(GetParam().take) +
                " --encoder libx264:ultrafast --duration 3.3 --json --project '" + project.path().string() + "'");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    const auto pairs = flashes_and_beeps(project.path() / "takes" / "take-001.mp4");
    expect_in_sync(pairs, 3);
    for (const FlashAndBeep& pair : pairs) EXPECT_NEAR(pair.sound_late_ms(), 0.0, GetParam().tolerance_ms);
}

INSTANTIATE_TEST_SUITE_P(Rates, SyncAtRates,
                         testing::Values(Rates{25, 25}, Rates{30, 30}, Rates{60, 60}, Rates{25, 60, 1000.0 / 60 + 2.0},
                                         Rates{60, 25}),
                         [](const auto& tested) {
                             return "From" + std::to_string(tested.param.source) + "To" +
                                    std::to_string(tested.param.take);
                         });

/// A camera and a microphone that see and hear the machine's clock, with a configuration of their own. Two seconds
/// apart: an offset is searched for up to a second either way, so that each flash has one beep that it can belong to.
class SyncOfDevices : public testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        server_ = SoundServer::start();
        if (!server_) GTEST_SKIP() << "NOT TESTED: the program pulseaudio is not installed or does not start";
        cameras_.plug_in(42,
                         "name Studio Cam\nmode mjpeg 640x360 25 " + cameras_.flash_frames(640, 360) + "\nflash 2\n");
        server_->add_microphone("lapel");
    }
    void beep(double delay_s) const {
        server_->feed("lapel", {.what = Hears::What::Beeps, .period_s = 2.0, .delay_s = delay_s});
    }
    [[nodiscard]] CommandResult program(const std::string& arguments) const {
        return run(cameras_.environment() + "XDG_CONFIG_HOME='" + config_.path().string() + "' " +
                   changji_command(arguments + " --camera 'v4l2:studio' --microphone 'pulse:lapel' --json",
                                   server_->address()));
    }
    [[nodiscard]] std::vector<FlashAndBeep> take(int seconds) {
        const auto result = program("record --duration " + std::to_string(seconds) + " --encoder libx264:ultrafast" +
                                    " --project '" + project_.path().string() + "'");
        EXPECT_EQ(result.exit_code, 0) << result.errors;
        return flashes_and_beeps(project_.path() / "takes" / json_of(result).value("file", ""));
    }

    FakeCameras cameras_;
    TemporaryFolder config_;
    TemporaryFolder project_;
    std::unique_ptr<SoundServer> server_;
};

TEST_F(SyncOfDevices, ATakeIsInSyncAndAStoredOffsetMovesItBySoMuch) {
    beep(0.0);
    const auto plain = take(10);
    expect_in_sync(plain, 4);

    const auto set = program("sync --set 100");
    ASSERT_EQ(set.exit_code, 0) << set.errors;
    EXPECT_EQ(json_of(set).value("camera", ""), "Studio Cam");
    const auto moved = take(6);
    ASSERT_GE(moved.size(), 2U);
    EXPECT_NEAR(median_late_ms(plain) - median_late_ms(moved), 100.0, 25.0)
        << "within half a picture either way: " << summary(plain) << ", then " << summary(moved);

    const auto forgotten = program("sync --forget");
    ASSERT_EQ(forgotten.exit_code, 0) << forgotten.errors;
    EXPECT_TRUE(json_of(forgotten).value("forgotten", false));
    EXPECT_TRUE(json_of(program("sync --list"))["pairs"].empty());
}

TEST_F(SyncOfDevices, ALateMicrophoneIsMeasuredStoredAndCorrected) {
    beep(0.120);
    const auto measured = program("sync --duration 20");
    ASSERT_EQ(measured.exit_code, 0) << measured.errors;
    const auto reading = json_of(measured);
    EXPECT_NEAR(reading.value("offset_ms", 0), 120, 20) << measured.output;
    EXPECT_TRUE(reading.value("stored", false));
    EXPECT_NE(measured.errors.find("Clap 5 times"), std::string::npos) << "people are told what to do";
    std::printf("[ FIGURES  ] measured %d ms\n", reading.value("offset_ms", 0));

    const auto stored = json_of(program("sync --list"));
    ASSERT_EQ(stored["pairs"].size(), 1U);
    EXPECT_EQ(stored["pairs"][0].value("offset_ms", 0), reading.value("offset_ms", 0));
    expect_in_sync(take(8), 3);
}

TEST_F(SyncOfDevices, NothingToHearIsNoMeasurementAndChangesNothing) {
    server_->feed_silence("lapel");
    ASSERT_EQ(program("sync --set 70").exit_code, 0);
    const auto measured = program("sync --duration 3");
    EXPECT_EQ(measured.exit_code, 2) << measured.output;
    EXPECT_NE(measured.errors.find("Too few claps were heard"), std::string::npos) << measured.errors;
    EXPECT_FALSE(json_of(measured).value("stored", true));
    EXPECT_EQ(json_of(program("sync --list"))["pairs"][0].value("offset_ms", 0), 70);
}

TEST(SyncCommand, WhatBelongsTogetherIsRefused) {
    const auto result = changji("sync --camera demo --microphone camera --duration 3");
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.errors.find("belong together already"), std::string::npos) << result.errors;
}

TEST(SyncCommand, AnOffsetMustBeANumberAndInRange) {
    EXPECT_EQ(changji("sync --set soon").exit_code, 2);
    EXPECT_EQ(changji("sync --set 80 --list").exit_code, 2) << "one thing at a time";
}

}  // namespace
}  // namespace changji::test
