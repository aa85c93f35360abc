#include "capture/devices.hpp"

#include "capture/devices/alsa_devices.hpp"
#include "tests/support/fake_camera.hpp"
#include "tests/support/sound_server.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace changji {
namespace {
using test::Environment;

const std::string list = CHANGJI_BINARY_DIR "/bin/camera_probe list";

CameraMode mode(int width_px, int height_px, int rate, const std::string& format = "mjpeg") {
    return {format, width_px, height_px, {Rational{rate, 1}}};
}

std::string best(std::vector<CameraMode> modes) {
    CameraDevice camera;
    camera.modes = std::move(modes);
    const CameraMode* const chosen = best_mode(camera);
    return chosen
               ? chosen->input_format + " " + std::to_string(chosen->width_px) + "x" + std::to_string(chosen->height_px)
               : "none";
}

TEST(BestMode, FullHdAtTwentyFiveComesBeforeEverything) {
    EXPECT_EQ(best({mode(1280, 720, 60), mode(1920, 1080, 25), mode(2592, 1944, 15)}), "mjpeg 1920x1080");
    EXPECT_EQ(best({mode(1920, 1080, 5, "yuyv422"), mode(1920, 1080, 30)}), "mjpeg 1920x1080");
}

TEST(BestMode, AboveFullHdTheNearestSixteenToNineWins) {
    EXPECT_EQ(best({mode(3840, 2160, 30), mode(2560, 1440, 30), mode(1920, 1200, 30)}), "mjpeg 2560x1440");
}

TEST(BestMode, BelowItTheLargestPictureThatIsNoSlideShow) {
    EXPECT_EQ(best({mode(640, 480, 30), mode(1280, 720, 30), mode(1920, 1080, 5)}), "mjpeg 1280x720");
    EXPECT_EQ(best({mode(640, 480, 15), mode(800, 600, 10)}), "mjpeg 800x600");
}

TEST(BestMode, MotionJpegInFullHdBeatsSmallRawPicturesAndH264) {
    EXPECT_EQ(best({mode(640, 480, 30, "yuyv422"), mode(1920, 1080, 30)}), "mjpeg 1920x1080");
    EXPECT_EQ(best({mode(1920, 1080, 30, "h264"), mode(1920, 1080, 30)}), "mjpeg 1920x1080");
    EXPECT_EQ(best({mode(1920, 1080, 60), mode(1280, 720, 60)}), "mjpeg 1920x1080") << "60 only, as sticks";
}

TEST(BestMode, TheReasonSaysWhatItMeansForTheTake) {
    const auto reason = [](std::vector<CameraMode> modes) {
        CameraDevice camera;
        camera.modes = std::move(modes);
        return in_english(why_best(camera));
    };
    EXPECT_EQ(reason({mode(640, 480, 30), mode(1920, 1080, 60)}),
              "1920x1080 mjpeg at 60/s is chosen: it is full HD as it is.");
    EXPECT_EQ(reason({mode(3840, 2160, 30)}),
              "3840x2160 mjpeg at 30/s is chosen: of its modes of at least 1920x1080 at 25/s the one that is scaled "
              "down least.");
    EXPECT_EQ(reason({mode(640, 480, 30, "yuyv422"), mode(1920, 1080, 5)}),
              "640x480 yuyv422 at 30/s is chosen: its larger modes are slower than 25/s. It is too small for full HD, "
              "so the take will be enlarged.");
    EXPECT_EQ(reason({mode(640, 480, 30)}),
              "640x480 mjpeg at 30/s is chosen, the largest of its modes: it is too small for full HD, so the take "
              "will be enlarged.");
    EXPECT_EQ(reason({mode(1920, 1080, 5)}),
              "1920x1080 mjpeg at 5/s is chosen, the largest of its modes: all are slower than 25/s, so movement will "
              "look jerky.");
    EXPECT_EQ(reason({}), "");
}

TEST(BestMode, NoneWithoutModes) { EXPECT_EQ(best({}), "none"); }

TEST(ListCameras, EveryModeOfEveryCameraInOrderOfPathWithoutMetadataNodes) {
    test::FakeCameras cameras;
    cameras.plug_in(10, "name Studio Cam\nmode mjpeg 1920x1080 30,25 -\nmode yuyv 640x480 5,30 -\n");
    cameras.plug_in(2, "name Old Cam\nmode yuyv 320x240 15 -\n");
    cameras.plug_in(11, "name Studio Cam\nmetadata\n");
    const auto listed = test::run(cameras.environment() + list);
    EXPECT_EQ(listed.output,
              "camera /dev/video2|Old Cam|\n"
              "mode /dev/video2 yuyv422 320x240 15/1\n"
              "camera /dev/video10|Studio Cam|\n"
              "mode /dev/video10 mjpeg 1920x1080 30/1 25/1\n"
              "mode /dev/video10 yuyv422 640x480 30/1 5/1\n")
        << listed.errors;
}

TEST(ListCameras, AStepwiseCameraOffersTheUsualSizesAndRatesWithinItsRange) {
    test::FakeCameras cameras;
    cameras.plug_in(0, "name Board Cam\nmode yuyv 320x240-1920x1080 5,30 -\n");
    EXPECT_EQ(test::run(cameras.environment() + list).output,
              "camera /dev/video0|Board Cam|\n"
              "mode /dev/video0 yuyv422 1920x1080 30/1 25/1\n"
              "mode /dev/video0 yuyv422 1280x720 30/1 25/1\n"
              "mode /dev/video0 yuyv422 640x480 30/1 25/1\n");
}

TEST(ListCameras, ABusyOrForbiddenCameraIsListedWithItsProblem) {
    test::FakeCameras cameras;
    cameras.plug_in(0, "name Raw Cam\nmode yuyv 640x480 30 " + cameras.yuyv_frames(640, 480, 50) + "\n");
    cameras.plug_in(1, "name Locked Cam\nmode yuyv 640x480 30 -\n");
    cameras.forbid(1);
    const std::string output =
        test::run(cameras.environment() + CHANGJI_BINARY_DIR "/bin/camera_probe /dev/video0 0.1 '" + list + "'").output;
    EXPECT_NE(output.find("camera /dev/video0|Raw Cam|The camera Raw Cam is in use by another program"),
              std::string::npos)
        << output;
    EXPECT_NE(output.find("mode /dev/video0 yuyv422 640x480 30/1"), std::string::npos) << output;
    EXPECT_NE(output.find("camera /dev/video1|/dev/video1|You may not use the camera"), std::string::npos) << output;
}

TEST(ListCameras, PortAndSerialTellEqualCamerasApart) {
    test::FakeCameras cameras;
    cameras.plug_in(0, "name Cam\nbus usb-1\nserial A1\nmode yuyv 640x480 30 -\n");
    cameras.plug_in(1, "name Cam\nbus usb-2\nmode yuyv 640x480 30 -\n");
    const std::string output = test::run(cameras.environment() + list + " identity").output;
    EXPECT_EQ(output, "camera /dev/video0|Cam|usb-1|A1\ncamera /dev/video1|Cam|usb-2|\n");
}

TEST(ListCameras, NoCameraNoLine) {
    const test::FakeCameras cameras;
    const auto listed = test::run(cameras.environment() + list);
    EXPECT_EQ(listed.exit_code, 0);
    EXPECT_EQ(listed.output, "");
}

TEST(ListMicrophones, SourcesWithTheirPartsMarked) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const Environment address("PULSE_SERVER", server->address());
    const auto microphones = list_microphones();
    const auto find = [&microphones](const std::string& source) {
        const auto found = std::find_if(microphones.begin(), microphones.end(),
                                        [&source](const auto& microphone) { return microphone.source == source; });
        return found == microphones.end() ? MicrophoneDevice{} : *found;
    };
    EXPECT_EQ(find("pulse:desk").name, "Desk Microphone");
    EXPECT_TRUE(find("pulse:desk").is_default);
    EXPECT_FALSE(find("pulse:desk").is_monitor);
    EXPECT_FALSE(find("pulse:mic.monitor").is_default);
    EXPECT_TRUE(find("pulse:mic.monitor").is_monitor);
}

TEST(ListMicrophones, WithoutAServerThereIsNoPulseSourceAndNoServerIsStarted) {
    const Environment address("PULSE_SERVER", "unix:/nowhere/socket");
    for (const MicrophoneDevice& microphone : list_microphones()) {
        EXPECT_TRUE(microphone.source.starts_with("alsa:")) << microphone.source;
    }
    const test::TemporaryFolder home;
    const Environment house("HOME", home.path().string()), runtime("XDG_RUNTIME_DIR", home.path().string());
    const Environment nothing("PULSE_SERVER", "");
    (void)list_microphones();
    EXPECT_FALSE(std::filesystem::exists(home.path() / "pulse" / "native")) << "a server was started";
}

TEST(AlsaDevices, CaptureDevicesOfTheKernelsListByTheNameOfTheirCard) {
    const test::TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "card1");
    std::ofstream(folder.path() / "card1" / "id") << "Mic\n";
    std::ofstream(folder.path() / "pcm") << "00-03: HDMI 0 : HDMI 0 : playback 1\n"
                                            "01-00: USB Audio : USB Audio : playback 1 : capture 1\n"
                                            "02-06: DMIC : DMIC : capture 1\n";
    const auto devices = alsa_capture_devices(folder.path());
    ASSERT_EQ(devices.size(), 2U);
    EXPECT_EQ(devices[0].device, "plughw:CARD=Mic,DEV=0");
    EXPECT_EQ(devices[0].description, "USB Audio");
    EXPECT_EQ(devices[1].device, "plughw:CARD=2,DEV=6");
    EXPECT_TRUE(alsa_capture_devices(folder.path() / "nothing").empty());
}

TEST(ListEncoders, SoftwareX264WorksAndEveryUnusableOneSaysWhy) {
    const auto encoders = list_encoders();
    const auto x264 = std::find_if(encoders.begin(), encoders.end(),
                                   [](const EncoderDevice& encoder) { return encoder.name == "libx264"; });
    ASSERT_NE(x264, encoders.end());
    EXPECT_TRUE(x264->usable) << in_english(x264->problem);
    for (const EncoderDevice& encoder : encoders) {
        EXPECT_EQ(encoder.usable, encoder.problem.empty()) << encoder.name;
        EXPECT_NE(encoder.name, "libx264rgb");
    }
}

}  // namespace
}  // namespace changji
