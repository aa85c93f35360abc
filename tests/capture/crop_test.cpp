#include <cmath>

#include <gtest/gtest.h>

#include "capture/framing.hpp"

namespace changji {
namespace {

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

}  // namespace
}  // namespace changji
