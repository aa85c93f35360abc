#include "analysis/picture/picture_noise.hpp"

#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::flat_frame;
using test::paint_frame;
using test::Pixel;

constexpr double sigmas[] = {2.0, 4.0, 8.0, 16.0};

int luma_at(const VideoFrame& frame, int x, int y) {
    return frame.planes[0].data[frame.planes[0].stride_bytes * y + x];
}

/// The frame's luma with Gaussian noise, rounded and clipped to 8 bits.
VideoFrame with_noise(const VideoFrame& frame, double sigma_codes) {
    std::mt19937 random(1);
    std::normal_distribution<double> noise(0.0, sigma_codes);
    return paint_frame(frame.width_px, frame.height_px, [&](int x, int y) {
        const long code = std::lround(luma_at(frame, x, y) + noise(random));
        return Pixel{static_cast<std::uint8_t>(std::clamp(code, 0L, 255L)), 128, 128};
    });
}

/// Immerkaer's own form, a mean over the whole picture.
double whole_picture_noise(const VideoFrame& frame) {
    double sum = 0.0;
    for (int y = 1; y + 1 < frame.height_px; ++y) {
        for (int x = 1; x + 1 < frame.width_px; ++x) {
            const auto row = [&](int line) {
                return luma_at(frame, x - 1, line) - 2 * luma_at(frame, x, line) + luma_at(frame, x + 1, line);
            };
            sum += std::abs(row(y - 1) - 2 * row(y) + row(y + 1));
        }
    }
    return std::sqrt(std::numbers::pi / 2) / 6.0 * sum / ((frame.width_px - 2.0) * (frame.height_px - 2.0));
}

TEST(PictureNoise, FlatAndSlopingPicturesHaveNone) {
    EXPECT_DOUBLE_EQ(*measure_picture_noise(flat_frame({126, 128, 128})), 0.0);
    const auto slope = paint_frame(1920, 1080, [](int x, int y) {
        return Pixel{static_cast<std::uint8_t>(30 + x / 16 + y / 16), 128, 128};
    });
    EXPECT_LT(*measure_picture_noise(slope), 0.5);
}

TEST(PictureNoise, ReadsKnownSigmaAddedToASyntheticPicture) {
    const auto slope = paint_frame(1920, 1080, [](int x, int y) {
        return Pixel{static_cast<std::uint8_t>(60 + x / 32 + y / 32), 128, 128};
    });
    for (const double sigma : sigmas)
        EXPECT_NEAR(*measure_picture_noise(with_noise(slope, sigma)), sigma, 0.15 * sigma);
}

TEST(PictureNoise, BusyTextureIsLessMistakenForNoiseThanByTheWholePictureForm) {
    // Grain of two pixels on three tiles in four, with a contrast of up to 160 codes.
    const auto busy = paint_frame(1920, 1080, [](int x, int y) {
        const int contrast = std::max(0, test::noise_at(x / 96, y / 96) - 64) * 160 / 191;
        return Pixel{static_cast<std::uint8_t>(60 + test::noise_at(x / 2, y / 2) * contrast / 255), 128, 128};
    });
    for (const double sigma : {4.0, 8.0}) {
        const VideoFrame noisy = with_noise(busy, sigma);
        const double by_block = *measure_picture_noise(noisy), by_picture = whole_picture_noise(noisy);
        EXPECT_NEAR(by_block, sigma, 0.15 * sigma);
        EXPECT_GT(by_picture, 1.3 * sigma);
    }
}

TEST(PictureNoise, BlackAndWhitePartsAreLeftOut) {
    // Clipping hides the noise on three quarters of the picture; the rest still reads true.
    const auto stage = paint_frame(1920, 1080, [](int x, int) {
        return Pixel{static_cast<std::uint8_t>(x < 480 ? 120 : x < 1200 ? 3 : 252), 128, 128};
    });
    EXPECT_NEAR(*measure_picture_noise(with_noise(stage, 4.0)), 4.0, 0.6);
}

TEST(PictureNoise, NothingIsReadFromAPictureThatIsNearlyAllBlackOrWhite) {
    EXPECT_FALSE(measure_picture_noise(flat_frame({16, 128, 128})));
    EXPECT_FALSE(measure_picture_noise(flat_frame({235, 128, 128})));
    // A column of blocks holds 17 of the 2,006: five are too few, eight are enough.
    const auto grey_columns = [](int width_px) {
        return paint_frame(1920, 1080, [=](int x, int) {
            return Pixel{static_cast<std::uint8_t>(x < width_px ? 120 : 16), 128, 128};
        });
    };
    EXPECT_FALSE(measure_picture_noise(grey_columns(6 * 16)));
    EXPECT_TRUE(measure_picture_noise(grey_columns(9 * 16)));
}

class RealPictureNoise : public testing::TestWithParam<const char*> {};

TEST_P(RealPictureNoise, ReadsKnownSigmaAddedToRealPictures) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    const auto clean = test::decode_picture(test::media_folder() / GetParam());
    // A picture's own noise adds in squares.
    const double own = *measure_picture_noise(clean);
    EXPECT_LT(own, 1.0) << "enlarged or reduced to 1080p, these pictures are smooth";
    for (const double sigma : sigmas) {
        const double both = std::hypot(sigma, own);
        EXPECT_NEAR(*measure_picture_noise(with_noise(clean, sigma)), both, 0.15 * both);
    }
}

INSTANTIATE_TEST_SUITE_P(Pictures, RealPictureNoise,
                         testing::Values("p01_webcam_man_window_side_1080p.jpg", "p03_man_too_dark_2320x3088.jpg",
                                         "p04_woman_street_bokeh.jpg", "p06_worker_helmet_dark_site.jpg",
                                         "p07_bar_woman_clutter_6000x4000.jpg", "v12_outdoor_city_640x360.mp4"));

}  // namespace
}  // namespace changji
