// Whole takes from a camera and a microphone that behave like devices: an emulated V4L2 camera, a private sound server.

#include <gtest/gtest.h>

#include "tests/support/fake_camera.hpp"
#include "tests/support/program.hpp"
#include "tests/support/sound_server.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

class Devices : public testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        cameras_.plug_in(42, "name Studio Cam\nmode mjpeg 1920x1080 25 " + cameras_.mjpeg_frames(1920, 1080) + "\n");
    }
    [[nodiscard]] CommandResult record(const std::string& arguments,
                                       const std::string& sound_server = "unix:/nonexistent") const {
        return run(cameras_.environment() +
                   changji_command("record " + arguments + " --json --project '" + project_.path().string() + "'",
                                   sound_server));
    }
    [[nodiscard]] fs::path take() const { return project_.path() / "takes" / "take-001.mp4"; }

    FakeCameras cameras_;
    TemporaryFolder project_;
};

TEST_F(Devices, ACameraAndAMicrophoneBecomeATake) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const std::string tone = (project_.path() / "tone.wav").string();
    write_tone(tone, 440.0, 0.25, 20.0);
    server->play(tone);
    const auto result = record("--camera 'v4l2:studio' --microphone 'pulse:Desk' --duration 4", server->address());
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    const auto report = json_of(result);
    EXPECT_EQ(report["video"].value("frames", 0), 100);
    const auto losses = report["losses"];
    EXPECT_EQ(
        losses.value("frames_captured", 0) - losses.value("frames_dropped", 0) + losses.value("frames_repeated", 0),
        100);
    EXPECT_NEAR(report["measures"]["sound.loudness_lufs"].value("value", -99.0), -12.7, 1.5) << "a sine of -12 dBFS";
    EXPECT_EQ(finding(report, "video.enlarged").value("status", ""), "pass");
}

TEST_F(Devices, AutoChoosesTheCameraThatIsThere) {
    const auto result = record("--duration 1");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    EXPECT_EQ(json_of(result)["video"].value("frames", 0), 25);
    EXPECT_NE(result.errors.find("Studio Cam"), std::string::npos) << "and says so: " << result.errors;
}

TEST_F(Devices, ACameraThatIsPulledOutLeavesTheTakeAndASentence) {
    cameras_.add(42, "at 4 unplug 0");
    const auto result = record("--camera /dev/video42 --microphone none --duration 20");
    EXPECT_EQ(result.exit_code, 3) << result.errors;
    EXPECT_NE(result.errors.find("Studio Cam was disconnected"), std::string::npos) << result.errors;
    EXPECT_NE(result.errors.find("The take is kept as far as it went"), std::string::npos) << result.errors;
    ASSERT_TRUE(fs::exists(take()));
    const auto report = json_of(result);
    EXPECT_EQ(report["losses"].value("camera_lost", 0), 1);
    EXPECT_GT(report.value("duration_s", 0.0), 1.5);
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take().string() + "' -f null -").errors, "");
}

TEST_F(Devices, ABusyCameraIsRefusedWithASentence) {
    const std::string other =
        run(cameras_.environment() + "ffmpeg -v quiet -f v4l2 -i /dev/video42 -t 15 -f null - & echo $!").output;
    static_cast<void>(run("sleep 1.5"));
    const auto result = record("--camera /dev/video42 --microphone none --duration 1");
    static_cast<void>(run("kill " + other));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.errors.find("another program"), std::string::npos) << result.errors;
    EXPECT_FALSE(fs::exists(project_.path() / "takes")) << "no take, no rest of one";
}

}  // namespace
}  // namespace changji::test
