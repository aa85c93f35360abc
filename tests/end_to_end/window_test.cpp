// The real window on a screen of its own, driven by keys as a crew would.

#include <gtest/gtest.h>
#include <array>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A screen nobody looks at, ended with the test.
class VirtualScreen {
public:
    VirtualScreen() {
        // The server chooses a free number itself, so that tests beside each other never share a screen.
        const fs::path number_file = folder_.path() / "number";
        pid_ = run("Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp +extension GLX 3>'" + number_file.string() +
                   "' >/dev/null 2>&1 & echo $!")
                   .output;
        for (int i = 0; i < 200 && number_.empty(); ++i) {
            std::this_thread::sleep_for(50ms);
            std::ifstream(number_file) >> number_;
        }
    }
    ~VirtualScreen() { static_cast<void>(run("kill " + pid_)); }
    [[nodiscard]] bool up() const { return !number_.empty(); }
    [[nodiscard]] std::string display() const { return "DISPLAY=:" + number_; }
    void key(const std::string& name) const { EXPECT_EQ(run(display() + " xdotool key " + name).exit_code, 0); }

private:
    TemporaryFolder folder_;
    std::string number_;
    std::string pid_;
};

template <typename Condition>
bool comes_true(Condition condition, std::chrono::seconds patience = 40s) {
    for (const auto until = std::chrono::steady_clock::now() + patience; std::chrono::steady_clock::now() < until;) {
        if (condition()) return true;
        std::this_thread::sleep_for(100ms);
    }
    return false;
}

class Window : public testing::Test {
protected:
    void SetUp() override {
        for (const char* program : {"Xvfb", "xdotool", "ffmpeg"}) CHANGJI_NEEDS_PROGRAM(program);
        screen_ = std::make_unique<VirtualScreen>();
        if (!screen_->up()) GTEST_SKIP() << "NOT TESTED: no virtual screen starts here";
    }
    void TearDown() override {
        if (!pid_.empty()) static_cast<void>(run("kill -9 " + pid_ + " 2>/dev/null"));
    }
    void open_window(const std::string& options) { open(options + " --project '" + project().string() + "'"); }
    void open(const std::string& options) {
        const std::string command = "env HOME='" + home_.path().string() +
                                    "' LIBGL_ALWAYS_SOFTWARE=1 PULSE_SERVER=unix:/nonexistent " + screen_->display() +
                                    " '" CHANGJI_BINARY_DIR "/bin/changji' " + options;
        pid_ = run(command + " >'" + (home_.path() / "log").string() + "' 2>&1 & echo $!").output;
        ASSERT_TRUE(comes_true([&] {
            return run(screen_->display() + " xdotool search --onlyvisible --class changji").exit_code == 0;
        })) << run("cat '" + (home_.path() / "log").string() + "'").output;
        std::this_thread::sleep_for(2s);
    }
    /// Presses Space, once more if the window had not yet the keyboard.
    [[nodiscard]] bool starts_a_take() {
        const auto started = [&] { return fs::exists(take("take-001.part.mp4")); };
        for (int attempt = 0; attempt < 4; ++attempt) {
            screen_->key("space");
            if (comes_true(started, 10s)) return true;
        }
        return false;
    }
    /// A key pressed before the window has the keyboard is lost.
    template <typename Condition>
    [[nodiscard]] bool comes_by_key(const char* key, Condition condition, std::chrono::seconds patience = 20s) {
        for (int attempt = 0; attempt < 4; ++attempt) {
            screen_->key(key);
            if (comes_true(condition, patience)) return true;
        }
        return false;
    }
    [[nodiscard]] std::string text_of(const fs::path& file) const {
        std::ostringstream content;
        content << std::ifstream(home_.path() / file).rdbuf();
        return content.str();
    }
    [[nodiscard]] fs::path project() const { return home_.path() / "project"; }
    [[nodiscard]] fs::path take(const char* name) const { return project() / "takes" / name; }
    [[nodiscard]] bool runs() const { return run("kill -0 " + pid_).exit_code == 0; }

    TemporaryFolder home_;
    std::unique_ptr<VirtualScreen> screen_;
    std::string pid_;
};

TEST_F(Window, SpaceRecordsAndOnlyADeliberateSecondActStops) {
    open_window("--camera demo --microphone camera");
    ASSERT_TRUE(starts_a_take());
    std::this_thread::sleep_for(3s);
    screen_->key("space");  // arms only
    std::this_thread::sleep_for(5s);
    EXPECT_TRUE(fs::exists(take("take-001.part.mp4"))) << "one press, forgotten, doesn't stop";
    screen_->key("space");
    std::this_thread::sleep_for(800ms);
    screen_->key("space");
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-001.json")); }));
    EXPECT_TRUE(fs::exists(take("take-001.mp4")));
    EXPECT_GE(std::stod(ffprobe(take("take-001.mp4"))["format"].value("duration", "0")), 5.0);
    EXPECT_TRUE(runs()) << "and the window is still there";
    screen_->key("ctrl+q");
    EXPECT_TRUE(comes_true([&] { return !runs(); }));
}

TEST_F(Window, BeingToldToEndFinishesTheTakeFirst) {
    open_window("--camera demo --microphone camera");
    ASSERT_TRUE(starts_a_take());
    std::this_thread::sleep_for(2s);
    static_cast<void>(run("kill " + pid_));
    EXPECT_TRUE(comes_true([&] { return !runs(); }));
    EXPECT_TRUE(fs::exists(take("take-001.mp4")));
    EXPECT_TRUE(fs::exists(take("take-001.json")));
}

// Clause 四.6: the window draws its overlays over its own copy of the picture; the take doesn't know of them.
TEST_F(Window, NothingThatIsDrawnReachesTheTake) {
    const auto source = home_.path() / "source.mkv";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i color=c=0x405060:size=1920x1080:rate=25:duration=60 -pix_fmt yuv420p "
                  "-color_range tv -colorspace bt709 -c:v ffv1 '" +
                  source.string() + "'")
                  .exit_code,
              0);
    open_window("--camera '" + source.string() + "' --microphone none");
    ASSERT_TRUE(starts_a_take());
    screen_->key("F1");
    std::this_thread::sleep_for(3s);
    screen_->key("Escape");
    for (const char* aid : {"F5", "F6", "F7", "F8", "F9", "F10"}) screen_->key(aid);
    std::this_thread::sleep_for(2s);
    screen_->key("space");
    std::this_thread::sleep_for(800ms);
    screen_->key("space");
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-001.json")); }));
    const auto compared = run("ffmpeg -hide_banner -i '" + take("take-001.mp4").string() + "' -i '" + source.string() +
                              "' -lavfi '[0:v]setpts=N[a];[1:v]setpts=N[b];[a][b]psnr=shortest=1' -f null -");
    const auto at = compared.errors.find("min:");
    ASSERT_NE(at, std::string::npos) << compared.errors;
    const std::string least = compared.errors.substr(at + 4);
    EXPECT_TRUE(least.starts_with("inf") || std::stod(least) > 45.0) << "a flat picture comes back flat: " << least;
}

// The guide lies beside the picture: it shows a newcomer the way and holds nobody up.
TEST_F(Window, TheFirstStartShowsTheGuideAndStillRecordsByKey) {
    fs::create_directories(home_.path() / "Videos");
    open("");
    EXPECT_TRUE(comes_by_key("Escape", [&] {
        return text_of(".config/changji/settings.toml").find("guide_done = true") != std::string::npos;
    })) << "it was open, and Escape skips it for good";
    EXPECT_TRUE(comes_by_key(
        "ctrl+g", [] { return true; }, 1s));
    const auto part = home_.path() / "Videos" / "changji" / "takes" / "take-001.part.mp4";
    EXPECT_TRUE(comes_by_key("space", [&] { return fs::exists(part); }));
}

TEST_F(Window, TMakesATestRecordingThatIsNoTake) {
    open_window("--camera demo --microphone camera");
    EXPECT_TRUE(comes_by_key(
        "t", [&] { return fs::exists(project() / "trial" / "trial.mp4"); }, 60s));
    EXPECT_GE(std::stod(ffprobe(project() / "trial" / "trial.mp4")["format"].value("duration", "0")), 4.5);
    EXPECT_FALSE(fs::exists(project() / "takes"));
    screen_->key("Escape");
    ASSERT_TRUE(starts_a_take()) << "and the first take is the first";
}

TEST_F(Window, TheSetUpMakesAndOpensProjectsAndRefusesABrokenOne) {
    const auto memory = [&] { return text_of(".local/state/changji/last-start.toml"); };
    const auto broken = home_.path() / "broken";
    fs::create_directories(broken);
    std::ofstream(broken / "project.toml") << "preset = \"unfinished\n";
    open_window("--camera demo --microphone none");
    // 1280×720: the field for a new project, then the one to open.
    const auto type_into = [&](int x, int y, const std::string& text) {
        const std::string window = screen_->display() + " xdotool mousemove " + std::to_string(x) + " " +
                                   std::to_string(y) + " click 1 sleep 1 key ctrl+a type --delay 60 '" + text + "'";
        EXPECT_EQ(run(window).exit_code, 0);
        std::this_thread::sleep_for(1s);
        screen_->key("Return");
    };
    const auto made = home_.path() / "made";
    bool opened = false;
    for (int attempt = 0; attempt < 4 && !opened; ++attempt) {
        screen_->key("F12");
        std::this_thread::sleep_for(2s);
        type_into(250, 253, made.string());
        opened = comes_true([&] { return memory().find("project = '" + made.string()) != std::string::npos; }, 15s);
    }
    ASSERT_TRUE(opened) << memory();
    EXPECT_TRUE(fs::exists(made / "project.toml"));
    type_into(800, 155, broken.string());
    std::this_thread::sleep_for(5s);
    EXPECT_EQ(memory().find("project = '" + broken.string()), std::string::npos);
    EXPECT_TRUE(runs()) << "the present project goes on";
    const auto other = home_.path() / "other";
    fs::create_directories(other);
    type_into(800, 155, other.string());
    EXPECT_TRUE(comes_true([&] { return memory().find("project = '" + other.string()) != std::string::npos; }))
        << "the same field opens one that is whole";
    screen_->key("Escape");
    screen_->key("Escape");
    EXPECT_TRUE(comes_by_key("space", [&] { return fs::exists(other / "takes" / "take-001.part.mp4"); }));
}

TEST_F(Window, FalseColourPaintsAWellLitFaceGreenAndWhatIsBurntOutRed) {
    CHANGJI_NEEDS_PROGRAM("import");
    // Left half at 60 % of luma, right half at 100 %.
    const auto source = home_.path() / "source.mkv";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i \"color=c=black:size=1920x1080:rate=25:duration=0.04,format=yuv420p,"
                  "geq=lum='if(lt(X,960),147,235)':cb=128:cr=128,loop=loop=1499:size=1,setpts=N/25/TB\" "
                  "-color_range tv -colorspace bt709 -c:v ffv1 '" +
                  source.string() + "'")
                  .exit_code,
              0);
    open_window("--camera '" + source.string() + "' --microphone none");
    const auto channels_at = [&](int x, int y) {
        const auto shot = run(screen_->display() + " import -window root -crop 1x1+" + std::to_string(x) + "+" +
                              std::to_string(y) + " -depth 8 rgb:-");
        return shot.output.size() < 3 ? std::array{-1, -1, -1}
                                      : std::array{static_cast<int>(static_cast<unsigned char>(shot.output[0])),
                                                   static_cast<int>(static_cast<unsigned char>(shot.output[1])),
                                                   static_cast<int>(static_cast<unsigned char>(shot.output[2]))};
    };
    EXPECT_TRUE(comes_by_key("F5", [&] {
        const auto face = channels_at(150, 380), burnt = channels_at(700, 380);
        return face[1] > face[0] + 60 && face[1] > face[2] + 60 && burnt[0] > burnt[1] + 120 && burnt[0] > 200;
    }));
    EXPECT_TRUE(comes_by_key("F9", [&] {
        const auto left = channels_at(150, 380);
        return left[0] > left[1] + 120;
    })) << "mirrored: what is burnt out lies left";
    EXPECT_TRUE(comes_by_key("F5", [&] {
        const auto plain = channels_at(700, 380);
        return plain[0] == plain[1] && plain[1] == plain[2] && plain[0] > 100 && plain[0] < 200;
    })) << "60 % grey again, at the right";
}

}  // namespace
}  // namespace changji::test
