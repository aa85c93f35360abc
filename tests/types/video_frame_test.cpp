#include "capture/types/video_frame.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace changji {
namespace {

void fill(WritablePlane plane, int width_px, int height_px, std::uint8_t value) {
    for (int row = 0; row < height_px; ++row) std::fill_n(plane.data + row * plane.stride_bytes, width_px, value);
}

bool is_filled(Plane plane, int width_px, int height_px, std::uint8_t value) {
    for (int row = 0; row < height_px; ++row) {
        const std::uint8_t* line = plane.data + row * plane.stride_bytes;
        if (!std::all_of(line, line + width_px, [value](std::uint8_t pixel) { return pixel == value; })) return false;
    }
    return true;
}

VideoFrame painted(int width_px, int height_px) {
    return make_i420_frame(width_px, height_px, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        fill(y, width_px, height_px, 100);
        fill(cb, width_px / 2, height_px / 2, 110);
        fill(cr, width_px / 2, height_px / 2, 120);
    });
}

TEST(MakeI420Frame, SaysOfItselfWhatItIs) {
    const VideoFrame frame = painted(1920, 1080);
    EXPECT_EQ(frame.width_px, 1920);
    EXPECT_EQ(frame.height_px, 1080);
    EXPECT_EQ(frame.format, PixelFormat::I420);
    EXPECT_EQ(frame.range, ColorRange::Limited);
    EXPECT_EQ(frame.matrix, ColorMatrix::Bt709);
    EXPECT_EQ(frame.sample_aspect_ratio, (Rational{1, 1}));
    EXPECT_EQ(frame.orientation, Orientation{});
}

TEST(MakeI420Frame, StridesAreMultiplesOf64AndHoldARow) {
    for (const int width_px : {2, 62, 64, 66, 1280, 1920, 3838}) {
        const VideoFrame frame = painted(width_px, 4);
        EXPECT_EQ(frame.planes[0].stride_bytes % 64, 0) << width_px;
        EXPECT_GE(frame.planes[0].stride_bytes, width_px);
        EXPECT_LT(frame.planes[0].stride_bytes, width_px + 64);
        EXPECT_GE(frame.planes[1].stride_bytes, width_px / 2);
        EXPECT_EQ(frame.planes[1].stride_bytes, frame.planes[2].stride_bytes);
    }
}

TEST(MakeI420Frame, PlanesDoNotOverlap) {
    // Painted whole, one after the other: an overlap would leave a later plane's value in an earlier one.
    for (const auto& [width_px, height_px] : {std::pair{2, 2}, {66, 34}, {1920, 1080}}) {
        const VideoFrame frame = painted(width_px, height_px);
        EXPECT_TRUE(is_filled(frame.planes[0], width_px, height_px, 100)) << width_px;
        EXPECT_TRUE(is_filled(frame.planes[1], width_px / 2, height_px / 2, 110)) << width_px;
        EXPECT_TRUE(is_filled(frame.planes[2], width_px / 2, height_px / 2, 120)) << width_px;
    }
}

TEST(VideoFrame, CopiesShareThePixelsAndKeepThemAlive) {
    VideoFrame copy;
    {
        const VideoFrame frame = painted(64, 64);
        copy = frame;
        EXPECT_EQ(copy.planes[0].data, frame.planes[0].data);
        EXPECT_EQ(copy.owner.use_count(), 2);
    }
    EXPECT_EQ(copy.owner.use_count(), 1);
    EXPECT_TRUE(is_filled(copy.planes[0], 64, 64, 100));
}

}  // namespace
}  // namespace changji
