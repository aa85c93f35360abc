#include "ui/window/scope_desk.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace changji {
namespace {

VideoFrame grey(std::uint8_t code, int number) {
    VideoFrame frame = make_i420_frame(320, 180, [code](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        std::fill_n(y.data, y.stride_bytes * 180, code);
        for (const WritablePlane& plane : {cb, cr}) std::fill_n(plane.data, plane.stride_bytes * 90, std::uint8_t{128});
    });
    frame.captured_at = CaptureTime(std::chrono::milliseconds(40 * number));
    return frame;
}

TEST(ScopeDesk, MakesNothingWhileNothingIsOn) {
    ScopeDesk desk;
    EXPECT_FALSE(desk.look(grey(100, 0), {}, {}, 0.0));
    EXPECT_FALSE(desk.trace() || desk.luma() || desk.clutter());
}

TEST(ScopeDesk, MakesWhatIsOnAtOnceAndNoMore) {
    ScopeDesk desk;
    EXPECT_TRUE(desk.look(grey(100, 0), {.scope = PictureScope::Waveform}, {}, 0.0));
    ASSERT_TRUE(desk.trace());
    EXPECT_EQ(desk.trace()->at(9, 255 - 100), 255);
    EXPECT_FALSE(desk.luma() || desk.clutter());
    EXPECT_TRUE(desk.look(grey(100, 0), {.scope = PictureScope::Histogram, .clutter = true}, {}, 0.01));
    EXPECT_FALSE(desk.trace());
    EXPECT_TRUE(desk.luma() && desk.clutter());
    EXPECT_TRUE(desk.look(grey(100, 0), {}, {}, 0.02)) << "and clears it away";
    EXPECT_FALSE(desk.trace() || desk.luma() || desk.clutter());
}

TEST(ScopeDesk, LooksAtNewPicturesOnlyAndTwelveTimesASecondAtMost) {
    ScopeDesk desk;
    const Monitoring on{.scope = PictureScope::Waveform};
    int made = 0;
    for (int i = 0; i < 100; ++i) made += desk.look(grey(100, i), on, {}, i * 0.01);
    EXPECT_GE(made, 11);
    EXPECT_LE(made, 12);
    const VideoFrame held = grey(50, 200);
    EXPECT_TRUE(desk.look(held, on, {}, 5.0));
    EXPECT_FALSE(desk.look(held, on, {}, 6.0)) << "a held picture";
}

}  // namespace
}  // namespace changji
