// Two displays of one desktop: the operator's window on the first, the talent's on the second, which is switched off
// and on while a take runs.

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

#include "window_fixture.hpp"

namespace changji::test {
namespace {

/// An X server without hardware whose outputs come and go.
class TwoDisplays {
public:
    TwoDisplays() {
        std::ofstream(folder_.path() / "xorg.conf") << R"(Section "Device"
  Identifier "d"
  Driver "dummy"
  VideoRam 64000
EndSection
Section "Monitor"
  Identifier "m"
  HorizSync 5-1000
  VertRefresh 5-200
EndSection
Section "Screen"
  Identifier "s"
  Device "d"
  Monitor "m"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1280x720"
    Virtual 2560 720
  EndSubSection
EndSection
Section "ServerFlags"
  Option "AutoAddDevices" "false"
EndSection
)";
        const std::string here = folder_.path().string();
        pid_ = run("cd '" + here + "' && Xorg -displayfd 3 -config '" + here + "/xorg.conf' -logfile '" + here +
                   "/log' -noreset -nolisten tcp -novtswitch -sharevts 3>number >/dev/null 2>&1 & echo $!")
                   .output;
        for (int i = 0; i < 100 && number_.empty(); ++i) {
            std::this_thread::sleep_for(50ms);
            std::ifstream(folder_.path() / "number") >> number_;
        }
        if (number_.empty()) return;
        xrandr("--newmode small 74.25 1280 1390 1430 1650 720 725 730 750");
        xrandr("--addmode DUMMY0 small");
        xrandr("--addmode DUMMY1 small");
        xrandr("--output DUMMY0 --mode small --pos 0x0");
        plug();
    }
    ~TwoDisplays() { static_cast<void>(run("kill " + pid_)); }
    [[nodiscard]] bool up() const {
        return !number_.empty() &&
               run(display() + " xrandr").output.find("DUMMY1 connected 1280x720+1280+0") != std::string::npos;
    }
    void plug() const { xrandr("--output DUMMY1 --mode small --pos 1280x0"); }
    void unplug() const { xrandr("--output DUMMY1 --off"); }
    [[nodiscard]] std::string display() const { return "DISPLAY=:" + number_; }
    void key(const std::string& name) const { EXPECT_EQ(run(display() + " xdotool key " + name).exit_code, 0); }
    /// The right half of the desktop as gray bytes, 1280×720; empty while there is none.
    [[nodiscard]] std::string talents_picture() const {
        const auto file = folder_.path() / "talent.gray";
        const std::string take =
            display() + " import -window root -crop 1280x720+1280+0 +repage -depth 8 'gray:" + file.string() + "'";
        if (run(take).exit_code != 0) return {};
        std::string pixels = content_of(file);
        return pixels.size() == 1280U * 720U ? pixels : std::string();
    }

private:
    void xrandr(const std::string& words) const { static_cast<void>(run(display() + " xrandr " + words)); }

    TemporaryFolder folder_;
    std::string number_, pid_;
};

int bright(const std::string& picture) {
    return static_cast<int>(std::ranges::count_if(picture, [](char c) { return static_cast<unsigned char>(c) > 180; }));
}

class TalentScreen : public testing::Test {
protected:
    void SetUp() override {
        for (const char* program : {"Xorg", "xrandr", "xdotool", "import", "ffmpeg"}) CHANGJI_NEEDS_PROGRAM(program);
        screen_ = std::make_unique<TwoDisplays>();
        if (!screen_->up()) GTEST_SKIP() << "NOT TESTED: no X server with two displays starts here";
        fs::create_directories(home_.path() / "project");
        std::ofstream(home_.path() / "project" / "project.toml")
            << "preset = \"hunan-2022-interview\"\nscript = "
               "'''\n问：今年的就业工作有什么新举措？\n我们走访了许多企业。\n'''\n";
    }
    void TearDown() override {
        if (!pid_.empty()) static_cast<void>(run("kill -9 " + pid_ + " 2>/dev/null"));
    }
    void open_window(const std::string& talent) {
        fs::create_directories(home_.path() / ".config" / "changji");
        std::ofstream(home_.path() / ".config" / "changji" / "settings.toml")
            << "version = 1\ncountdown_s = 0\n[[talent]]\ndisplay = \"DUMMY1\"\nopen = true\nclocks = false\n"
            << talent;
        pid_ = run("env -u WAYLAND_DISPLAY HOME='" + home_.path().string() +
                   "' LIBGL_ALWAYS_SOFTWARE=1 PULSE_SERVER=unix:/nonexistent " + screen_->display() + " '" +
                   tested_program() + "' --camera demo --microphone camera --project '" +
                   (home_.path() / "project").string() + "' >'" + (home_.path() / "log").string() + "' 2>&1 & echo $!")
                   .output;
    }
    /// The talent's picture once it shows text and stands still.
    [[nodiscard]] std::string settled() const {
        std::string last;
        static_cast<void>(comes_true([&] {
            const std::string now = screen_->talents_picture();
            const bool same = !now.empty() && now == last && bright(now) > 2000;
            last = now;
            return same;
        }));
        return last;
    }
    void close() {
        static_cast<void>(run("kill " + pid_));
        EXPECT_TRUE(comes_true([&] { return run("kill -0 " + pid_).exit_code != 0; }));
        pid_.clear();
    }

    TemporaryFolder home_;
    std::unique_ptr<TwoDisplays> screen_;
    std::string pid_;
};

TEST_F(TalentScreen, MirroringExchangesLeftAndRightAndNothingElse) {
    open_window("mirror_across = false\n");
    const std::string plain = settled();
    ASSERT_GT(bright(plain), 2000) << "the remembered display shows the script by itself";
    close();
    open_window("mirror_across = true\n");
    const std::string mirrored = settled();
    close();
    ASSERT_EQ(mirrored.size(), plain.size());
    std::string back = mirrored;
    for (std::size_t row = 0; row < 720; ++row)
        std::reverse(back.begin() + row * 1280, back.begin() + (row + 1) * 1280);
    std::size_t alike = 0, alike_plain = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const auto away = [&](const std::string& other) {
            return std::abs(static_cast<unsigned char>(plain[i]) - static_cast<unsigned char>(other[i])) < 40;
        };
        alike += away(back) ? 1 : 0;
        alike_plain += away(mirrored) ? 1 : 0;
    }
    EXPECT_GT(static_cast<double>(alike), 0.999 * 1280 * 720);
    EXPECT_LT(alike_plain, alike) << "the two are not the same picture";
}

TEST_F(TalentScreen, ItGoesAndComesBackWithItsDisplayWhileATakeIsRecorded) {
    open_window("");
    ASSERT_GT(bright(settled()), 2000);
    const fs::path takes = home_.path() / "project" / "takes";
    for (int attempt = 0; attempt < 4 && !fs::exists(takes / "take-001.part.mp4"); ++attempt) {
        screen_->key("space");
        static_cast<void>(comes_true([&] { return fs::exists(takes / "take-001.part.mp4"); }, 8s));
    }
    ASSERT_TRUE(fs::exists(takes / "take-001.part.mp4"));
    screen_->unplug();
    EXPECT_TRUE(comes_true([&] {
        return run(screen_->display() + " xdotool search --onlyvisible --class changji").output.find('\n') ==
               run(screen_->display() + " xdotool search --onlyvisible --class changji").output.rfind('\n');
    })) << "one window is left";
    EXPECT_EQ(run("kill -0 " + pid_).exit_code, 0);
    screen_->plug();
    EXPECT_TRUE(comes_true([&] { return bright(screen_->talents_picture()) > 2000; })) << "and it is back";
    close();
    EXPECT_TRUE(fs::exists(takes / "take-001.mp4"));
    std::ifstream stream(takes / "take-001.json");
    const auto report = nlohmann::json::parse(stream, nullptr, false);
    EXPECT_EQ(report["losses"].value("audio_gap_ms", -1), 0) << report["losses"];
    EXPECT_GT(report.value("duration_s", 0.0), 2.0);
}

}  // namespace
}  // namespace changji::test
