#include "capture/framing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/capture/painted_picture.hpp"

namespace changji {
namespace {

using test::Code;
using test::code_at;
using test::code_of;
using test::expect_right_kind;

VideoFrame bars_picture(int width, int height, PixelFormat format, ColorRange range, ColorMatrix matrix) {
    return test::painted_picture(width, height, format, range, matrix,
                                 [&](int x, int) { return test::colour_bars[8 * x / width]; });
}

void expect_code(const VideoFrame& frame, int x, int y, std::array<double, 3> rgb, const std::string& where) {
    const Code want = code_of(rgb, ColorMatrix::Bt709, ColorRange::Limited), got = code_at(frame, x, y);
    EXPECT_NEAR(got.y, want.y, 2) << where;
    EXPECT_NEAR(got.cb, want.cb, 2) << where;
    EXPECT_NEAR(got.cr, want.cr, 2) << where;
}

TEST(Framing, WhatIsRightPassesWithoutACopy) {
    VideoFrame source = make_i420_frame(1920, 1080, [](auto...) {});
    source.sequence = 7;
    Framing framing;
    const auto framed = framing.frame(source);
    ASSERT_TRUE(framed);
    EXPECT_EQ(framed->owner, source.owner);
    EXPECT_EQ(framed->planes[0].data, source.planes[0].data);
    EXPECT_EQ(framed->sequence, 7U);
    source.range = ColorRange::Unspecified;
    source.matrix = ColorMatrix::Unspecified;
    const auto untagged = framing.frame(source);
    ASSERT_TRUE(untagged);
    EXPECT_EQ(untagged->owner, source.owner);
    expect_right_kind(*untagged);
    EXPECT_FALSE(framing.facts().cropped);
    EXPECT_FALSE(framing.facts().enlarged);
}

TEST(Framing, EveryMatrixRangeAndFormatGivesThe709LimitedCodes) {
    for (const PixelFormat format : {PixelFormat::I420, PixelFormat::I422, PixelFormat::I444, PixelFormat::Nv12,
                                     PixelFormat::Yuyv422, PixelFormat::Bgra}) {
        for (const ColorRange range : {ColorRange::Limited, ColorRange::Full}) {
            for (const ColorMatrix matrix : {ColorMatrix::Bt601, ColorMatrix::Bt709, ColorMatrix::Bt2020}) {
                Framing framing;
                const auto framed = framing.frame(bars_picture(640, 360, format, range, matrix));
                ASSERT_TRUE(framed) << in_english(framed.error().message);
                expect_right_kind(*framed);
                for (int bar = 0; bar < 8; ++bar) {
                    expect_code(*framed, 120 + 240 * bar, 540, test::colour_bars[bar],
                                "format " + std::to_string(static_cast<int>(format)) + " range " +
                                    std::to_string(static_cast<int>(range)) + " matrix " +
                                    std::to_string(static_cast<int>(matrix)) + " bar " + std::to_string(bar));
                }
            }
        }
    }
}

TEST(Framing, AWebcamsPictureOfTheRightSizeGivesTheSameCodes) {
    struct Kind {
        PixelFormat format;
        ColorRange range;
        ColorMatrix matrix;
    };
    for (const Kind kind : {Kind{PixelFormat::I422, ColorRange::Full, ColorMatrix::Bt601},
                            Kind{PixelFormat::I420, ColorRange::Full, ColorMatrix::Bt601},
                            Kind{PixelFormat::Yuyv422, ColorRange::Limited, ColorMatrix::Bt601},
                            Kind{PixelFormat::Yuyv422, ColorRange::Limited, ColorMatrix::Bt709},
                            Kind{PixelFormat::Nv12, ColorRange::Limited, ColorMatrix::Bt709}}) {
        Framing framing;
        const auto framed = framing.frame(bars_picture(1920, 1080, kind.format, kind.range, kind.matrix));
        ASSERT_TRUE(framed) << in_english(framed.error().message);
        expect_right_kind(*framed);
        for (int bar = 0; bar < 8; ++bar) {
            expect_code(*framed, 120 + 240 * bar, 540, test::colour_bars[bar],
                        "format " + std::to_string(static_cast<int>(kind.format)) + " bar " + std::to_string(bar));
        }
    }
}

TEST(Framing, UntaggedStandardDefinitionCountsAs601) {
    VideoFrame source = bars_picture(640, 360, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt601);
    source.range = ColorRange::Unspecified;
    source.matrix = ColorMatrix::Unspecified;
    Framing framing;
    const auto framed = framing.frame(source);
    ASSERT_TRUE(framed);
    expect_code(*framed, 1320, 540, {1, 0, 0}, "red");
}

TEST(Framing, UntaggedHighDefinitionCountsAs709) {
    VideoFrame source = bars_picture(1280, 720, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt709);
    source.range = ColorRange::Unspecified;
    source.matrix = ColorMatrix::Unspecified;
    Framing framing;
    const auto framed = framing.frame(source);
    ASSERT_TRUE(framed);
    expect_code(*framed, 1320, 540, {1, 0, 0}, "red");
}

/// Quarters of a square picture: red, green over blue, white.
std::array<double, 3> quarter(int x, int y, int size) {
    constexpr std::array<std::array<double, 3>, 4> colours{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}}};
    return colours[static_cast<std::size_t>((y >= size / 2 ? 2 : 0) + (x >= size / 2 ? 1 : 0))];
}

TEST(Framing, OrientationMirrorsFirstAndThenTurnsClockwise) {
    // For each orientation: what stands top left, top right, bottom left, bottom right afterwards.
    constexpr std::array<double, 3> red{1, 0, 0}, green{0, 1, 0}, blue{0, 0, 1}, white{1, 1, 1};
    struct Case {
        Orientation orientation;
        std::array<std::array<double, 3>, 4> corners;
    };
    const std::array<Case, 8> cases{{{{0, false}, {red, green, blue, white}},
                                     {{90, false}, {blue, red, white, green}},
                                     {{180, false}, {white, blue, green, red}},
                                     {{270, false}, {green, white, red, blue}},
                                     {{0, true}, {green, red, white, blue}},
                                     {{90, true}, {white, green, blue, red}},
                                     {{180, true}, {blue, white, red, green}},
                                     {{270, true}, {red, blue, green, white}}}};
    for (const PixelFormat format : {PixelFormat::I420, PixelFormat::I422, PixelFormat::Yuyv422, PixelFormat::Bgra}) {
        for (const Case& one : cases) {
            VideoFrame source = test::painted_picture(640, 640, format, ColorRange::Full, ColorMatrix::Bt601,
                                                      [](int x, int y) { return quarter(x, y, 640); });
            source.orientation = one.orientation;
            Framing framing;
            const auto framed = framing.frame(source);
            ASSERT_TRUE(framed) << in_english(framed.error().message);
            const std::string where = std::to_string(one.orientation.rotation_degrees) +
                                      (one.orientation.mirrored ? " mirrored" : "") + " format " +
                                      std::to_string(static_cast<int>(format));
            expect_code(*framed, 400, 200, one.corners[0], where + " top left");
            expect_code(*framed, 1500, 200, one.corners[1], where + " top right");
            expect_code(*framed, 400, 900, one.corners[2], where + " bottom left");
            expect_code(*framed, 1500, 900, one.corners[3], where + " bottom right");
        }
    }
}

/// Half-width and half-height of a white disc in the framed picture.
std::pair<int, int> disc_radii(const VideoFrame& framed) {
    int across = 0, down = 0;
    while (across < 950 && code_at(framed, 960 + across, 540).y > 125) ++across;
    while (down < 530 && code_at(framed, 960, 540 + down).y > 125) ++down;
    return {across, down};
}

TEST(Framing, ADiscStaysRoundWhateverTheSourcesShape) {
    struct Shape {
        int width, height;
        Rational aspect;
        int rotation;
    };
    for (const Shape shape : {Shape{640, 480, {1, 1}, 0}, Shape{640, 360, {2, 3}, 0}, Shape{720, 576, {64, 45}, 0},
                              Shape{720, 576, {16, 15}, 90}, Shape{1080, 720, {1, 1}, 0}, Shape{539, 598, {1, 1}, 0},
                              Shape{641, 361, {1, 1}, 270}, Shape{1366, 768, {1, 1}, 0}}) {
        const double stretch = shape.aspect.value(), radius = 80.0;
        VideoFrame source = test::painted_picture(
            shape.width, shape.height, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt709, [&](int x, int y) {
                const double dx = (x + 0.5 - shape.width / 2.0) * stretch;
                const double dy = y + 0.5 - shape.height / 2.0;
                const double lit = dx * dx + dy * dy < radius * radius ? 1.0 : 0.0;
                return std::array<double, 3>{lit, lit, lit};
            });
        source.sample_aspect_ratio = shape.aspect;
        source.orientation.rotation_degrees = shape.rotation;
        Framing framing;
        const auto framed = framing.frame(source);
        ASSERT_TRUE(framed) << in_english(framed.error().message);
        const auto [across, down] = disc_radii(*framed);
        EXPECT_NEAR(across, down, 0.03 * across) << shape.width << "x" << shape.height;
        EXPECT_GT(across, 100);
    }
}

TEST(Framing, FactsTellCropAndEnlargement) {
    Framing framing;
    EXPECT_EQ(framing.facts().upright_width_px, 0);
    VideoFrame phone = bars_picture(1280, 720, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt709);
    phone.orientation.rotation_degrees = 90;
    ASSERT_TRUE(framing.frame(phone));
    EXPECT_EQ(framing.facts().upright_width_px, 720);
    EXPECT_EQ(framing.facts().upright_height_px, 1280);
    EXPECT_EQ(framing.facts().crop, (CropRect{0, 436, 720, 406}));
    EXPECT_TRUE(framing.facts().cropped);
    EXPECT_TRUE(framing.facts().enlarged);

    VideoFrame anamorphic = bars_picture(640, 360, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt709);
    anamorphic.sample_aspect_ratio = {2, 3};
    ASSERT_TRUE(framing.frame(anamorphic));
    EXPECT_EQ(framing.facts().upright_width_px, 427);
    EXPECT_EQ(framing.facts().upright_height_px, 360);

    ASSERT_TRUE(framing.frame(bars_picture(3840, 2160, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt709)));
    EXPECT_FALSE(framing.facts().cropped);
    EXPECT_FALSE(framing.facts().enlarged);
}

TEST(Framing, TheCropMayMoveBetweenFrames) {
    const VideoFrame source = bars_picture(3840, 2160, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt709);
    Framing framing(CropRect{0, 0, 480, 270});  // all inside the first bar
    auto framed = framing.frame(source);
    ASSERT_TRUE(framed);
    expect_code(*framed, 960, 540, test::colour_bars[0], "first bar");
    EXPECT_TRUE(framing.facts().enlarged);
    framing.move_crop(CropRect{480 * 5, 0, 480, 270});
    framed = framing.frame(source);
    ASSERT_TRUE(framed);
    expect_code(*framed, 960, 540, test::colour_bars[5], "sixth bar");
    framing.move_crop(std::nullopt);
    framed = framing.frame(source);
    ASSERT_TRUE(framed);
    expect_code(*framed, 120, 540, test::colour_bars[0], "whole picture");
    expect_code(*framed, 1800, 540, test::colour_bars[7], "whole picture");
}

TEST(Framing, ASourceThatChangesItsFormatIsFollowed) {
    Framing framing;
    for (const int height : {360, 720, 360}) {
        const PixelFormat format = height == 360 ? PixelFormat::Yuyv422 : PixelFormat::I420;
        const auto framed =
            framing.frame(bars_picture(height * 16 / 9, height, format, ColorRange::Full, ColorMatrix::Bt601));
        ASSERT_TRUE(framed);
        expect_code(*framed, 1320, 540, {1, 0, 0}, std::to_string(height));
    }
}

TEST(Framing, SequenceAndCaptureTimeAreKept) {
    VideoFrame source = bars_picture(640, 480, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt601);
    source.sequence = 42;
    source.captured_at = CaptureTime{std::chrono::milliseconds(1234)};
    Framing framing;
    const auto framed = framing.frame(source);
    ASSERT_TRUE(framed);
    EXPECT_EQ(framed->sequence, 42U);
    EXPECT_EQ(framed->captured_at, source.captured_at);
}

TEST(Framing, PicturesWithoutPixelsOrTooSmallAreRefused) {
    Framing framing;
    EXPECT_EQ(framing.frame(VideoFrame()).error().kind, ErrorKind::UnsupportedFormat);
    VideoFrame unknown = make_i420_frame(64, 36, [](auto...) {});
    unknown.format = PixelFormat::Unspecified;
    EXPECT_EQ(framing.frame(unknown).error().kind, ErrorKind::UnsupportedFormat);
    EXPECT_EQ(framing.frame(make_i420_frame(8, 8, [](auto...) {})).error().kind, ErrorKind::UnsupportedFormat);
}

}  // namespace
}  // namespace changji
