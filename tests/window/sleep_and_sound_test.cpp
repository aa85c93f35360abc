#include <SDL.h>
#include <gtest/gtest.h>
#include <thread>

#include "ui/window/cue_sound.hpp"
#include "ui/window/sleep_guard.hpp"

namespace changji {
namespace {

TEST(SleepGuard, KeepsAwakeOnlyWhileATakeIsRecorded) {
    ::setenv("SDL_VIDEODRIVER", "dummy", 1);
    ASSERT_EQ(SDL_InitSubSystem(SDL_INIT_VIDEO), 0) << SDL_GetError();
    {
        SleepGuard guard;
        EXPECT_EQ(SDL_IsScreenSaverEnabled(), SDL_TRUE) << "watching costs no sleep";
        guard.keep_awake(true);
        EXPECT_EQ(SDL_IsScreenSaverEnabled(), SDL_FALSE);
        guard.keep_awake(false);
        EXPECT_EQ(SDL_IsScreenSaverEnabled(), SDL_TRUE);
        guard.keep_awake(true);
    }
    EXPECT_EQ(SDL_IsScreenSaverEnabled(), SDL_TRUE) << "restored when the window goes";
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    ::unsetenv("SDL_VIDEODRIVER");
}

/// SDL reads it when the sound output is opened: it stays until every cue has ended.
class CueSoundOn : public testing::Test {
protected:
    ~CueSoundOn() override { ::unsetenv("SDL_AUDIODRIVER"); }
};

TEST_F(CueSoundOn, NoOutputIsNoError) {
    ::setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    CueSound cue;
    cue.begin(1);
    cue.begin(3);
    cue.stop();
}

TEST_F(CueSoundOn, AnOutputEndsAtOnceWhenTheCountdownDoes) {
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    CueSound cue;
    cue.begin(3600);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    cue.stop();
    cue.begin(1);  // waits for the first to end: an hour, were it not ended
}

}  // namespace
}  // namespace changji
