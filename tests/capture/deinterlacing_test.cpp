#include <array>

#include <gtest/gtest.h>

#include "capture/framing.hpp"
#include "tests/capture/painted_picture.hpp"

namespace changji {
namespace {

using test::code_at;
using test::expect_right_kind;

constexpr int bar_width_px = 200;

/// A light bar on a dark ground; the later field's lines show it where it has moved on by `step_px`.
VideoFrame combed(int bar_x, int step_px, Scan scan, PixelFormat format = PixelFormat::I420, int height = 1080) {
    const int first_line = scan == Scan::BottomFieldFirst ? 1 : 0;
    VideoFrame frame =
        test::painted_picture(1920, height, format, ColorRange::Limited, ColorMatrix::Bt709, [&](int x, int y) {
            const int at = y % 2 == first_line ? bar_x : bar_x + step_px;
            const double lit = x >= at && x < at + bar_width_px ? 0.8 : 0.1;
            return std::array<double, 3>{lit, lit, lit};
        });
    frame.scan = scan;
    return frame;
}

/// Where the bar's left edge lies in a line.
int edge_in(const VideoFrame& frame, int y) {
    int x = 0;
    while (x < 1919 && code_at(frame, x, y).y < 110) ++x;
    return x;
}

TEST(Deinterlacing, MovingCombsBecomeTheEarlierField) {
    for (const Scan scan : {Scan::TopFieldFirst, Scan::BottomFieldFirst}) {
        for (const PixelFormat format : {PixelFormat::I420, PixelFormat::I422, PixelFormat::Yuyv422}) {
            Framing framing;
            if (scan == Scan::BottomFieldFirst && format != PixelFormat::I420) continue;
            for (int i = 0; i < 3; ++i) {
                VideoFrame source = combed(300 + 60 * i, 30, scan, format);
                source.sequence = static_cast<std::uint64_t>(i);
                const auto framed = framing.frame(source);
                ASSERT_TRUE(framed) << in_english(framed.error().message);
                expect_right_kind(*framed);
                EXPECT_EQ(framed->scan, Scan::Progressive);
                EXPECT_EQ(framed->sequence, source.sequence);
                for (int y = 100; y < 980; ++y) {
                    ASSERT_NEAR(edge_in(*framed, y), 300 + 60 * i, 2)
                        << "picture " << i << " line " << y << " format " << static_cast<int>(format);
                }
            }
        }
    }
}

TEST(Deinterlacing, WhatStandsStillKeepsItsFineLines) {
    VideoFrame source =
        test::painted_picture(1920, 1080, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt709, [](int, int y) {
            const double lit = y % 4 < 2 ? 0.7 : 0.3;
            return std::array<double, 3>{lit, lit, lit};
        });
    source.scan = Scan::TopFieldFirst;
    Framing framing;
    ASSERT_TRUE(framing.frame(source));
    ASSERT_TRUE(framing.frame(source));
    const auto framed = framing.frame(source);
    ASSERT_TRUE(framed);
    for (int y = 100; y < 980; ++y) ASSERT_NEAR(code_at(*framed, 960, y).y, code_at(source, 960, y).y, 2) << y;
}

TEST(Deinterlacing, StandardDefinitionIsDeinterlacedBeforeItIsScaled) {
    Framing framing;
    for (int i = 0; i < 3; ++i) {
        const auto framed = framing.frame(combed(300 + 60 * i, 30, Scan::BottomFieldFirst, PixelFormat::I420, 576));
        ASSERT_TRUE(framed);
        const int edge = edge_in(*framed, 540);
        for (int y = 200; y < 880; ++y) ASSERT_NEAR(edge_in(*framed, y), edge, 2) << i << " line " << y;
    }
}

TEST(Deinterlacing, ProgressivePicturesInBetweenAreNotTouched) {
    Framing framing;
    ASSERT_TRUE(framing.frame(combed(300, 30, Scan::TopFieldFirst)));
    const VideoFrame whole = combed(700, 30, Scan::Progressive);  // combs that are part of the scene
    const auto framed = framing.frame(whole);
    ASSERT_TRUE(framed);
    EXPECT_EQ(edge_in(*framed, 540), 700);
    EXPECT_EQ(edge_in(*framed, 541), 730);
    const auto next = framing.frame(combed(900, 30, Scan::TopFieldFirst));
    ASSERT_TRUE(next);
    EXPECT_NEAR(edge_in(*next, 540), 900, 2);
    EXPECT_NEAR(edge_in(*next, 541), 900, 2);
}

}  // namespace
}  // namespace changji
