#include "analysis/picture/evidence_picture.hpp"

#include "analysis/picture/background_meter.hpp"
#include "analysis/subject/face_tracker.hpp"
#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"
#include "tests/support/program.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

namespace fs = std::filesystem;
using test::flat_frame;
using test::paint_frame;
using test::Pixel;
using Colour = std::array<int, 3>;

Colour colour_at(const RgbPicture& picture, int x, int y) {
    const std::uint8_t* const pixel = picture.rgb.data() + picture.at(x, y);
    return {pixel[0], pixel[1], pixel[2]};
}

bool is_grey(const Colour& colour) { return colour[0] == colour[1] && colour[1] == colour[2]; }
bool is_warm(const Colour& colour) { return colour[0] > colour[1] + 10 && colour[1] >= colour[2]; }
bool is_cool(const Colour& colour) { return colour[2] > colour[0] + 10; }

void expect_near(const Colour& found, const Colour& expected, int tolerance) {
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(found[i], expected[i], tolerance) << "part " << i;
}

template <typename Predicate>
int count_pixels(const RgbPicture& picture, Predicate holds) {
    int count = 0;
    for (int y = 0; y < picture.height_px; ++y) {
        for (int x = 0; x < picture.width_px; ++x) count += holds(colour_at(picture, x, y), x, y);
    }
    return count;
}

TEST(EvidencePicture, TurnsBt709BarsIntoTheirRgb) {
    // 75 % bars in limited-range BT.709, and what they are made of.
    const std::vector<std::pair<Pixel, Colour>> bars{
        {{180, 128, 128}, {191, 191, 191}}, {{168, 44, 136}, {191, 191, 0}}, {{145, 147, 44}, {0, 191, 191}},
        {{133, 63, 52}, {0, 191, 0}},       {{63, 193, 204}, {191, 0, 191}}, {{51, 109, 212}, {191, 0, 0}},
        {{28, 212, 120}, {0, 0, 191}},      {{16, 128, 128}, {0, 0, 0}},     {{235, 128, 128}, {255, 255, 255}}};
    for (const auto& [pixel, colour] : bars) {
        const RgbPicture picture = to_rgb(flat_frame(pixel));
        EXPECT_EQ(picture.width_px, 1280);
        EXPECT_EQ(picture.height_px, 720);
        expect_near(colour_at(picture, 640, 360), colour, 2);
    }
}

TEST(EvidencePicture, AgreesWithTheConversionOfFfmpeg) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    // Smooth in luma and chroma, so that only the matrix differs and not the way chroma is enlarged.
    const VideoFrame frame = paint_frame(1280, 720, [](int x, int y) {
        return Pixel{static_cast<std::uint8_t>(40 + x / 8), static_cast<std::uint8_t>(90 + y / 10),
                     static_cast<std::uint8_t>(160 - x / 20)};
    });
    const test::TemporaryFolder folder;
    const fs::path raw = folder.path() / "frame.yuv";
    std::ofstream out(raw, std::ios::binary);
    for (std::size_t plane = 0; plane < 3; ++plane) {
        const int width = plane == 0 ? 1280 : 640, height = plane == 0 ? 720 : 360;
        for (int y = 0; y < height; ++y) {
            out.write(reinterpret_cast<const char*>(frame.planes[plane].data + y * frame.planes[plane].stride_bytes),
                      width);
        }
    }
    out.close();
    const auto theirs = test::run("ffmpeg -v error -f rawvideo -pix_fmt yuv420p -s 1280x720 -i '" + raw.string() +
                                  "' -vf scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=bilinear+"
                                  "accurate_rnd+full_chroma_int,format=rgb24 -f rawvideo -");
    const RgbPicture ours = to_rgb(frame);
    ASSERT_EQ(theirs.output.size(), ours.rgb.size());
    int worst = 0;
    for (std::size_t i = 0; i < ours.rgb.size(); ++i) {
        worst = std::max(worst, std::abs(ours.rgb[i] - static_cast<std::uint8_t>(theirs.output[i])));
    }
    EXPECT_LE(worst, 2);
}

TEST(ClutterEdges, AreTheOnesThatTheMeterCounts) {
    const Thumbnail small = make_thumbnail(paint_frame(1920, 1080, [](int x, int y) {
        return Pixel{static_cast<std::uint8_t>(100 + test::noise_at(x / 40, y / 40) / 6), 128, 128};
    }));
    for (const SubjectMask& subject : {SubjectMask(), mask_subjects(std::vector<FaceBox>{{0.42, 0.25, 0.16, 0.28}})}) {
        const EdgeMap edges = clutter_edges(small, subject);
        int background = 0;
        for (int y = 1; y + 1 < Thumbnail::height; ++y) {
            for (int x = 1; x + 1 < Thumbnail::width; ++x) {
                bool is_background = true;
                for (int dy = -1; dy <= 1; ++dy) {
                    for (int dx = -1; dx <= 1; ++dx) is_background &= !subject[Thumbnail::at(x + dx, y + dy)];
                }
                background += is_background;
                EXPECT_TRUE(is_background || !edges[Thumbnail::at(x, y)]) << x << ", " << y;
            }
        }
        const double share = *measure_clutter(small, subject);
        EXPECT_GT(share, 0.05);
        EXPECT_LT(share, 0.95);
        EXPECT_DOUBLE_EQ(share, static_cast<double>(edges.count()) / background);
    }
}

TEST(ClutterMap, OfAPlainWallIsTheDimmedPictureAlone) {
    const RgbPicture map = clutter_map(flat_frame({126, 110, 150}), {});
    // Luma 126 is 128 in full range.
    EXPECT_EQ(count_pixels(map, [](const Colour& c, int, int) { return c == Colour{54, 54, 54}; }), 1280 * 720);
}

TEST(ClutterMap, GlowsAlongAnEdgeAndNowhereElse) {
    const VideoFrame step = paint_frame(1920, 1080, [](int x, int) { return Pixel{std::uint8_t(x < 960 ? 70 : 160)}; });
    const RgbPicture map = clutter_map(step, {});
    // Thumbnail columns 79 and 80, which are the pixels 632 to 647, but not the first and last row.
    for (int y = 8; y < 712; ++y) {
        for (int x = 634; x < 646; ++x) ASSERT_TRUE(is_warm(colour_at(map, x, y))) << x << ", " << y;
    }
    EXPECT_EQ(
        count_pixels(map, [](const Colour& c, int x,
                             int) { return !is_grey(c) && (x < 632 - clutter_glow_px || x > 647 + clutter_glow_px); }),
        0);
}

TEST(ClutterMap, LoneEdgeIsRedAndManyAreYellow) {
    const VideoFrame frame = paint_frame(1920, 1080, [](int x, int y) {
        const bool busy = x > 1200 && y > 500;
        if (busy) return Pixel{std::uint8_t(test::noise_at(x / 18, y / 18) > 127 ? 150 : 90)};
        return Pixel{std::uint8_t(x > 300 && x < 312 && y > 300 && y < 312 ? 200 : 110)};
    });
    const RgbPicture map = clutter_map(frame, {});
    const auto share_of_green = [](const Colour& c) { return static_cast<double>(c[1]) / c[0]; };
    const Colour lone = colour_at(map, 196, 204), busy = colour_at(map, 1100, 560);
    ASSERT_TRUE(is_warm(lone));
    ASSERT_TRUE(is_warm(busy));
    EXPECT_LT(share_of_green(lone), 0.4);
    EXPECT_GT(share_of_green(busy), 0.6);
}

TEST(ClutterMap, SubjectHasACoolOutlineAndNoGlow) {
    const SubjectMask subject = mask_subjects(std::vector<FaceBox>{{0.42, 0.25, 0.16, 0.28}});
    const VideoFrame busy_person = paint_frame(1920, 1080, [&](int x, int y) {
        const bool inside = subject[Thumbnail::at(x / 12, y / 12)];
        return Pixel{inside ? test::noise_at(x / 12, y / 12) : std::uint8_t{126}};
    });
    const RgbPicture map = clutter_map(busy_person, subject);
    EXPECT_EQ(count_pixels(map, [](const Colour& c, int, int) { return is_warm(c); }), 0);
    // All around the subject, each pixel within 20 of where the mask changes.
    EXPECT_GT(count_pixels(map, [](const Colour& c, int, int) { return is_cool(c); }), 2'000);
    EXPECT_EQ(
        count_pixels(map,
                     [&](const Colour& c, int x, int y) {
                         if (!is_cool(c)) return false;
                         const auto in = [&](int px, int py) {
                             return subject[Thumbnail::at(std::clamp(px, 0, 1279) / 8, std::clamp(py, 0, 719) / 8)];
                         };
                         return in(x - 20, y) == in(x + 20, y) && in(x, y - 20) == in(x, y + 20) &&
                                in(x - 20, y - 20) == in(x + 20, y + 20);
                     }),
        0);
    EXPECT_TRUE(is_grey(colour_at(map, 640, 715))) << "no line along the lower edge";
}

TEST(LightMap, MarksBurntOutPixelsByCountAndPlace) {
    // 300 × 150 pixels of the frame are 200 × 100 of the map.
    const VideoFrame frame = paint_frame(1920, 1080, [](int x, int y) {
        return Pixel{std::uint8_t(x >= 600 && x < 900 && y >= 300 && y < 450 ? 235 : 126)};
    });
    const RgbPicture map = light_map(frame, {});
    const auto marked = [](const Colour& c) { return c == Colour{235, 0, 140} || c == Colour{255, 255, 255}; };
    EXPECT_EQ(count_pixels(map, [&](const Colour& c, int, int) { return marked(c); }), 200 * 100);
    EXPECT_TRUE(marked(colour_at(map, 400, 200)));
    EXPECT_TRUE(marked(colour_at(map, 599, 299)));
    const int pink = count_pixels(map, [](const Colour& c, int, int) { return c == Colour{235, 0, 140}; });
    EXPECT_NEAR(pink, 10'000, 20) << "every other stripe";
    EXPECT_EQ(colour_at(map, 450, 250), colour_at(map, 451, 249)) << "stripes rise to the right";
    EXPECT_EQ(count_pixels(map,
                           [&](const Colour& c, int, int) {
                               return !marked(c) && c != Colour{128, 128, 128};
                           }),
              0);
}

TEST(LightMap, MarksCrushedPixelsWithStripesTheOtherWay) {
    const VideoFrame frame =
        paint_frame(1920, 1080, [](int x, int y) { return Pixel{std::uint8_t(x < 300 && y < 150 ? 17 : 126)}; });
    const RgbPicture map = light_map(frame, {});
    const auto marked = [](const Colour& c) { return c == Colour{60, 130, 255} || c == Colour{0, 0, 0}; };
    EXPECT_EQ(count_pixels(map, [&](const Colour& c, int, int) { return marked(c); }), 200 * 100);
    for (int x = 20; x < 60; ++x) EXPECT_EQ(colour_at(map, x, 50), colour_at(map, x + 1, 51)) << "falling";
    EXPECT_EQ(count_pixels(map,
                           [&](const Colour& c, int, int) {
                               return !marked(c) && c != Colour{128, 128, 128};
                           }),
              0);
}

TEST(LightMap, LeavesTheCodesBesideTheLimitsAlone) {
    for (const std::uint8_t luma : {std::uint8_t{234}, std::uint8_t{18}}) {
        const RgbPicture map = light_map(flat_frame({luma, 128, 128}), {});
        EXPECT_EQ(count_pixels(map, [](const Colour& c, int, int) { return !is_grey(c) || c[0] == 255 || c[0] == 0; }),
                  0);
    }
}

TEST(LightMap, OutlinesTheFaceAndItsCore) {
    const std::vector<FaceBox> face{{0.4, 0.3, 0.2, 0.3}};  // 512..768 × 216..432, core 563..717 × 259..389
    const RgbPicture map = light_map(flat_frame({126, 128, 128}), face);
    const Colour bright{255, 255, 255}, plain{128, 128, 128};
    EXPECT_EQ(colour_at(map, 512, 300), bright);
    EXPECT_EQ(colour_at(map, 767, 300), bright);
    EXPECT_EQ(colour_at(map, 563, 300), bright);
    EXPECT_EQ(colour_at(map, 640, 259), bright);
    EXPECT_EQ(colour_at(map, 640, 330), plain) << "evenly lit: nothing lies over it";
    EXPECT_EQ(colour_at(map, 540, 240), plain);
    EXPECT_EQ(count_pixels(map, [&](const Colour& c, int x,
                                    int y) { return c != plain && (x < 509 || x > 771 || y < 213 || y > 435); }),
              0);
}

/// A face whose left half has the luma code `left`, the right one 126.
RgbPicture half_lit(std::uint8_t left) {
    const VideoFrame frame =
        paint_frame(1920, 1080, [=](int x, int) { return Pixel{x < 960 ? left : std::uint8_t{126}}; });
    return light_map(frame, std::vector<FaceBox>{{0.4, 0.3, 0.2, 0.3}});
}

TEST(LightMap, LaysAmberLinesOverTheDarkerHalfFromTwiceTheLightOn) {
    const auto is_amber = [](const Colour& c, int, int) { return c[0] > c[2] + 60; };
    const auto in_half = [&](int from, int to) {
        return [=](const Colour& c, int x, int y) { return is_amber(c, x, y) && x >= from && x < to; };
    };
    // y^2.4: 126 → 0.196; 99 → 0.100 is 1.96 times darker, 97 → 0.0959 2.05 times, 160 → 0.374 1.9 times brighter.
    EXPECT_EQ(count_pixels(half_lit(99), is_amber), 0);
    EXPECT_EQ(count_pixels(half_lit(160), is_amber), 0);
    const RgbPicture left_dark = half_lit(97);
    EXPECT_GT(count_pixels(left_dark, in_half(560, 640)), 1'500);
    EXPECT_EQ(count_pixels(left_dark, in_half(0, 560)) + count_pixels(left_dark, in_half(640, 1280)), 0);
    const RgbPicture right_dark = half_lit(180);
    EXPECT_GT(count_pixels(right_dark, in_half(640, 720)), 1'500);
    EXPECT_EQ(count_pixels(right_dark, in_half(0, 640)) + count_pixels(right_dark, in_half(720, 1280)), 0);
}

/// As a portable pixmap, which any viewer opens.
void write_ppm(const fs::path& file, const RgbPicture& picture) {
    std::ofstream out(file, std::ios::binary);
    out << "P6\n" << picture.width_px << ' ' << picture.height_px << "\n255\n";
    out.write(reinterpret_cast<const char*>(picture.rgb.data()), static_cast<std::streamsize>(picture.rgb.size()));
}

/// $CHANGJI_EVIDENCE_DIR keeps the pictures to be looked at.
fs::path folder_for_pictures(const test::TemporaryFolder& folder) {
    const char* const kept = std::getenv("CHANGJI_EVIDENCE_DIR");
    return kept ? fs::path(kept) : folder.path();
}

class EvidenceOfRealPictures : public ::testing::TestWithParam<const char*> {};

TEST_P(EvidenceOfRealPictures, MarksWhatTheMetersCounted) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    auto tracker = FaceTracker::open();
    if (!tracker) GTEST_SKIP() << "NOT TESTED: no face cascade on this machine";
    const VideoFrame frame = test::decode_picture(test::media_folder() / GetParam());
    tracker->see(frame);
    const auto faces = tracker->faces();
    ASSERT_EQ(faces.size(), 1U);
    const SubjectMask subject = mask_subjects(faces);
    const RgbPicture clutter = clutter_map(frame, subject), light = light_map(frame, faces);
    const test::TemporaryFolder temporary;
    const fs::path folder = folder_for_pictures(temporary);
    const std::string name = fs::path(GetParam()).stem().string();
    write_ppm(folder / (name + "-clutter.ppm"), clutter);
    write_ppm(folder / (name + "-light.ppm"), light);

    const double glowing = count_pixels(clutter, [](const Colour& c, int, int) { return is_warm(c); });
    const double edges = 64.0 * static_cast<double>(clutter_edges(make_thumbnail(frame), subject).count());
    EXPECT_GT(glowing, 0.8 * edges);
    EXPECT_LT(glowing, 3.5 * edges) << "a lone line glows three times its width";

    int burnt = 0;
    for (int y = 0; y < 1080; ++y) {
        for (int x = 0; x < 1920; ++x) burnt += frame.planes[0].data[y * frame.planes[0].stride_bytes + x] >= 235;
    }
    const int pink = count_pixels(light, [](const Colour& c, int, int) { return c == Colour{235, 0, 140}; });
    EXPECT_NEAR(pink * 2 * 2.25, burnt, 0.15 * burnt + 500) << "half of the stripes; 2.25 pixels of the frame each";
}
INSTANTIATE_TEST_SUITE_P(Pictures, EvidenceOfRealPictures,
                         ::testing::Values("p07_bar_woman_clutter_6000x4000.jpg",
                                           "p01_webcam_man_window_side_1080p.jpg",
                                           "v01_face_laptop_backlit_1080x720.mp4"));

}  // namespace
}  // namespace changji
