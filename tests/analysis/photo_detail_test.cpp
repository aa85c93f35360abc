#include "analysis/photos/photo_detail.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "analysis/photos/photo_tone.hpp"

namespace changji {
namespace {

struct Picture {
    int width, height;
    std::vector<double> luma;
    [[nodiscard]] double at(int x, int y) const {
        return luma[static_cast<std::size_t>(std::clamp(y, 0, height - 1) * width + std::clamp(x, 0, width - 1))];
    }
};

/// Blocks of every size with equal contrast: their power falls as 1/f², as that of a natural scene does.
Picture scene(int width, int height) {
    Picture picture{width, height, std::vector<double>(static_cast<std::size_t>(width * height), 128.0)};
    std::mt19937 random(7);
    for (int size = 1; size <= 64; size *= 2) {
        const int across = width / size + 1;
        std::vector<double> blocks(static_cast<std::size_t>(across * (height / size + 1)));
        for (double& block : blocks) block = static_cast<double>(random() % 2001) / 100.0 - 10.0;
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x)
                picture.luma[static_cast<std::size_t>(y * width + x)] +=
                    blocks[static_cast<std::size_t>(y / size * across + x / size)];
        }
    }
    return picture;
}

/// As a fair lens leaves it: half of the finest contrast.
Picture through_a_lens(Picture picture) {
    for (const auto& [dx, dy] : {std::pair(1, 0), std::pair(0, 1)}) {
        const Picture before = picture;
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x) {
                picture.luma[static_cast<std::size_t>(y * picture.width + x)] =
                    (before.at(x - dx, y - dy) + 6.0 * before.at(x, y) + before.at(x + dx, y + dy)) / 8.0;
            }
        }
    }
    return picture;
}

/// Catmull & Rom's cubic: what programs call bicubic.
std::array<double, 4> cubic_weights(double t) {
    return {((-0.5 * t + 1.0) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1.0, ((-1.5 * t + 2.0) * t + 0.5) * t,
            (0.5 * t - 0.5) * t * t};
}

Picture enlarged(const Picture& from, double factor) {
    Picture to{static_cast<int>(from.width * factor), static_cast<int>(from.height * factor), {}};
    for (int y = 0; y < to.height; ++y) {
        const int iy = static_cast<int>(y / factor);
        const auto across_y = cubic_weights(y / factor - iy);
        for (int x = 0; x < to.width; ++x) {
            const int ix = static_cast<int>(x / factor);
            const auto across_x = cubic_weights(x / factor - ix);
            double sum = 0.0;
            for (int j = 0; j < 4; ++j) {
                for (int i = 0; i < 4; ++i) {
                    sum += across_y[static_cast<std::size_t>(j)] * across_x[static_cast<std::size_t>(i)] *
                           from.at(ix + i - 1, iy + j - 1);
                }
            }
            to.luma.push_back(sum);
        }
    }
    return to;
}

VideoFrame frame_of(const Picture& picture) {
    VideoFrame frame =
        make_i420_frame(picture.width, picture.height, [&](WritablePlane y, WritablePlane, WritablePlane) {
            for (int row = 0; row < picture.height; ++row) {
                for (int x = 0; x < picture.width; ++x)
                    y.data[row * y.stride_bytes + x] =
                        static_cast<std::uint8_t>(std::clamp(std::lround(picture.at(x, row)), 0L, 255L));
            }
        });
    frame.range = ColorRange::Full;
    return frame;
}

TEST(PhotoDetail, ASharpSceneFillsItsPixels) {
    EXPECT_GT(detail_share(frame_of(through_a_lens(scene(1024, 768)))).value(), 0.9);
}

TEST(PhotoDetail, AnEnlargedSceneHoldsNoMoreThanItsOriginal) {
    EXPECT_LT(detail_share(frame_of(enlarged(through_a_lens(scene(512, 512)), 2.0))).value(), 0.6);
    EXPECT_LT(detail_share(frame_of(enlarged(through_a_lens(scene(512, 512)), 3.0))).value(), 0.4);
}

TEST(PhotoDetail, WhatIsTooSmallOrEmptyIsNotMeasured) {
    EXPECT_FALSE(detail_share(frame_of(scene(254, 512))));
    EXPECT_FALSE(detail_share(frame_of(Picture{512, 512, std::vector<double>(512 * 512, 90.0)})));
}

TEST(PhotoTone, StretchedLevelsLeaveGapsAndUntouchedOnesDoNot) {
    Picture picture = scene(1024, 768);
    EXPECT_EQ(measure_tone(frame_of(picture)).gaps_percent, 0.0);
    for (double& luma : picture.luma) luma = (std::round(luma) - 128.0) * 1.5 + 128.0;
    EXPECT_GT(measure_tone(frame_of(picture)).gaps_percent, 20.0);
}

TEST(PhotoTone, MedianAndEndsAreThoseOfTheStoredRange) {
    Picture picture{512, 512, std::vector<double>(512 * 512, 255.0)};
    std::fill(picture.luma.begin(), picture.luma.begin() + 512 * 128, 0.0);
    const PhotoTone tone = measure_tone(frame_of(picture));
    EXPECT_NEAR(tone.clipped_percent, 75.0, 0.01);
    EXPECT_NEAR(tone.crushed_percent, 25.0, 0.01);
    EXPECT_NEAR(tone.median_percent, 100.0, 0.01);
}

}  // namespace
}  // namespace changji
