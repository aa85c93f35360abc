#include "analysis/picture/tag_watch.hpp"

#include "tests/analysis/signals.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::Pixel;

struct Matrix {
    double kr, kb;
};
constexpr Matrix bt601{0.299, 0.114}, bt709{0.2126, 0.0722};

/// Limited-range codes of a colour, by the definition of Y, Cb and Cr.
Pixel encode(double red, double green, double blue, Matrix by) {
    const double y = by.kr * red + (1 - by.kr - by.kb) * green + by.kb * blue;
    const double u = (blue - y) / (2 * (1 - by.kb)), v = (red - y) / (2 * (1 - by.kr));
    const auto code = [](double value) { return static_cast<std::uint8_t>(std::lround(value)); };
    return {code(16 + 219 * y), code(128 + 224 * u), code(128 + 224 * v)};
}

/// Eight bars: the corners of RGB at `level`.
VideoFrame bars(Matrix by, double level) {
    return test::paint_frame(640, 360, [&](int x, int) {
        const int bar = x / 80;
        return encode(bar & 1 ? level : 0, bar & 2 ? level : 0, bar & 4 ? level : 0, by);
    });
}

VideoFrame ramp(int from, int to) {
    return test::paint_frame(640, 360, [&](int x, int) {
        return Pixel{static_cast<std::uint8_t>(from + (to - from) * x / 639), 128, 128};
    });
}

TagSigns signs_of(const VideoFrame& frame) {
    TagWatch watch;
    watch.see(frame);
    return watch.signs();
}

TEST(TagWatch, LimitedRampLooksLimitedAndFullRampLooksFull) {
    EXPECT_FALSE(signs_of(ramp(16, 235)).looks_full_range());
    EXPECT_DOUBLE_EQ(signs_of(ramp(16, 235)).outside_limited_percent, 0.0);
    EXPECT_TRUE(signs_of(ramp(0, 255)).looks_full_range());
    // Codes 0..4 and 247..255 are 14 of 256.
    EXPECT_NEAR(signs_of(ramp(0, 255)).beyond_video_percent, 100.0 * 14 / 256, 1.0);
}

TEST(TagWatch, OvershootOfACodecIsNoFullRange) { EXPECT_FALSE(signs_of(ramp(8, 243)).looks_full_range()); }

TEST(TagWatch, SaturatedColoursTellTheMatrix) {
    EXPECT_TRUE(signs_of(bars(bt601, 1.0)).looks_bt601());
    EXPECT_FALSE(signs_of(bars(bt709, 1.0)).looks_bt601());
}

TEST(TagWatch, PaleColoursContradictNothing) {
    const VideoFrame skin =
        test::paint_frame(640, 360, [](int x, int) { return encode(0.8, 0.6 + x * 1e-4, 0.5, bt601); });
    EXPECT_FALSE(signs_of(skin).looks_bt601());
    EXPECT_FALSE(signs_of(test::flat_frame({120, 128, 128}, 640, 360)).looks_bt601());
}

TEST(TagWatch, NothingSeenSaysNothing) {
    const TagSigns signs = TagWatch().signs();
    EXPECT_EQ(signs.pixels, 0);
    EXPECT_FALSE(signs.looks_full_range());
    EXPECT_FALSE(signs.looks_bt601());
}

}  // namespace
}  // namespace changji
