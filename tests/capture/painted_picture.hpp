#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "capture/types/video_frame.hpp"
#include "tests/capture/colour_codes.hpp"

namespace changji::test {

/// Paints a picture from a colour for each pixel; writes it in any of VideoFrame's formats.
template <typename ColourAt>
VideoFrame painted_picture(int width, int height, PixelFormat format, ColorRange range, ColorMatrix matrix,
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

/// What Framing gives, whatever it was given.
inline void expect_right_kind(const VideoFrame& frame) {
    EXPECT_EQ(frame.width_px, 1920);
    EXPECT_EQ(frame.height_px, 1080);
    EXPECT_EQ(frame.format, PixelFormat::I420);
    EXPECT_EQ(frame.range, ColorRange::Limited);
    EXPECT_EQ(frame.matrix, ColorMatrix::Bt709);
    EXPECT_EQ(frame.sample_aspect_ratio, (Rational{1, 1}));
    EXPECT_EQ(frame.orientation, Orientation());
}

}  // namespace changji::test
