// Cameras and microphones that go away in the middle of a take, and come back: the take goes on.

#include <gtest/gtest.h>
#include <chrono>
#include <thread>

#include "tests/support/fake_camera.hpp"
#include "tests/support/program.hpp"
#include "tests/support/sound_server.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class Interruption : public testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        description_ = "name Studio Cam\nbus usb-test-1\nserial 4711\nmode mjpeg 1920x1080 25 " +
                       cameras_.mjpeg_frames(1920, 1080) + "\n";
        cameras_.plug_in(42, description_);
    }
    [[nodiscard]] std::string command(const std::string& arguments, const std::string& sound_server) const {
        return cameras_.environment() + changji_command("record --encoder libx264:ultrafast " + arguments +
                                                            " --json --project '" + project_.path().string() + "'",
                                                        sound_server);
    }
    [[nodiscard]] CommandResult record(const std::string& arguments,
                                       const std::string& sound_server = "unix:/nonexistent") const {
        return run(command(arguments, sound_server));
    }
    /// Runs `meddle` once a second or so of the take is on the disk.
    template <typename Meddle>
    CommandResult record_while(const std::string& arguments, const std::string& sound_server, Meddle meddle) {
        CommandResult result;
        std::thread recording([&] { result = record(arguments, sound_server); });
        for (int i = 0; i < 600 && (!fs::exists(part()) || fs::file_size(part()) < 200'000); ++i) {
            std::this_thread::sleep_for(20ms);
        }
        meddle();
        recording.join();
        return result;
    }
    [[nodiscard]] fs::path take() const { return project_.path() / "takes" / "take-001.mp4"; }
    [[nodiscard]] fs::path part() const { return project_.path() / "takes" / "take-001.part.mp4"; }
    /// Every frame there, nothing damaged, sound as long as the picture.
    void expect_whole_take(const nlohmann::json& report, int frames) const {
        EXPECT_EQ(report["video"].value("frames", 0), frames);
        EXPECT_TRUE(report["video"].value("constant_frame_rate", false));
        EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take().string() + "' -f null -").errors, "");
        for (const auto& stream : ffprobe(take())["streams"]) {
            EXPECT_NEAR(std::stod(stream.value("duration", "0")), frames / 25.0, 0.05) << stream["codec_type"];
        }
    }

    std::string description_;
    FakeCameras cameras_;
    TemporaryFolder project_;
};

TEST_F(Interruption, ACameraThatStallsIsToldAndTheTakeGoesOn) {
    cameras_.add(42, "at 3 stall 1.5");
    const auto result = record("--camera v4l2:studio --microphone none --duration 6");
    EXPECT_EQ(result.exit_code, 3) << "a device failed: " << result.errors;
    EXPECT_NE(result.errors.find("Studio Cam has stopped sending pictures"), std::string::npos) << result.errors;
    EXPECT_NE(result.errors.find("The camera was away from"), std::string::npos) << result.errors;
    const auto report = json_of(result);
    expect_whole_take(report, 150);
    EXPECT_EQ(report["losses"].value("camera_lost", 0), 1);
    const auto gaps = report["losses"]["camera_gaps_s"];
    ASSERT_EQ(gaps.size(), 1u);
    const double away_s = gaps[0][1].get<double>() - gaps[0][0].get<double>();
    EXPECT_GT(away_s, 1.3);
    EXPECT_LT(away_s, 3.5);
    EXPECT_EQ(finding(report, "losses").value("status", ""), "warn");
    EXPECT_EQ(finding(report, "losses")["spans_s"], gaps);
}

TEST_F(Interruption, ACameraThatIsPulledOutAndComesBackIsTakenUpAgain) {
    cameras_.add(42, "at 3 unplug 1");
    const auto result = record("--camera v4l2:studio --microphone none --duration 7");
    EXPECT_EQ(result.exit_code, 3) << result.errors;
    EXPECT_NE(result.errors.find("Studio Cam was disconnected"), std::string::npos) << result.errors;
    const auto report = json_of(result);
    expect_whole_take(report, 175);
    const auto gaps = report["losses"]["camera_gaps_s"];
    ASSERT_EQ(gaps.size(), 1u);
    EXPECT_LT(gaps[0][1].get<double>() - gaps[0][0].get<double>(), 4.0)
        << "a second away, at most two to reopen, slack";
    const auto losses = report["losses"];
    EXPECT_EQ(
        losses.value("frames_captured", 0) - losses.value("frames_dropped", 0) + losses.value("frames_repeated", 0),
        175);
}

TEST_F(Interruption, TheSameCameraIsFoundUnderAnotherNumber) {
    const auto result = record_while("--camera v4l2:studio --microphone none --duration 8", "unix:/nonexistent", [&] {
        cameras_.plug_in(
            41, "name Other Cam\nbus usb-test-9\nmode yuyv 640x480 30 " + cameras_.yuyv_frames(640, 480, 90) + "\n");
        cameras_.unplug(42);
        std::this_thread::sleep_for(500ms);
        cameras_.plug_in(44, description_);
    });
    EXPECT_EQ(result.exit_code, 3) << result.errors;
    const auto report = json_of(result);
    expect_whole_take(report, 200);
    ASSERT_EQ(report["losses"]["camera_gaps_s"].size(), 1u);
    EXPECT_LT(report["losses"]["camera_gaps_s"][0][1].get<double>(), 7.5) << "it came back before the end";
    EXPECT_EQ(finding(report, "video.enlarged").value("status", ""), "pass") << "not the other camera";
}

TEST_F(Interruption, ACameraThatStaysAwayEndsAnUnwatchedTake) {
    cameras_.add(42, "at 3 unplug");
    const auto result = record("--camera /dev/video42 --microphone none --duration 60");
    EXPECT_EQ(result.exit_code, 3) << result.errors;
    EXPECT_NE(result.errors.find("The take is kept as far as it went"), std::string::npos) << result.errors;
    const auto report = json_of(result);
    EXPECT_GT(report.value("duration_s", 0.0), 10.0);
    EXPECT_LT(report.value("duration_s", 0.0), 30.0);
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take().string() + "' -f null -").errors, "");
}

TEST_F(Interruption, AMissingMicrophoneIsToldTwiceBeforeTheTake) {
    const auto result = record("--camera /dev/video42 --duration 1");
    EXPECT_EQ(result.exit_code, 0) << result.errors;
    const auto first = result.errors.find("No microphone");
    ASSERT_NE(first, std::string::npos) << result.errors;
    const auto second = result.errors.find("No microphone", first + 1);
    ASSERT_NE(second, std::string::npos) << result.errors;
    EXPECT_LT(second, result.errors.find("Recording take")) << "both before the take";
    EXPECT_EQ(json_of(result).value("verdict", ""), "fail");
}

TEST_F(Interruption, ADeadMicrophoneIsToldTwiceBeforeTheTake) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    server->add_microphone("lavalier");
    server->feed_digital_zero("lavalier");
    const auto result = record("--camera v4l2:studio --microphone pulse:lavalier --duration 1", server->address());
    EXPECT_EQ(result.exit_code, 0) << result.errors;
    const std::string before = result.errors.substr(0, result.errors.find("Recording take"));
    const auto first = before.find("gives only silence");
    ASSERT_NE(first, std::string::npos) << result.errors;
    EXPECT_NE(before.find("gives only silence", first + 1), std::string::npos) << result.errors;
}

TEST_F(Interruption, AMicrophoneThatIsPulledOutIsSilenceUntilItComesBack) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    server->add_microphone("lavalier");
    server->feed_tone("lavalier", 440.0, 0.25);
    const auto result =
        record_while("--camera v4l2:studio --microphone pulse:lavalier --duration 8", server->address(), [&] {
            server->unload("lavalier");
            std::this_thread::sleep_for(1500ms);
            server->add_microphone("lavalier");
            server->feed_tone("lavalier", 440.0, 0.25);
        });
    EXPECT_EQ(result.exit_code, 3) << result.errors;
    EXPECT_NE(result.errors.find("The microphone was away from"), std::string::npos) << result.errors;
    const auto report = json_of(result);
    expect_whole_take(report, 200);
    EXPECT_EQ(report["losses"].value("microphone_lost", 0), 1);
    const auto gaps = report["losses"]["microphone_gaps_s"];
    ASSERT_EQ(gaps.size(), 1u);
    const double from_s = gaps[0][0], to_s = gaps[0][1];
    EXPECT_GT(to_s - from_s, 1.2);
    EXPECT_LT(to_s - from_s, 5.0);
    const auto peak_db = [&](double at_s, double for_s) {
        const auto heard = run("ffmpeg -v info -ss " + std::to_string(at_s) + " -t " + std::to_string(for_s) + " -i '" +
                               take().string() + "' -af volumedetect -f null - 2>&1");
        const auto found = heard.output.find("max_volume: ");
        return found == std::string::npos ? 99.0 : std::stod(heard.output.substr(found + 12));
    };
    EXPECT_LT(peak_db(from_s + 0.3, to_s - from_s - 0.6), -80.0) << "silence in between";
    EXPECT_NEAR(peak_db(7.4, 0.5), -12.0, 1.0) << "and the tone again behind it";
}

TEST_F(Interruption, TheCamerasAutomaticsAreHeldForTheTakeAndItsFlickerIsSetToFiftyHertz) {
    std::optional<int> exposure_auto, power_line;
    const auto result = record_while("--camera v4l2:studio --microphone none --duration 4", "unix:/nonexistent", [&] {
        exposure_auto = cameras_.control(42, "exposure_auto");
        power_line = cameras_.control(42, "power_line_frequency");
    });
    EXPECT_EQ(result.exit_code, 0) << result.errors;
    EXPECT_EQ(exposure_auto, 1) << "manual while the take runs";
    EXPECT_EQ(power_line, 1) << "50 Hz, from the preset";
    EXPECT_EQ(cameras_.control(42, "exposure_auto"), 3) << "and automatic again after it";
}

}  // namespace
}  // namespace changji::test
