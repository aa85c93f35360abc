#include "analysis/picture/clutter_overlay.hpp"

#include "tests/analysis/signals.hpp"

#include <array>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::paint_frame;
using test::Pixel;

std::array<int, 4> at(const RgbaPicture& overlay, int x, int y) {
    const std::uint8_t* const pixel =
        overlay.rgba.data() + 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(overlay.width_px) + x);
    return {pixel[0], pixel[1], pixel[2], pixel[3]};
}

/// A plain wall whose right third is a chessboard of 24 pixels.
VideoFrame restless_at_the_right() {
    return paint_frame(1920, 1080, [](int x, int y) {
        const bool bright = (x / 24 + y / 24) % 2;
        return Pixel{static_cast<std::uint8_t>(x > 1280 && bright ? 200 : 60), 128, 128};
    });
}

TEST(ClutterOverlay, GlowsWhereTheBackgroundIsRestlessAndDimsTheRest) {
    const RgbaPicture overlay = clutter_overlay(restless_at_the_right(), {});
    const auto calm = at(overlay, 40, 45), restless = at(overlay, 135, 45);
    EXPECT_EQ(calm[0] + calm[1] + calm[2], 0) << "black";
    EXPECT_GT(calm[3], 90);
    EXPECT_GT(restless[0], 180) << "red to yellow";
    EXPECT_LT(restless[2], 90);
    EXPECT_GT(restless[3], 150);
}

TEST(ClutterOverlay, TheSubjectIsLeftOutAndOutlined) {
    const std::array face{FaceBox{0.70, 0.2, 0.15, 0.27}};
    const RgbaPicture overlay = clutter_overlay(restless_at_the_right(), mask_subjects(face));
    EXPECT_EQ(at(overlay, 124, 30)[3], 0) << "the face itself is clear";
    int outlined = 0;
    for (int x = 0; x < overlay.width_px; ++x) outlined += at(overlay, x, 30)[2] > 200;
    EXPECT_GE(outlined, 2) << "a cool line on both sides";
}

}  // namespace
}  // namespace changji
