#include "capture/sources/camera_choice.hpp"
#include "capture/sources/camera_sequence.hpp"
#include "capture/types/video_frame.hpp"
#include "tests/capture/camera_seen.hpp"
#include "tests/support/fake_camera.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {
using namespace std::chrono_literals;
using test::FakeCameras;

using test::camera_probe;
using Seen = test::SeenCamera;
using Frame = test::SeenFrame;

std::string kind(ErrorKind error) { return test::kind_text(error); }

Seen watch(const FakeCameras& cameras, const std::string& spec, double seconds, const std::string& command = "") {
    const auto result = test::run(cameras.environment() + "timeout 60 " + camera_probe + " '" + spec + "' " +
                                  std::to_string(seconds) + (command.empty() ? "" : " \"" + command + "\""));
    return test::seen_camera(result.output, result.errors);
}

class Camera : public ::testing::Test {
protected:
    void SetUp() override {
        if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: the program ffmpeg is not installed";
    }
    /// A small Motion JPEG camera: light enough for tests of faults.
    void plug_in_small(const std::string& faults) {
        cameras_.plug_in(42,
                         "name Small Cam\nmode mjpeg 640x480 25 " + cameras_.mjpeg_frames(640, 480) + "\n" + faults);
    }
    FakeCameras cameras_;
};

TEST_F(Camera, FullHdMotionJpegArrivesTaggedAndOnTheMonotonicClock) {
    cameras_.plug_in(42, "name Studio Cam\nmode mjpeg 1920x1080 30,25 " + cameras_.mjpeg_frames(1920, 1080) + "\n");
    const auto before_ns = std::chrono::steady_clock::now().time_since_epoch().count();
    const Seen seen = watch(cameras_, "/dev/video42", 1.5);
    const auto after_ns = std::chrono::steady_clock::now().time_since_epoch().count();
    EXPECT_EQ(seen.granted, "1920x1080 25/1 mjpeg Studio Cam") << seen.all;
    ASSERT_GE(seen.frames.size(), 10U) << seen.all;
    const std::string tags = "1920x1080 format=" + std::to_string(static_cast<int>(PixelFormat::I422)) +
                             " range=" + std::to_string(static_cast<int>(ColorRange::Full)) +
                             " matrix=" + std::to_string(static_cast<int>(ColorMatrix::Bt601));
    for (std::size_t i = 0; i < seen.frames.size(); ++i) {
        EXPECT_EQ(seen.frames[i].rest.substr(0, tags.size()), tags);
        EXPECT_GT(seen.frames[i].captured_ns, i == 0 ? before_ns : seen.frames[i - 1].captured_ns);
        EXPECT_LT(seen.frames[i].captured_ns, after_ns);
    }
    const Frame &first = seen.frames.front(), &last = seen.frames.back();
    const double interval_ms =
        1e-6 * static_cast<double>(last.captured_ns - first.captured_ns) / static_cast<double>(last.sequence);
    EXPECT_NEAR(interval_ms, 40.0, 2.0);
}

TEST_F(Camera, RawYuyvKeepsItsLumaAndIsLimitedRange) {
    cameras_.plug_in(7, "name Raw Cam\nmode yuyv 640x480 30 " + cameras_.yuyv_frames(640, 480, 77) + "\n");
    const Seen seen = watch(cameras_, "v4l2:raw", 0.6);
    EXPECT_EQ(seen.granted, "640x480 30/1 yuyv422 Raw Cam") << seen.all;
    ASSERT_GE(seen.frames.size(), 5U) << seen.all;
    EXPECT_EQ(seen.frames.back().rest, "640x480 format=" + std::to_string(static_cast<int>(PixelFormat::Yuyv422)) +
                                           " range=" + std::to_string(static_cast<int>(ColorRange::Limited)) +
                                           " matrix=" + std::to_string(static_cast<int>(ColorMatrix::Bt601)) +
                                           " first=77");
    EXPECT_EQ(seen.kept, "77") << "a picture outlives its camera";
}

TEST_F(Camera, WhatIsAskedForIsGranted) {
    cameras_.plug_in(3, "name Raw Cam\nmode yuyv 640x480 30,15 " + cameras_.yuyv_frames(640, 480, 77) +
                            "\nmode yuyv 320x240 30,15 " + cameras_.yuyv_frames(320, 240, 30) + "\n");
    EXPECT_EQ(watch(cameras_, "/dev/video3?size=320x240&rate=15", 0.1).granted, "320x240 15/1 yuyv422 Raw Cam");
    EXPECT_EQ(watch(cameras_, "/dev/video3?format=mjpeg", 0.1).error,
              kind(ErrorKind::UnsupportedFormat) +
                  "The camera Raw Cam does not offer mjpeg. It offers: "
                  "640x480 yuyv422 @ 30 15; 320x240 yuyv422 @ 30 15.");
}

TEST_F(Camera, ASecondProgramIsToldThatItIsBusy) {
    plug_in_small("");
    const Seen seen = watch(cameras_, "/dev/video42", 0.1, camera_probe + " /dev/video42 0.1");
    EXPECT_NE(seen.all.find("granted"), std::string::npos);
    EXPECT_EQ(seen.error, kind(ErrorKind::DeviceBusy) +
                              "The camera Small Cam is in use by another program: close "
                              "that program, then try again.");
}

TEST_F(Camera, AMissingCameraNamesTheOnesThereAre) {
    EXPECT_EQ(
        watch(cameras_, "v4l2:studio", 0.1).error,
        kind(ErrorKind::DeviceNotFound) + "There is no camera studio, nor any other: plug it in, then try again.");
    plug_in_small("");
    EXPECT_EQ(
        watch(cameras_, "v4l2:studio", 0.1).error,
        kind(ErrorKind::DeviceNotFound) + "There is no camera studio. Choose one of these: Small Cam (/dev/video42).");
    EXPECT_EQ(watch(cameras_, "/dev/video9", 0.1).error,
              kind(ErrorKind::DeviceNotFound) +
                  "There is no camera /dev/video9. Choose one of these: Small Cam (/dev/video42).");
}

TEST_F(Camera, WithoutTheRightToUseItTheGroupIsNamed) {
    plug_in_small("");
    cameras_.forbid(42);
    const Seen seen = watch(cameras_, "/dev/video42", 0.1);
    EXPECT_NE(seen.error.find("group \"video\""), std::string::npos) << seen.all;
}

TEST_F(Camera, ARateOtherThanItClaimsIsNoLoss) {
    for (const char* const rate : {"15", "60"}) {
        cameras_.plug_in(42, "name Odd Cam\nmode yuyv 160x120 30 " + cameras_.yuyv_frames(160, 120, 50) +
                                 "\nat 0 rate " + rate + "\n");
        const Seen seen = watch(cameras_, "/dev/video42", 1.2);
        ASSERT_GE(seen.frames.size(), 8U) << seen.all;
        EXPECT_EQ(seen.lost_in_sequence(), 0U) << rate << "\n" << seen.all;
        EXPECT_TRUE(seen.losses.empty()) << seen.all;
    }
}

TEST_F(Camera, DamagedAndTornPicturesAreLeftOutAndCounted) {
    plug_in_small("at 0.6 error 2\nat 0.9 truncate 2\nat 1.2 drop 3\n");
    const Seen seen = watch(cameras_, "/dev/video42", 2.0);
    EXPECT_TRUE(seen.losses.empty()) << seen.all;
    EXPECT_GE(seen.lost_in_sequence(), 7U) << seen.all;
}

TEST_F(Camera, AModeThatSendsNothingMakesWayForTheNextAndTheNoteSaysSo) {
    cameras_.plug_in(42, "name Tight Cam\nmode mjpeg 1920x1080 30,25 -\nmode yuyv 640x480 30 " +
                             cameras_.yuyv_frames(640, 480, 77) + "\n");
    const Seen seen = watch(cameras_, "/dev/video42", 0.5);
    EXPECT_EQ(seen.granted, "640x480 30/1 yuyv422 Tight Cam") << seen.all;
    EXPECT_EQ(seen.note,
              "The camera Tight Cam does not manage 1920x1080 mjpeg, 25/s here, so 640x480 yuyv422, 30/s is "
              "recorded: another port of the computer itself may help.");
    EXPECT_GE(seen.frames.size(), 3U);
}

TEST_F(Camera, ControlsOfTheSpecAreSetAndImpossibleOnesEndTheOpening) {
    plug_in_small("");
    EXPECT_FALSE(watch(cameras_, "/dev/video42?exposure=123", 0.2).granted.empty());
    EXPECT_EQ(cameras_.control(42, "exposure_time_absolute"), 123);
    const Seen seen = watch(cameras_, "/dev/video42?exposure=99999999", 0.2);
    EXPECT_EQ(seen.error.substr(0, 2), kind(ErrorKind::InvalidConfig)) << seen.all;
}

TEST_F(Camera, StopDuringAStallReturnsAtOnce) {
    plug_in_small("at 0.2 stall 600\n");
    const auto start = std::chrono::steady_clock::now();
    const Seen seen = watch(cameras_, "/dev/video42", 0.8);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 50s) << "never, were the read to block";
    EXPECT_FALSE(seen.granted_last.empty()) << seen.all;
}

CameraDevice camera_with(std::vector<CameraMode> modes, const std::string& name = "Cam") {
    CameraDevice camera;
    camera.path = "/dev/" + name;
    camera.name = name;
    camera.modes = std::move(modes);
    return camera;
}

TEST(CameraChoice, AnOpenRateIsTwentyFiveElseTheSlowestAboveElseTheFastest) {
    const auto rate = [](std::vector<Rational> rates) {
        return choose_modes(SourceSpec{}, camera_with({{"mjpeg", 1920, 1080, std::move(rates)}}))->front().rate;
    };
    EXPECT_EQ(rate({{60, 1}, {30, 1}, {25, 1}, {15, 1}}), (Rational{25, 1}));
    EXPECT_EQ(rate({{60, 1}, {30, 1}, {15, 1}}), (Rational{30, 1}));
    EXPECT_EQ(rate({{15, 1}, {5, 1}}), (Rational{15, 1}));
}

TEST(CameraChoice, AskingForThirtyTakesTheTelevisionRateBesideIt) {
    SourceSpec spec;
    spec.rate = {30, 1};
    const CameraDevice camera = camera_with({{"mjpeg", 1920, 1080, {{30'000, 1001}, {15, 1}}}});
    EXPECT_EQ(choose_modes(spec, camera)->front().rate, (Rational{30'000, 1001}));
    spec.rate = {50, 1};
    EXPECT_EQ(choose_modes(spec, camera).error().kind, ErrorKind::UnsupportedFormat);
}

TEST(CameraChoice, EveryModeThatFitsTheBestFirst) {
    const CameraDevice camera = camera_with(
        {{"yuyv422", 640, 480, {{30, 1}}}, {"h264", 1920, 1080, {{30, 1}}}, {"mjpeg", 1920, 1080, {{30, 1}}}});
    const auto all = choose_modes(SourceSpec{}, camera);
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ(request_text((*all)[0]), "1920x1080 mjpeg, 30/s");
    EXPECT_EQ(request_text((*all)[1]), "1920x1080 h264, 30/s");
    EXPECT_EQ(request_text((*all)[2]), "640x480 yuyv422, 30/s");
    SourceSpec spec;
    spec.input_format = "yuyv422";
    EXPECT_EQ(choose_modes(spec, camera)->size(), 1U);
}

TEST(CameraChoice, AutoTakesTheUsableCameraWithTheBestMode) {
    const CameraDevice small = camera_with({{"yuyv422", 640, 480, {{30, 1}}}}, "small");
    CameraDevice busy = camera_with({{"mjpeg", 1920, 1080, {{30, 1}}}}, "busy");
    busy.problem = say("In use.");
    const CameraDevice middle = camera_with({{"mjpeg", 1280, 720, {{30, 1}}}}, "middle");
    const std::vector<CameraDevice> cameras{small, busy, middle};
    EXPECT_EQ(choose_camera(SourceSpec{}, cameras)->name, "middle");
    EXPECT_EQ(choose_camera(SourceSpec{}, {}).error().kind, ErrorKind::DeviceNotFound);
}

TEST(CameraChoice, ANameMatchesWithoutRegardToCaseAndExactNamesFirst) {
    SourceSpec spec;
    spec.kind = SourceKind::V4l2;
    spec.target = "Cam";
    const std::vector<CameraDevice> cameras{camera_with({}, "Big CAMERA"), camera_with({}, "Cam")};
    EXPECT_EQ(choose_camera(spec, cameras)->name, "Cam");
    spec.target = "big cam";
    EXPECT_EQ(choose_camera(spec, cameras)->name, "Big CAMERA");
}

CaptureTime at_ms(int ms) { return CaptureTime{std::chrono::milliseconds(ms)}; }

TEST(CameraSequence, ADoubledIntervalIsOneLostFrame) {
    CameraSequence sequence;
    for (int frame = 0; frame < 10; ++frame) EXPECT_EQ(sequence.next(at_ms(frame * 40), 0), frame);
    EXPECT_EQ(sequence.next(at_ms(11 * 40), 0), 11U);
    EXPECT_EQ(sequence.next(at_ms(12 * 40 + 12), 0), 12U) << "12 ms of jitter are no loss";
}

TEST(CameraSequence, ACameraThatHalvesItsRateCountsAsLossForAMomentOnly) {
    CameraSequence sequence;
    std::uint64_t number = 0;
    int ms = 0;
    for (int frame = 0; frame < 20; ++frame) number = sequence.next(at_ms(ms += 40), 0);
    for (int frame = 0; frame < 20; ++frame) number = sequence.next(at_ms(ms += 80), 0);
    EXPECT_EQ(number, 39U + 1U);
}

TEST(CameraSequence, EveryOtherFrameLostForAWhileShows) {
    CameraSequence sequence;
    std::uint64_t number = 0;
    int ms = 0;
    for (int frame = 0; frame < 20; ++frame) number = sequence.next(at_ms(ms += 40), 0);
    for (int pair = 0; pair < 5; ++pair) {
        number = sequence.next(at_ms(ms += 80), 0);
        number = sequence.next(at_ms(ms += 40), 0);
    }
    EXPECT_EQ(number, 19U + 15U);
}

TEST(CameraSequence, UnreadableFramesCountEvenWhereTheTimesDoNotShowThem) {
    CameraSequence sequence;
    EXPECT_EQ(sequence.next(at_ms(0), 1), 1U);
    EXPECT_EQ(sequence.next(at_ms(1), 3), 5U);
}

}  // namespace
}  // namespace changji
