#include "analysis/picture/thumbnail.hpp"

#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::noise_at;
using test::paint_frame;
using test::Pixel;

/// Each pixel four times across and down. No plane of it has a size with a path of its own, so cv::resize makes its
/// thumbnail, and 16 times the sum by 16 times the area is the same float.
VideoFrame four_times_as_large(const VideoFrame& frame) {
    const auto at = [](const Plane& plane, int x, int y) { return plane.data[plane.stride_bytes * y + x]; };
    return paint_frame(frame.width_px * 4, frame.height_px * 4, [&](int x, int y) {
        return Pixel{at(frame.planes[0], x / 4, y / 4), at(frame.planes[1], x / 8, y / 8),
                     at(frame.planes[2], x / 8, y / 8)};
    });
}

void expect_the_same_as_area_interpolation(const VideoFrame& frame) {
    const Thumbnail fast = make_thumbnail(frame), by_opencv = make_thumbnail(four_times_as_large(frame));
    EXPECT_EQ(fast.luma, by_opencv.luma);
    EXPECT_EQ(fast.blue, by_opencv.blue);
    EXPECT_EQ(fast.red, by_opencv.red);
}

TEST(Thumbnail, IsAreaInterpolationOfNoiseToTheLastBit) {
    expect_the_same_as_area_interpolation(paint_frame(1920, 1080, [](int x, int y) {
        return Pixel{noise_at(x, y), noise_at(x + 5000, y), noise_at(x, y + 5000)};
    }));
}

TEST(Thumbnail, HalfACodeIsRoundedAsAreaInterpolationDoes) {
    // Every block's mean lies half a code above a whole one.
    const auto frame = paint_frame(1920, 1080, [](int x, int y) {
        const int block = x / 12 + y / 12;
        return Pixel{static_cast<std::uint8_t>(block + y % 2), static_cast<std::uint8_t>(block + y / 2 % 2),
                     static_cast<std::uint8_t>(block + x / 2 % 2)};
    });
    expect_the_same_as_area_interpolation(frame);
    const Thumbnail small = make_thumbnail(frame);
    EXPECT_EQ(small.luma[Thumbnail::at(1, 1)], 2) << "2.5";
    EXPECT_EQ(small.luma[Thumbnail::at(2, 1)], 4) << "3.5";
}

TEST(Thumbnail, IsAreaInterpolationOfARealPictureToTheLastBit) {
    CHANGJI_NEEDS_MEDIA("p05_man_sofa_bookshelf_highkey.jpg");
    expect_the_same_as_area_interpolation(
        test::decode_picture(test::media_folder() / "p05_man_sofa_bookshelf_highkey.jpg"));
}

}  // namespace
}  // namespace changji
