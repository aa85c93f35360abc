#include <gtest/gtest.h>

#include "ui/window/drawing/peak_hold.hpp"
#include "ui/window/preview_governor.hpp"
#include "ui/window/stop_guard.hpp"

namespace changji {
namespace {

TEST(PreviewGovernor, MesaRasterisersAreSoftware) {
    EXPECT_EQ(renderer_of("llvmpipe (LLVM 15.0.6, 256 bits)"), Renderer::Software);
    EXPECT_EQ(renderer_of("softpipe"), Renderer::Software);
    EXPECT_EQ(renderer_of("Mesa Intel(R) UHD Graphics 620"), Renderer::Hardware);
}

TEST(PreviewGovernor, SoftwareRendererStartsAtTenASecond) {
    EXPECT_DOUBLE_EQ(PreviewGovernor(Renderer::Software).frames_per_s(), 10.0);
    EXPECT_DOUBLE_EQ(PreviewGovernor(Renderer::Hardware).frames_per_s(), 30.0);
}

TEST(PreviewGovernor, GivesWayAtOnceWhenTheRecorderIsPressed) {
    PreviewGovernor governor(Renderer::Hardware);
    governor.note(0.002, 0.26);
    EXPECT_DOUBLE_EQ(governor.frames_per_s(), 2.0);
    EXPECT_TRUE(governor.gives_way());
}

TEST(PreviewGovernor, ComesBackOnlyAfterTwoCalmSeconds) {
    PreviewGovernor governor(Renderer::Hardware);
    governor.note(0.002, 0.9);
    for (int frame = 0; frame < 3; ++frame) governor.note(0.002, 0.0);
    EXPECT_TRUE(governor.gives_way());
    governor.note(0.002, 0.2);  // not calm: counting begins again
    for (int frame = 0; frame < 3; ++frame) governor.note(0.002, 0.0);
    EXPECT_TRUE(governor.gives_way());
    governor.note(0.002, 0.0);
    EXPECT_FALSE(governor.gives_way());
    EXPECT_DOUBLE_EQ(governor.frames_per_s(), 30.0);
}

TEST(PreviewGovernor, SlowDrawingTakesNoMoreThanHalfOfTheTime) {
    PreviewGovernor governor(Renderer::Hardware);
    for (int frame = 0; frame < 100; ++frame) governor.note(0.050, 0.0);
    EXPECT_NEAR(governor.frames_per_s(), 10.0, 0.1);
    EXPECT_TRUE(governor.gives_way());
}

TEST(StopGuard, OneActNeverStops) {
    StopGuard guard;
    EXPECT_FALSE(guard.press(10.0));
    EXPECT_TRUE(guard.armed(12.9));
    EXPECT_FALSE(guard.armed(13.0));
}

TEST(StopGuard, ASecondDeliberateActStops) {
    StopGuard guard;
    EXPECT_FALSE(guard.press(10.0));
    EXPECT_TRUE(guard.press(11.0));
    EXPECT_FALSE(guard.armed(11.0));
}

TEST(StopGuard, ADoubleClickIsOneAct) {
    StopGuard guard;
    EXPECT_FALSE(guard.press(10.0));
    EXPECT_FALSE(guard.press(10.2));
    EXPECT_TRUE(guard.armed(10.2));
}

TEST(StopGuard, ASecondActAfterThreeSecondsArmsAgain) {
    StopGuard guard;
    EXPECT_FALSE(guard.press(10.0));
    EXPECT_FALSE(guard.press(13.5));
    EXPECT_TRUE(guard.armed(13.5));
}

TEST(PeakHold, APeakStaysForAnEyeAndThenSinks) {
    PeakHold hold;
    EXPECT_EQ(hold.held_dbfs(0.0), PeakHold::silence_dbfs);
    hold.note(-6.0, 10.0);
    hold.note(-30.0, 10.5);
    EXPECT_DOUBLE_EQ(hold.held_dbfs(11.4), -6.0);
    EXPECT_DOUBLE_EQ(hold.held_dbfs(12.0), -16.0) << "half a second of falling";
    hold.note(-12.0, 12.0);
    EXPECT_DOUBLE_EQ(hold.held_dbfs(12.0), -12.0) << "a louder one is taken at once";
    EXPECT_EQ(hold.held_dbfs(100.0), PeakHold::silence_dbfs);
}

}  // namespace
}  // namespace changji
