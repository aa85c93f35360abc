#include "analysis/picture/field_meter.hpp"

#include "tests/analysis/signals.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <gtest/gtest.h>

namespace changji {
namespace {

constexpr int width = 640, height = 360;

/// Smooth, as lenses draw: shades that rise and fall within 24 pixels across and 96 down.
int wave(int x, int y) { return std::abs((((4 * x + y) % 96) + 96) % 96 - 48) * 3 / 2; }

/// A textured block that moves by `step` pixels a moment before a textured wall.
std::uint8_t scene(int x, int y, int moment, int step) {
    const int from = 40 + moment * step;
    const bool inside = x >= from && x < from + 200 && y > 60 && y < 300;
    return static_cast<std::uint8_t>(inside ? 60 + wave(x - from, y) : 120 + wave(x, 2 * y) / 2);
}

/// `fields`: the odd lines are of the next half moment.
VideoFrame picture(int number, bool fields, int step) {
    return test::paint_frame(width, height, [&](int x, int y) {
        const int moment = 2 * number + (fields && y % 2 == 1 ? 1 : 0);
        return test::Pixel{scene(x, y, moment, step), 128, 128};
    });
}

FieldCount count_of(bool fields, int step, int pictures = 24) {
    FieldMeter meter;
    for (int i = 0; i < pictures; ++i) meter.see(picture(i, fields, step));
    return meter.count();
}

TEST(FieldMeter, WholePicturesThatMoveAreNotCombed) {
    for (const int step : {1, 3, 8}) {
        const FieldCount count = count_of(false, step);
        EXPECT_GE(count.moving, 6) << step;
        EXPECT_EQ(count.combed, 0) << step;
    }
}

TEST(FieldMeter, LinesOfTwoMomentsAreFoundInEveryMovingPicture) {
    for (const int step : {1, 3, 8}) {
        const FieldCount count = count_of(true, step);
        EXPECT_GE(count.moving, 6) << step;
        EXPECT_EQ(count.combed, count.moving) << step;
    }
}

TEST(FieldMeter, WhatStandsStillDecidesNothing) {
    EXPECT_EQ(count_of(true, 0).moving, 0);
    EXPECT_EQ(count_of(false, 0).moving, 0);
}

TEST(FieldMeter, RepeatedPicturesAreNotCombed) {
    FieldMeter meter;
    for (int i = 0; i < 36; ++i) meter.see(picture(i / 2, false, 4));
    EXPECT_EQ(meter.count().combed, 0) << meter.count().moving;
}

TEST(FieldMeter, FineLinesThatMoveAreNotTakenForCombs) {
    FieldMeter meter;
    for (int i = 0; i < 24; ++i) {
        meter.see(test::paint_frame(width, height, [&](int x, int y) {
            const bool line = (y + i) % 4 < 2 && x > 100 && x < 500;
            return test::Pixel{static_cast<std::uint8_t>(line ? 200 : 60), 128, 128};
        }));
    }
    EXPECT_EQ(meter.count().combed, 0) << meter.count().moving;
}

TEST(FieldMeter, ANewSizeBeginsAnew) {
    FieldMeter meter;
    meter.see(picture(0, false, 3));
    meter.see(test::flat_frame({90, 128, 128}, 320, 180));
    meter.see(picture(1, false, 3));
    EXPECT_EQ(meter.count().moving, 0);
}

}  // namespace
}  // namespace changji
