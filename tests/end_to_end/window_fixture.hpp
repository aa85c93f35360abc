#pragma once

#include <gtest/gtest.h>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "tests/support/program.hpp"

namespace changji::test {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A screen nobody looks at, ended with the test.
class VirtualScreen {
public:
    VirtualScreen() {
        // The server chooses a free number itself, so that tests beside each other never share a screen. Without
        // -noreset it starts anew whenever its last client goes, and turns away who comes meanwhile.
        const fs::path number_file = folder_.path() / "number";
        pid_ = run("Xvfb -displayfd 3 -noreset -screen 0 1280x720x24 -nolisten tcp +extension GLX 3>'" +
                   number_file.string() + "' >/dev/null 2>&1 & echo $!")
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
    /// Kept as an artefact beside the tests' results, where ImageMagick is at hand.
    void photograph(const std::string& name) const {
        const fs::path folder = CHANGJI_BINARY_DIR "/Testing/screenshots";
        fs::create_directories(folder);
        static_cast<void>(run(display() + " import -window root '" + (folder / (name + ".png")).string() + "'"));
    }
    void go() const { static_cast<void>(run("kill -9 " + pid_)); }

private:
    TemporaryFolder folder_;
    std::string number_;
    std::string pid_;
};

template <typename Condition>
[[nodiscard]] bool comes_true(Condition condition, std::chrono::seconds patience = 40s) {
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
                                    " '" + tested_program() + "' " + options;
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
            if (comes_true(started, 20s)) return true;  // the countdown is part of it
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

}  // namespace changji::test
