// `changji camera` with an emulated camera.

#include <gtest/gtest.h>

#include "tests/support/fake_camera.hpp"
#include "tests/support/program.hpp"

namespace changji::test {
namespace {

class CameraCommand : public testing::Test {
protected:
    void SetUp() override { cameras_.plug_in(42, "name Studio Cam\nmode yuyv 1280x720 25 -\n"); }
    [[nodiscard]] CommandResult camera(const std::string& arguments) const {
        return run(cameras_.environment() + changji_command("camera " + arguments));
    }
    [[nodiscard]] nlohmann::json control(const CommandResult& result, const std::string& id) const {
        const auto document = json_of(result);
        for (const auto& one : document["controls"]) {
            if (one["id"] == id) return one;
        }
        ADD_FAILURE() << "no " << id << " in " << result.output;
        return {};
    }
    void expect_refusal(const std::string& arguments, const std::string& part) const {
        const auto result = camera(arguments);
        EXPECT_EQ(result.exit_code, 2) << arguments;
        EXPECT_NE(result.errors.find(part), std::string::npos) << arguments << " gave: " << result.errors;
    }

    FakeCameras cameras_;
};

TEST_F(CameraCommand, ShowsEveryControlOfTheBestCamera) {
    const auto result = camera("--json");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    const auto document = json_of(result);
    EXPECT_EQ(document["camera"], "Studio Cam");
    EXPECT_EQ(document["path"], "/dev/video42");
    ASSERT_EQ(document["controls"].size(), 5U);
    const auto exposure = control(result, "exposure");
    EXPECT_EQ(exposure["automatic"], true);
    EXPECT_EQ(exposure["min"], 3);
    EXPECT_EQ(exposure["max"], 2047);
    EXPECT_EQ(exposure["step"], 1);
    EXPECT_EQ(exposure["standard"], 250);
    EXPECT_EQ(control(result, "power_line")["value"], 60);

    const auto text = camera("/dev/video42");
    EXPECT_EQ(text.exit_code, 0);
    EXPECT_NE(text.output.find("white_balance=auto, now at "), std::string::npos) << text.output;
    EXPECT_NE(text.output.find("2800 to 6500 in steps of 10 (standard 4600), or auto"), std::string::npos)
        << text.output;
    EXPECT_NE(text.output.find("power_line=60 "), std::string::npos) << text.output;
    EXPECT_NE(text.output.find("off | 50 | 60 | auto"), std::string::npos) << text.output;
}

TEST_F(CameraCommand, SetsFlickerSuppression) {
    const auto result = camera("--set power_line=50 --json");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    EXPECT_EQ(cameras_.control(42, "power_line_frequency"), 1);
    EXPECT_EQ(control(result, "power_line")["value"], 50);
}

TEST_F(CameraCommand, SetsSeveralAndGivesBackToTheCamera) {
    ASSERT_EQ(camera("v4l2:studio --set exposure=120 --set focus=35").exit_code, 0);
    EXPECT_EQ(cameras_.control(42, "exposure_auto"), 1);
    EXPECT_EQ(cameras_.control(42, "exposure_time_absolute"), 120);
    EXPECT_EQ(cameras_.control(42, "focus_automatic_continuous"), 0);
    EXPECT_EQ(cameras_.control(42, "focus_absolute"), 35);
    ASSERT_EQ(camera("--set exposure=auto --set power_line=off").exit_code, 0);
    EXPECT_EQ(cameras_.control(42, "exposure_auto"), 3);
    EXPECT_EQ(cameras_.control(42, "power_line_frequency"), 0);
}

TEST_F(CameraCommand, TheSourceMaySetControlsToo) {
    ASSERT_EQ(camera("'auto?white_balance=5200'").exit_code, 0);
    EXPECT_EQ(cameras_.control(42, "white_balance_temperature"), 5200);
    EXPECT_EQ(cameras_.control(42, "white_balance_automatic"), 0);
}

TEST_F(CameraCommand, WorksWhileAnotherProgramRecords) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    cameras_.plug_in(42, "name Studio Cam\nmode yuyv 640x480 25 " + cameras_.yuyv_frames(640, 480, 90) + "\n");
    cameras_.plug_in(43, "name Small Cam\nmode yuyv 320x240 25 -\n");
    const std::string other =
        run(cameras_.environment() + "ffmpeg -v quiet -f v4l2 -i /dev/video42 -t 30 -f null - & echo $!").output;
    static_cast<void>(run("sleep 1.5"));
    const auto result = camera("--set power_line=50 --json");
    EXPECT_EQ(run("kill " + other).exit_code, 0) << "it was recording all the time";
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    EXPECT_EQ(json_of(result)["path"], "/dev/video42") << "the best one, busy or not";
    EXPECT_EQ(cameras_.control(42, "power_line_frequency"), 1);
}

TEST_F(CameraCommand, RefusalsSayWhatThereIs) {
    expect_refusal("--set exposure=9999", "from 3 to 2047");
    expect_refusal("--set zoom=2", "exposure, gain, white_balance, focus and power_line");
    expect_refusal("--set exposure", "--set NAME=VALUE");
    expect_refusal("--set power_line=55", "power_line=55");
    expect_refusal("v4l2:other", "Studio Cam (/dev/video42)");
    expect_refusal("demo", "Only a camera has controls");
    expect_refusal("/nonexistent.mp4", "Only a camera has controls");
    const auto document = json_of(camera("--set exposure=9999 --json"));
    EXPECT_NE(document["error"].get<std::string>().find("from 3 to 2047"), std::string::npos);
    EXPECT_EQ(document["exit_code"], 2);
}

TEST_F(CameraCommand, NothingIsSetWhenAWordIsWrong) {
    expect_refusal("--set power_line=50 --set focus=near", "focus=near");
    EXPECT_EQ(cameras_.control(42, "power_line_frequency"), 2);
}

TEST_F(CameraCommand, ACameraWithoutAControlSaysWhichItHas) {
    cameras_.plug_in(42, "name Plain Cam\nmode yuyv 640x480 25 -\ncontrols gain,power_line\n");
    expect_refusal("--set focus=3", "It has: gain, power_line");
    expect_refusal("--set gain=auto", "give a number from 0 to 255");
    cameras_.plug_in(42, "name Bare Cam\nmode yuyv 640x480 25 -\ncontrols none\n");
    expect_refusal("--set focus=3", "no controls");
    const auto shown = camera("");
    EXPECT_EQ(shown.exit_code, 0) << shown.errors;
    EXPECT_NE(shown.output.find("no controls"), std::string::npos) << shown.output;
}

TEST_F(CameraCommand, NoCameraAndAForbiddenOneAreToldApart) {
    cameras_.forbid(42);
    expect_refusal("/dev/video42", "group \"video\"");
    cameras_.unplug(42);
    expect_refusal("", "No camera found");
    expect_refusal("/dev/video42", "/dev/video42");
}

TEST_F(CameraCommand, HelpShowsAnExample) {
    const auto help = changji("camera --help");
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_NE(help.output.find("--set power_line=50"), std::string::npos) << help.output;
}

}  // namespace
}  // namespace changji::test
