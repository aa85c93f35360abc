// What befalls a window: a display that goes, sizes that change, keys and clicks without sense.

#include <gtest/gtest.h>
#include <array>
#include <random>

#include "window_fixture.hpp"

namespace changji::test {
namespace {

TEST_F(Window, ATakeOutlivesItsDisplay) {
    open_window("--camera demo --microphone camera");
    ASSERT_TRUE(starts_a_take());
    std::this_thread::sleep_for(3s);
    screen_->go();
    EXPECT_TRUE(comes_true([&] { return !runs(); }));
    EXPECT_TRUE(fs::exists(take("take-001.mp4"))) << text_of("log");
    EXPECT_TRUE(fs::exists(take("take-001.json")));
    EXPECT_FALSE(fs::exists(take("take-001.part.mp4"))) << "finished, not left to be rescued";
    const std::string log = text_of("log");
    EXPECT_NE(log.find("显示器"), std::string::npos) << log;
}

TEST_F(Window, TwoHundredKeysClicksAndSizesLeaveItRunningAndTheTakeWhole) {
    open_window("--camera demo --microphone camera");
    ASSERT_TRUE(starts_a_take());
    std::minstd_rand random(7);
    const auto below = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    // Space and Enter stop a take, Ctrl+Q closes the window: everything else may come.
    const std::array keys{"F1", "F2",    "F3",         "F4",         "F5",     "F6",     "F7",        "F8",
                          "F9", "F10",   "F12",        "Escape",     "Tab",    "1",      "2",         "9",
                          "g",  "x",     "o",          "w",          "v",      "h",      "k",         "a",
                          "z",  "r",     "s",          "p",          "q",      "c",      "d",         "l",
                          "m",  "t",     "ctrl+equal", "ctrl+minus", "ctrl+0", "ctrl+g", "ctrl+Left", "Down",
                          "Up", "Right", "Page_Down",  "BackSpace"};
    std::string steps;
    for (int event = 0; event < 200; ++event) {
        switch (below(5)) {
            case 0:
                steps += " mousemove " + std::to_string(below(1280)) + " " + std::to_string(below(500)) + " click 1";
                break;
            case 1: steps += " mousemove " + std::to_string(below(1280)) + " " + std::to_string(below(720)); break;
            default:
                steps += std::string(" key ") + keys[static_cast<std::size_t>(below(static_cast<int>(keys.size())))];
        }
        if (event % 40 == 39) {
            static_cast<void>(run(screen_->display() + " xdotool" + steps));
            steps.clear();
            static_cast<void>(run(screen_->display() + " xdotool search --class changji windowsize " +
                                  std::to_string(960 + below(320)) + " " + std::to_string(540 + below(180))));
            ASSERT_TRUE(runs()) << text_of("log");
        }
    }
    std::this_thread::sleep_for(2s);
    screen_->photograph("after-two-hundred-events");
    ASSERT_TRUE(runs()) << text_of("log");
    static_cast<void>(run("kill " + pid_));
    EXPECT_TRUE(comes_true([&] { return !runs(); }));
    EXPECT_TRUE(fs::exists(take("take-001.mp4"))) << text_of("log");
    EXPECT_TRUE(fs::exists(take("take-001.json")));
}

}  // namespace
}  // namespace changji::test
