// A crew's day, from the first start to the receiving station: what a single test can't show, that all of it goes
// together. Its screenshots are kept in .build/release/Testing/screenshots/day-*.png.

#include <fstream>

#include "tests/end_to_end/window_fixture.hpp"
#include "tests/support/child.hpp"
#include "tests/support/fake_camera.hpp"

namespace changji::test {
namespace {

constexpr const char* opening =
    "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是湖南示范大学校长林安。\n";

class Day : public Window {
protected:
    void SetUp() override {
        Window::SetUp();
        if (IsSkipped()) return;
        fs::create_directories(project());
        std::ofstream(project() / "project.toml") << "preset = \"hunan-2022-interview\"\n\n[slate]\n"
                                                     "school = \"湖南示范大学\"\nguest = \"林安\"\noffice = \"校长\"\n"
                                                     "host = \"周宁\"\nplace = \"校园电视台\"\n";
    }

    void close_window() {
        static_cast<void>(run("kill -TERM " + pid_));
        EXPECT_TRUE(comes_true([&] { return !runs(); }));
        pid_.clear();
    }

    /// Without a window, into the day's project; the one JSON document it prints.
    [[nodiscard]] nlohmann::json record(const std::string& camera, int seconds, const std::string& more = {}) const {
        return json_of(changji("record --json --camera '" + camera + "' --microphone demo --duration " +
                               std::to_string(seconds) + " --project '" + project().string() + "' " + more));
    }
    [[nodiscard]] nlohmann::json report(const char* name) const {
        std::ifstream file(take(name));
        return nlohmann::json::parse(file, nullptr, false);
    }
};

TEST_F(Day, FromTheFirstStartToTheStationsCheck) {
    // 09:00 The first start shows the guide; a test recording says at once how it stands.
    open("");
    std::this_thread::sleep_for(6s);
    screen_->photograph("day-1-first-start");
    close_window();
    open_window("--camera demo --microphone demo");
    ASSERT_TRUE(comes_by_key("t", [&] { return fs::exists(project() / "trial"); }));
    std::this_thread::sleep_for(12s);
    screen_->photograph("day-2-test-recording");
    close_window();

    // 10:00 Two takes that can't be sent in, each for its own reason, and the report says which.
    const auto dark = record("demo:light=0.15", 8);
    EXPECT_EQ(finding(dark, "light.face_luma_percent").value("status", ""), "fail") << dark;
    const auto noisy = record("demo:noise=-30", 8);
    EXPECT_EQ(finding(noisy, "sound.noise_floor_dbfs").value("status", ""), "fail") << noisy;

    // 10:30 The good one, in the window; then the power goes while the next is recorded.
    open_window("--camera demo --microphone demo");
    ASSERT_TRUE(comes_by_key("space", [&] { return fs::exists(take("take-003.part.mp4")); }));
    std::this_thread::sleep_for(20s);
    screen_->photograph("day-3-recording");
    screen_->key("space");
    std::this_thread::sleep_for(500ms);
    screen_->key("space");
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-003.json")) && fs::exists(take("take-003.mp4")); }, 60s));
    std::this_thread::sleep_for(3s);
    screen_->photograph("day-4-review");
    screen_->key("Escape");
    ASSERT_TRUE(comes_by_key("space", [&] { return fs::exists(take("take-004.part.mp4")); }));
    std::this_thread::sleep_for(8s);
    static_cast<void>(run("kill -9 " + pid_));
    pid_.clear();

    // 10:40 The next start rescues it.
    open_window("--camera demo --microphone demo");
    const bool rescued =
        comes_true([&] { return fs::exists(take("take-004.mp4")) && fs::exists(take("take-004.json")); }, 60s);
    screen_->photograph("day-5-rescued");
    ASSERT_TRUE(rescued) << run("ls -l '" + (project() / "takes").string() + "'").output << text_of("log");
    EXPECT_FALSE(finding(report("take-004.json"), "rescued").is_null());
    close_window();

    // 11:00 A camera is pulled out and put back: the take goes on and says from when to when.
    FakeCameras cameras;
    cameras.plug_in(0, "name Studio Cam\nbus usb-0000:00:14.0-4\nserial A1\nmode mjpeg 1920x1080 25 " +
                           cameras.mjpeg_frames(1920, 1080) + "\nat 3 unplug 2\n");
    const auto pulled =
        run(cameras.environment() + " " +
            changji_command("record --json --camera /dev/video0 --microphone none --duration 9 --project '" +
                            project().string() + "'"));
    EXPECT_EQ(pulled.exit_code, 3) << pulled.errors;
    EXPECT_EQ(report("take-005.json")["losses"].value("camera_lost", 0), 1);

    // 13:00 The clip with a message, by the other preset, in a project of its own.
    const auto message = home_.path() / "message";
    const auto clip =
        changji("record --json --camera demo --microphone demo --duration 10 --preset hunan-2022-message --project '" +
                message.string() + "'");
    EXPECT_EQ(clip.exit_code, 0) << clip.errors;

    // 14:00 Manuscript and photos; the package names what is still open, and its sums are right.
    const auto papers = home_.path() / "papers";
    fs::create_directories(papers);
    std::ofstream(papers / "访谈稿.txt") << opening
                                         << "就业基本情况。访企拓岗行动。寄语毕业生。\n联系人：周宁 13800000000\n";
    for (const char* const name : {"1", "2", "3"}) {
        ASSERT_EQ(run("ffmpeg -v error -f lavfi -i 'mandelbrot=size=3000x2000:rate=1' -frames:v 1 -q:v 2 '" +
                      (papers / name).string() + ".jpg'")
                      .exit_code,
                  0);
    }
    const auto out = home_.path() / "delivery";
    const auto packed =
        changji("package '" + project().string() + "' --to '" + out.string() + "' --interview 3 --message '" +
                message.string() + "' --manuscript '" + (papers / "访谈稿.txt").string() + "' --photos '" +
                (papers / "1.jpg").string() + "' '" + (papers / "2.jpg").string() + "' '" +
                (papers / "3.jpg").string() + "' --force");
    EXPECT_TRUE(fs::exists(out)) << packed.output << packed.errors;
    EXPECT_EQ(
        run("cd \"$(dirname \"$(find '" + out.string() + "' -name SHA256SUMS)\")\" && sha256sum --check SHA256SUMS")
            .exit_code,
        0);

    // 16:00 The station checks what it received.
    const auto received = changji("check --json --quick '" + out.string() + "'");
    EXPECT_LE(received.exit_code, 1) << received.errors;
    EXPECT_FALSE(json_of(received).empty());
}

}  // namespace
}  // namespace changji::test
