#include "capture/framing/framing_direct.hpp"

#include "tests/capture/colour_codes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace changji {
namespace {

constexpr int width_px = 256, height_px = 16, bar_px = 32;
using test::Code;
using test::code_at;
using test::code_of;

/// A picture whose codes are given for each pixel; chroma is taken from the pixel it lies on.
template <typename CodeAt>
VideoFrame picture(PixelFormat format, CodeAt wanted) {
    const bool down = format == PixelFormat::I420 || format == PixelFormat::Nv12;
    const int rows = down ? height_px / 2 : height_px, half = width_px / 2;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(4 * width_px * height_px));
    std::uint8_t* const first = pixels->data();
    std::uint8_t* const second = first + 2 * width_px * height_px;
    std::uint8_t* const third = second + half * rows;
    const auto byte = [](int code) { return static_cast<std::uint8_t>(code); };
    const int luma_stride = format == PixelFormat::Yuyv422 ? 2 * width_px : width_px;
    for (int y = 0; y < height_px; ++y) {
        for (int x = 0; x < width_px; ++x) {
            const Code code = wanted(x, y);
            if (format == PixelFormat::Yuyv422) {
                first[y * luma_stride + 2 * x] = byte(code.y);
                first[y * luma_stride + 2 * x + 1] = byte(x % 2 == 0 ? code.cb : wanted(x - 1, y).cr);
                continue;
            }
            first[y * luma_stride + x] = byte(code.y);
            if (x % 2 != 0 || (down && y % 2 != 0)) continue;
            const int at = (down ? y / 2 : y) * half + x / 2;
            (format == PixelFormat::Nv12 ? second[2 * at] : second[at]) = byte(code.cb);
            (format == PixelFormat::Nv12 ? second[2 * at + 1] : third[at]) = byte(code.cr);
        }
    }
    VideoFrame frame;
    frame.owner = pixels;
    frame.planes[0] = {first, luma_stride};
    if (format == PixelFormat::Nv12) frame.planes[1] = {second, width_px};
    if (format == PixelFormat::I420 || format == PixelFormat::I422) {
        frame.planes[1] = {second, half};
        frame.planes[2] = {third, half};
    }
    frame.width_px = width_px;
    frame.height_px = height_px;
    frame.format = format;
    return frame;
}

constexpr std::array formats{PixelFormat::I420, PixelFormat::I422, PixelFormat::Nv12, PixelFormat::Yuyv422};

TEST(DirectConversion, EveryFormatRangeAndMatrixGivesTheCodesOfBt709Limited) {
    DirectConversion direct;
    for (const PixelFormat format : formats) {
        for (const ColorRange range : {ColorRange::Full, ColorRange::Limited}) {
            for (const ColorMatrix matrix : {ColorMatrix::Bt601, ColorMatrix::Bt709, ColorMatrix::Bt2020}) {
                const VideoFrame source =
                    picture(format, [&](int x, int) { return code_of(test::colour_bars[x / bar_px], matrix, range); });
                const auto made = direct.convert(source, range, matrix);
                ASSERT_TRUE(made.has_value());
                for (int bar = 0; bar < 8; ++bar) {
                    for (const int row : {0, 7, height_px - 1}) {
                        const Code want = code_of(test::colour_bars[bar], ColorMatrix::Bt709, ColorRange::Limited);
                        const Code got = code_at(*made, bar * bar_px + bar_px / 2, row);
                        for (const auto component : {&Code::y, &Code::cb, &Code::cr}) {
                            EXPECT_NEAR(got.*component, want.*component, 2)
                                << static_cast<int>(format) << " " << static_cast<int>(range) << " "
                                << static_cast<int>(matrix) << ", bar " << bar;
                        }
                    }
                }
            }
        }
    }
}

TEST(DirectConversion, GrayStaysGrayAndFullRangeBecomesLimitedToTheCode) {
    DirectConversion direct;
    for (const PixelFormat format : formats) {
        const VideoFrame ramp = picture(format, [](int x, int) { return Code{x, 128, 128}; });
        const auto made = direct.convert(ramp, ColorRange::Full, ColorMatrix::Bt601);
        ASSERT_TRUE(made.has_value());
        for (int x = 0; x < width_px; ++x) {
            const int want = static_cast<int>(std::lround(16.0 + x * 219.0 / 255.0));
            EXPECT_EQ(code_at(*made, x, 5), (Code{want, 128, 128}));
        }
    }
}

TEST(DirectConversion, WhatIsRightAlreadyKeepsEveryCode) {
    DirectConversion direct;
    const VideoFrame source = picture(PixelFormat::I420, [](int x, int y) {
        return Code{16 + (7 * x + 3 * y) % 220, 60 + x / 2, 200 - x / 2};
    });
    const auto made = direct.convert(source, ColorRange::Limited, ColorMatrix::Bt709);
    ASSERT_TRUE(made.has_value());
    for (int y = 0; y < height_px; ++y) {
        for (int x = 0; x < width_px; ++x) EXPECT_EQ(code_at(*made, x, y), code_at(source, x, y));
    }
}

TEST(DirectConversion, TheFrameSaysWhatItIsAndKeepsItsTime) {
    VideoFrame source = picture(PixelFormat::I422, [](int, int) { return Code{90, 110, 140}; });
    source.sequence = 77;
    source.captured_at = CaptureTime(std::chrono::seconds(5));
    const auto made = DirectConversion().convert(source, ColorRange::Full, ColorMatrix::Bt601);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->format, PixelFormat::I420);
    EXPECT_EQ(made->range, ColorRange::Limited);
    EXPECT_EQ(made->matrix, ColorMatrix::Bt709);
    EXPECT_EQ(made->sequence, 77U);
    EXPECT_EQ(made->captured_at, source.captured_at);
}

TEST(DirectConversion, AFrameThatIsHeldIsNeverPaintedOverEvenAfterTheEnd) {
    const auto gray = [](int level) {
        return picture(PixelFormat::I420, [level](int, int) { return Code{level, 128, 128}; });
    };
    std::vector<VideoFrame> held;
    {
        DirectConversion direct;
        for (int level = 30; level < 60; ++level) {
            auto made = direct.convert(gray(level), ColorRange::Limited, ColorMatrix::Bt601);
            ASSERT_TRUE(made.has_value());
            if (level % 3 == 0) held.push_back(*made);
        }
    }
    ASSERT_EQ(held.size(), 10U);
    for (std::size_t at = 0; at < held.size(); ++at) {
        EXPECT_EQ(code_at(held[at], 100, 8).y, 30 + 3 * static_cast<int>(at));
    }
}

TEST(DirectConversion, LeavesOtherFormatsToTheFilters) {
    DirectConversion direct;
    VideoFrame frame = picture(PixelFormat::I420, [](int, int) { return Code{90, 128, 128}; });
    for (const PixelFormat format : {PixelFormat::I444, PixelFormat::Bgra, PixelFormat::Unspecified}) {
        frame.format = format;
        EXPECT_FALSE(direct.convert(frame, ColorRange::Full, ColorMatrix::Bt601).has_value());
    }
    frame.format = PixelFormat::I420;
    frame.height_px = 15;
    EXPECT_FALSE(direct.convert(frame, ColorRange::Full, ColorMatrix::Bt601).has_value());
}

}  // namespace
}  // namespace changji
