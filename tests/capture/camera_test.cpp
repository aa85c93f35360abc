#include "capture/sources/camera_choice.hpp"
#include "capture/sources/camera_sequence.hpp"
#include "capture/types/video_frame.hpp"
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

const std::string probe = CHANGJI_BINARY_DIR "/bin/camera_probe";

struct Frame {
    std::uint64_t sequence = 0;
    std::int64_t captured_ns = 0;
    std::string rest;  ///< size and tags
};

struct Seen {
    std::vector<Frame> frames;
    std::vector<std::string> losses;  ///< "KIND SENTENCE"
    std::string granted, error, kept, all;

    [[nodiscard]] std::uint64_t lost_in_sequence() const {
        return frames.empty() ? 0 : frames.back().sequence - frames.front().sequence + 1 - frames.size();
    }
};

std::string kind(ErrorKind error) { return std::to_string(static_cast<int>(error)) + " "; }

Seen watch(const FakeCameras& cameras, const std::string& spec, double seconds, const std::string& command = "") {
    const auto result = test::run(cameras.environment() + "timeout 30 " + probe + " '" + spec + "' " +
                                  std::to_string(seconds) + (command.empty() ? "" : " \"" + command + "\""));
    Seen seen;
    seen.all = result.output + result.errors;
    std::istringstream lines(result.output);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first, rest;
        words >> first;
        if (first == "frame") {
            Frame frame;
            words >> frame.sequence >> frame.captured_ns;
            std::getline(words >> std::ws, frame.rest);
            seen.frames.push_back(frame);
            continue;
        }
        std::getline(words >> std::ws, rest);
        if (first == "granted") seen.granted = rest;
        if (first == "lost") seen.losses.push_back(rest);
        if (first == "error") seen.error = rest;
        if (first == "kept") seen.kept = rest;
    }
    return seen;
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
                  "yuyv422 640x480 @ 30 15; yuyv422 320x240 @ 30 15.");
}

TEST_F(Camera, ASecondProgramIsToldThatItIsBusy) {
    plug_in_small("");
    const Seen seen = watch(cameras_, "/dev/video42", 0.1, probe + " /dev/video42 0.1");
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

TEST_F(Camera, UnpluggedIsDeviceLostOnceAndAfterTheLastFrame) {
    plug_in_small("at 0.5 unplug\n");
    const Seen seen = watch(cameras_, "/dev/video42", 1.5);
    EXPECT_GE(seen.frames.size(), 1U);
    ASSERT_EQ(seen.losses.size(), 1U) << seen.all;
    EXPECT_EQ(seen.losses[0],
              kind(ErrorKind::DeviceLost) + "The camera Small Cam was disconnected: check its cable and its port.");
    EXPECT_GT(seen.all.find("lost"), seen.all.rfind("frame "));
}

TEST_F(Camera, TwoSecondsWithoutAPictureIsDeviceLostOnce) {
    plug_in_small("at 0.4 stall 60\n");
    const Seen seen = watch(cameras_, "/dev/video42", 4.0);
    EXPECT_GE(seen.frames.size(), 1U);
    ASSERT_EQ(seen.losses.size(), 1U) << seen.all;
    EXPECT_EQ(seen.losses[0].substr(0, 2), kind(ErrorKind::DeviceLost));
    EXPECT_NE(seen.losses[0].find("stopped sending pictures"), std::string::npos);
}

TEST_F(Camera, AShortStallGoesOnAndShowsAsAGapInTheSequence) {
    plug_in_small("at 0.6 stall 0.8\n");
    const Seen seen = watch(cameras_, "/dev/video42", 2.2);
    EXPECT_TRUE(seen.losses.empty()) << seen.all;
    ASSERT_GE(seen.frames.size(), 10U);
    EXPECT_GE(seen.lost_in_sequence(), 15U) << "0.8 s at 25/s are 20 frames";
    std::int64_t longest_ns = 0;
    for (std::size_t i = 1; i < seen.frames.size(); ++i) {
        longest_ns = std::max(longest_ns, seen.frames[i].captured_ns - seen.frames[i - 1].captured_ns);
    }
    EXPECT_GT(longest_ns, 700'000'000);
}

TEST_F(Camera, DamagedAndTornPicturesAreLeftOutAndCounted) {
    plug_in_small("at 0.6 error 2\nat 0.9 truncate 2\nat 1.2 drop 3\n");
    const Seen seen = watch(cameras_, "/dev/video42", 2.0);
    EXPECT_TRUE(seen.losses.empty()) << seen.all;
    EXPECT_GE(seen.lost_in_sequence(), 7U) << seen.all;
}

TEST_F(Camera, StopDuringAStallReturnsAtOnce) {
    plug_in_small("at 0.2 stall 600\n");
    const auto start = std::chrono::steady_clock::now();
    const Seen seen = watch(cameras_, "/dev/video42", 0.8);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 20s) << "never, were the read to block";
    EXPECT_TRUE(seen.losses.empty()) << seen.all;
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
        return choose_mode(SourceSpec{}, camera_with({{"mjpeg", 1920, 1080, std::move(rates)}}))->rate;
    };
    EXPECT_EQ(rate({{60, 1}, {30, 1}, {25, 1}, {15, 1}}), (Rational{25, 1}));
    EXPECT_EQ(rate({{60, 1}, {30, 1}, {15, 1}}), (Rational{30, 1}));
    EXPECT_EQ(rate({{15, 1}, {5, 1}}), (Rational{15, 1}));
}

TEST(CameraChoice, AskingForThirtyTakesTheTelevisionRateBesideIt) {
    SourceSpec spec;
    spec.rate = {30, 1};
    const CameraDevice camera = camera_with({{"mjpeg", 1920, 1080, {{30'000, 1001}, {15, 1}}}});
    EXPECT_EQ(choose_mode(spec, camera)->rate, (Rational{30'000, 1001}));
    spec.rate = {50, 1};
    EXPECT_EQ(choose_mode(spec, camera).error().kind, ErrorKind::UnsupportedFormat);
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
    EXPECT_LE(number, 39U + 5U);
    EXPECT_GE(number, 39U + 1U);
}

TEST(CameraSequence, UnreadableFramesCountEvenWhereTheTimesDoNotShowThem) {
    CameraSequence sequence;
    EXPECT_EQ(sequence.next(at_ms(0), 1), 1U);
    EXPECT_EQ(sequence.next(at_ms(1), 3), 5U);
}

}  // namespace
}  // namespace changji
