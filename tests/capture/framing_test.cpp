#include "capture/framing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/capture/colour_codes.hpp"

namespace changji {
namespace {

using test::Code;
using test::code_at;
using test::code_of;

/// Paints a picture from a colour for each pixel; writes it in any of VideoFrame's formats.
template <typename ColourAt>
VideoFrame picture(int width, int height, PixelFormat format, ColorRange range, ColorMatrix matrix,
                   ColourAt colour_at) {
    const auto halved = [](int size) { return (size + 1) / 2; };
    const bool across = format == PixelFormat::I420 || format == PixelFormat::I422 || format == PixelFormat::Nv12;
    const bool down = format == PixelFormat::I420 || format == PixelFormat::Nv12;
    const int chroma_width = across ? halved(width) : width, chroma_height = down ? halved(height) : height;
    const int chroma_size = chroma_width * chroma_height;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>();
    VideoFrame frame;
    frame.width_px = width;
    frame.height_px = height;
    frame.format = format;
    frame.range = range;
    frame.matrix = matrix;
    const auto code = [&](int x, int y) {
        return code_of(colour_at(x, y), matrix == ColorMatrix::Unspecified ? ColorMatrix::Bt601 : matrix,
                       range == ColorRange::Full ? ColorRange::Full : ColorRange::Limited);
    };
    const auto byte = [](int value) { return static_cast<std::uint8_t>(value); };
    const int stride = format == PixelFormat::Bgra ? 4 * width : format == PixelFormat::Yuyv422 ? 2 * width : width;
    pixels->resize(static_cast<std::size_t>(stride) * height + 2 * static_cast<std::size_t>(chroma_size));
    std::uint8_t* const first = pixels->data();
    std::uint8_t* const second = first + stride * height;
    std::uint8_t* const third = second + chroma_size;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (format == PixelFormat::Bgra) {
                const auto rgb = colour_at(x, y);
                for (int i = 0; i < 3; ++i) first[y * stride + 4 * x + 2 - i] = byte(static_cast<int>(255 * rgb[i]));
                first[y * stride + 4 * x + 3] = 255;
                continue;
            }
            const Code value = code(x, y);
            if (format == PixelFormat::Yuyv422) {
                first[y * stride + 2 * x] = byte(value.y);
                first[y * stride + 2 * x + 1] = byte(x % 2 == 0 ? value.cb : value.cr);
                continue;
            }
            first[y * stride + x] = byte(value.y);
            const int at = (down ? y / 2 : y) * chroma_width + (across ? x / 2 : x);
            if (format == PixelFormat::Nv12) {
                second[2 * at] = byte(value.cb);
                second[2 * at + 1] = byte(value.cr);
            } else {
                second[at] = byte(value.cb);
                third[at] = byte(value.cr);
            }
        }
    }
    frame.planes[0] = {first, stride};
    if (format == PixelFormat::Nv12) frame.planes[1] = {second, 2 * chroma_width};
    if (format == PixelFormat::I420 || format == PixelFormat::I422 || format == PixelFormat::I444) {
        frame.planes[1] = {second, chroma_width};
        frame.planes[2] = {third, chroma_width};
    }
    frame.owner = pixels;
    return frame;
}

VideoFrame bars_picture(int width, int height, PixelFormat format, ColorRange range, ColorMatrix matrix) {
    return picture(width, height, format, range, matrix, [&](int x, int) { return test::colour_bars[8 * x / width]; });
}

void expect_code(const VideoFrame& frame, int x, int y, std::array<double, 3> rgb, const std::string& where) {
    const Code want = code_of(rgb, ColorMatrix::Bt709, ColorRange::Limited), got = code_at(frame, x, y);
    EXPECT_NEAR(got.y, want.y, 2) << where;
    EXPECT_NEAR(got.cb, want.cb, 2) << where;
    EXPECT_NEAR(got.cr, want.cr, 2) << where;
}

void expect_right_kind(const VideoFrame& frame) {
    EXPECT_EQ(frame.width_px, 1920);
    EXPECT_EQ(frame.height_px, 1080);
    EXPECT_EQ(frame.format, PixelFormat::I420);
    EXPECT_EQ(frame.range, ColorRange::Limited);
    EXPECT_EQ(frame.matrix, ColorMatrix::Bt709);
    EXPECT_EQ(frame.sample_aspect_ratio, (Rational{1, 1}));
    EXPECT_EQ(frame.orientation, Orientation());
}

bool is_16_to_9_within_a_pixel(const CropRect& crop) {
    return std::abs(crop.width_px - crop.height_px * 16.0 / 9.0) <= 1.0 ||
           std::abs(crop.height_px - crop.width_px * 9.0 / 16.0) <= 1.0;
}

TEST(Crop, SixteenToNineIsTakenWhole) {
    EXPECT_EQ(centred_crop(1920, 1080), (CropRect{0, 0, 1920, 1080}));
    EXPECT_EQ(centred_crop(1280, 720), (CropRect{0, 0, 1280, 720}));
    EXPECT_EQ(centred_crop(3840, 2160), (CropRect{0, 0, 3840, 2160}));
}

TEST(Crop, TheLargestRectangleIsCentred) {
    EXPECT_EQ(centred_crop(1440, 1080), (CropRect{0, 134, 1440, 810}));   // 4:3
    EXPECT_EQ(centred_crop(1080, 720), (CropRect{0, 56, 1080, 608}));     // 3:2
    EXPECT_EQ(centred_crop(1080, 1920), (CropRect{0, 656, 1080, 608}));   // portrait
    EXPECT_EQ(centred_crop(2560, 1080), (CropRect{320, 0, 1920, 1080}));  // 21:9
}

TEST(Crop, EverySizeGivesEvenEdgesInsideThePicture) {
    for (int width = 16; width < 700; width += 7) {
        for (int height = 16; height < 700; height += 11) {
            const CropRect crop = centred_crop(width, height);
            ASSERT_TRUE(is_16_to_9_within_a_pixel(crop)) << width << "x" << height;
            ASSERT_EQ((crop.x_px | crop.y_px | crop.width_px | crop.height_px) % 2, 0) << width << "x" << height;
            ASSERT_GE(crop.x_px, 0);
            ASSERT_GE(crop.y_px, 0);
            ASSERT_LE(crop.x_px + crop.width_px, width);
            ASSERT_LE(crop.y_px + crop.height_px, height);
            ASSERT_GT(crop.width_px, 0);
            ASSERT_GT(crop.height_px, 0);
        }
    }
}

TEST(Crop, AWantedRectangleIsMovedInsideThePicture) {
    EXPECT_EQ(fitted_crop(CropRect{100, 50, 1280, 720}, 3840, 2160), (CropRect{100, 50, 1280, 720}));
    EXPECT_EQ(fitted_crop(CropRect{-500, 9000, 1280, 720}, 3840, 2160), (CropRect{0, 1440, 1280, 720}));
    EXPECT_EQ(fitted_crop(CropRect{0, 0, 99999, 99999}, 1920, 1080), (CropRect{0, 0, 1920, 1080}));
    EXPECT_EQ(fitted_crop(CropRect{2'000'000'000, 2'000'000'000, 2'000'000'000, 2'000'000'000}, 1280, 720),
              (CropRect{0, 0, 1280, 720}));
}

TEST(Crop, AWantedRectangleOfAnotherShapeIsShrunkAroundItsCentre) {
    const CropRect crop = fitted_crop(CropRect{1000, 200, 900, 1600}, 3840, 2160);
    EXPECT_EQ(crop, (CropRect{1000, 746, 900, 506}));
}

TEST(Crop, NothingWantedOrNothingLeftGivesTheCentredCrop) {
    EXPECT_EQ(fitted_crop(std::nullopt, 1440, 1080), centred_crop(1440, 1080));
    EXPECT_EQ(fitted_crop(CropRect{10, 10, 0, 50}, 1440, 1080), centred_crop(1440, 1080));
    EXPECT_EQ(fitted_crop(CropRect{10, 10, -8, -8}, 1440, 1080), centred_crop(1440, 1080));
    EXPECT_GT(fitted_crop(CropRect{10, 10, 1, 1}, 1440, 1080).width_px, 0);
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
            VideoFrame source = picture(640, 640, format, ColorRange::Full, ColorMatrix::Bt601,
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
        VideoFrame source = picture(shape.width, shape.height, PixelFormat::I420, ColorRange::Limited,
                                    ColorMatrix::Bt709, [&](int x, int y) {
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

constexpr int bar_width_px = 200;

/// A light bar on a dark ground; the later field's lines show it where it has moved on by `step_px`.
VideoFrame combed(int bar_x, int step_px, Scan scan, PixelFormat format = PixelFormat::I420, int height = 1080) {
    const int first_line = scan == Scan::BottomFieldFirst ? 1 : 0;
    VideoFrame frame = picture(1920, height, format, ColorRange::Limited, ColorMatrix::Bt709, [&](int x, int y) {
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
    VideoFrame source = picture(1920, 1080, PixelFormat::I420, ColorRange::Limited, ColorMatrix::Bt709, [](int, int y) {
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
