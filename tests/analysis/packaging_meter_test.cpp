#include "analysis/picture/packaging_meter.hpp"

#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

/// A restless picture that is another one with each seed, inside bars of that many pixels.
VideoFrame scene(int seed, int left, int top, int right, int bottom, bool logo = false) {
    return test::paint_frame(1920, 1080, [&](int x, int y) {
        if (x < left || y < top || x >= 1920 - right || y >= 1080 - bottom) return test::Pixel{16, 128, 128};
        const bool in_logo = logo && x >= 1600 && x < 1760 && y >= 80 && y < 200;
        if (in_logo) return test::Pixel{static_cast<std::uint8_t>((x / 40 + y / 30) % 2 ? 220 : 60), 128, 128};
        return test::Pixel{static_cast<std::uint8_t>(60 + test::noise_at(x / 48 + 97 * seed, y / 48) % 150), 128, 128};
    });
}

PackagingReading read(int frames, int left, int top, int right, int bottom, bool logo = false, bool moves = true) {
    PackagingMeter meter;
    for (int i = 0; i < frames; ++i) {
        const VideoFrame frame = scene(moves ? i : 0, left, top, right, bottom, logo);
        meter.see(frame, make_thumbnail(frame));
    }
    return meter.read();
}

TEST(Packaging, LetterboxPillarboxAndOneBarAreMeasuredToThePixel) {
    const PackagingReading letterbox = read(12, 0, 138, 0, 138);
    EXPECT_NEAR(*letterbox.bars, 276.0 / 1080, 1e-9);
    EXPECT_EQ(letterbox.active_picture, (PixelRect{0, 138, 1920, 804}));
    EXPECT_NEAR(*read(12, 240, 0, 240, 0).bars, 480.0 / 1920, 1e-9);
    EXPECT_NEAR(*read(12, 0, 0, 0, 60).bars, 60.0 / 1080, 1e-9);
    EXPECT_EQ(*read(12, 0, 0, 0, 0).bars, 0.0);
}

TEST(Packaging, ALogoOverAMovingPictureIsFoundWhereItStands) {
    const PackagingReading with = read(20, 0, 0, 0, 0, true), without = read(20, 0, 0, 0, 0);
    ASSERT_TRUE(with.overlay);
    EXPECT_GT(*with.overlay, 0.002);
    EXPECT_TRUE(with.overlay_cells[Thumbnail::at(140, 11)]) << "the middle of the logo";
    ASSERT_TRUE(without.overlay);
    EXPECT_EQ(*without.overlay, 0.0);
}

TEST(Packaging, EachReasonForNoValueIsTold) {
    EXPECT_EQ(read(9, 0, 0, 0, 0).why_no_bars, NotMeasured::TooShort);
    EXPECT_EQ(read(20, 0, 0, 0, 0, true, false).why_no_overlay, NotMeasured::NothingMoves);
    PackagingMeter black;
    const VideoFrame dark = test::flat_frame({16, 128, 128});
    for (int i = 0; i < 12; ++i) black.see(dark, make_thumbnail(dark));
    EXPECT_EQ(black.read().why_no_bars, NotMeasured::OnlyBlack);
    EXPECT_FALSE(black.read().bars);
}

TEST(Packaging, ADarkPortraitHasNoBars) {
    CHANGJI_NEEDS_MEDIA("p03_man_too_dark_2320x3088.jpg");
    const VideoFrame frame = test::decode_picture(test::media_folder() / "p03_man_too_dark_2320x3088.jpg");
    PackagingMeter meter;
    for (int i = 0; i < 12; ++i) meter.see(frame, make_thumbnail(frame));
    EXPECT_EQ(meter.read().bars.value_or(0.0), 0.0);
}

}  // namespace
}  // namespace changji
