#include "analysis/picture/background_meter.hpp"

#include "tests/analysis/signals.hpp"

#include <cmath>
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::paint_frame;
using test::Pixel;

/// A thumbnail with luma `colour(x, y)` and neutral colour.
Thumbnail small_picture(const std::function<int(int, int)>& luma) {
    Thumbnail small;
    small.blue.fill(128);
    small.red.fill(128);
    for (int y = 0; y < Thumbnail::height; ++y) {
        for (int x = 0; x < Thumbnail::width; ++x)
            small.luma[Thumbnail::at(x, y)] = static_cast<std::uint8_t>(luma(x, y));
    }
    return small;
}

TEST(BackgroundMeter, PlainWallReadsZeroAndNoiseNearlyOne) {
    const auto plain = test::flat_frame({126, 120, 135});
    EXPECT_DOUBLE_EQ(*measure_clutter(make_thumbnail(plain), {}), 0.0);
    const auto noisy = paint_frame(1920, 1080, [](int x, int y) {
        return Pixel{test::noise_at(x / 24, y / 24), 128, 128};
    });
    EXPECT_GT(*measure_clutter(make_thumbnail(noisy), {}), 0.9);
}

TEST(BackgroundMeter, OneVerticalEdgeIsTwoColumnsWide) {
    const auto step = small_picture([](int x, int) { return x < 80 ? 60 : 180; });
    EXPECT_DOUBLE_EQ(*measure_clutter(step, {}), 2.0 / 158.0);
}

TEST(BackgroundMeter, EdgeCountsFromAGradientOfTwelveFullRangeCodes) {
    // A step of s codes has the gradient 4·s·(255/219)/8; 12 lies between s = 20 (11.6) and s = 21 (12.2).
    EXPECT_DOUBLE_EQ(*measure_clutter(small_picture([](int x, int) { return x < 80 ? 100 : 120; }), {}), 0.0);
    EXPECT_GT(*measure_clutter(small_picture([](int x, int) { return x < 80 ? 100 : 121; }), {}), 0.0);
}

TEST(BackgroundMeter, ColourAloneMakesAnEdgeAtHalfTheStep) {
    // Chroma counts four times in g²: 2·4·s·(255/224)/8 > 12 from s = 11 (12.5) on.
    auto colour = small_picture([](int, int) { return 120; });
    const auto step = [&](int codes) {
        for (std::size_t i = 0; i < colour.blue.size(); ++i)
            colour.blue[i] = static_cast<std::uint8_t>(i % 160 < 80 ? 128 : 128 + codes);
        return *measure_clutter(colour, {});
    };
    EXPECT_DOUBLE_EQ(step(10), 0.0);
    EXPECT_GT(step(11), 0.0);
}

TEST(BackgroundMeter, ClutterOnTheSubjectDoesNotCount) {
    const std::vector<FaceBox> face{{0.42, 0.25, 0.16, 0.28}};
    const SubjectMask subject = mask_subjects(face);
    const auto busy_person =
        small_picture([&](int x, int y) { return subject[Thumbnail::at(x, y)] ? test::noise_at(x, y) : 120; });
    EXPECT_GT(*measure_clutter(busy_person, {}), 0.2);
    EXPECT_DOUBLE_EQ(*measure_clutter(busy_person, subject), 0.0);
}

TEST(BackgroundMeter, SubjectsOutlineIsNoClutter) {
    const SubjectMask subject = mask_subjects(std::vector<FaceBox>{{0.42, 0.25, 0.16, 0.28}});
    const auto cut_out = small_picture([&](int x, int y) { return subject[Thumbnail::at(x, y)] ? 40 : 200; });
    EXPECT_DOUBLE_EQ(*measure_clutter(cut_out, subject), 0.0);
}

TEST(BackgroundMeter, ReadsTheDefinitionToTheIntegerOnNoiseOfEveryContrast) {
    // The definition written out pixel by pixel in 64-bit integers.
    const auto squared_gradient = [](const Thumbnail::Component& c, int x, int y) {
        const auto at = [&](int dx, int dy) { return std::int64_t{c[Thumbnail::at(x + dx, y + dy)]}; };
        std::int64_t across = 0, down = 0;
        for (int i = -1; i <= 1; ++i) {
            across += (2 - std::abs(i)) * (at(1, i) - at(-1, i));
            down += (2 - std::abs(i)) * (at(i, 1) - at(i, -1));
        }
        return across * across + down * down;
    };
    const SubjectMask subject = mask_subjects(std::vector<FaceBox>{{0.42, 0.25, 0.16, 0.28}, {0.0, 0.1, 0.1, 0.2}});
    for (const int contrast : {2, 12, 40, 255}) {
        Thumbnail noise;
        for (int y = 0; y < Thumbnail::height; ++y) {
            for (int x = 0; x < Thumbnail::width; ++x) {
                const auto component = [&](int shift) {
                    return static_cast<std::uint8_t>(test::noise_at(x + shift, y) * contrast / 255);
                };
                noise.luma[Thumbnail::at(x, y)] = component(0);
                noise.blue[Thumbnail::at(x, y)] = component(1000);
                noise.red[Thumbnail::at(x, y)] = component(2000);
            }
        }
        int background = 0, edges = 0;
        for (int y = 1; y < Thumbnail::height - 1; ++y) {
            for (int x = 1; x < Thumbnail::width - 1; ++x) {
                bool touches = false;
                for (int i = 0; i < 9; ++i) touches |= subject[Thumbnail::at(x + i % 3 - 1, y + i / 3 - 1)];
                if (touches) continue;
                ++background;
                const std::int64_t luma = squared_gradient(noise.luma, x, y);
                const std::int64_t chroma = squared_gradient(noise.blue, x, y) + squared_gradient(noise.red, x, y);
                // g² = (255/219)²·luma/64 + 4·(255/224)²·chroma/64 > 144, multiplied by 64·219²·224².
                edges += 65025 * (50176 * luma + 4 * 47961 * chroma) > std::int64_t{144} * 64 * 47961 * 50176;
            }
        }
        EXPECT_DOUBLE_EQ(*measure_clutter(noise, subject), static_cast<double>(edges) / background) << contrast;
    }
}

TEST(BackgroundMeter, NothingIsReadFromLessThanFifteenPercentBackground) {
    SubjectMask subject;
    subject.set();
    for (int y = 0; y < Thumbnail::height; ++y) {
        for (int x = 0; x < 22; ++x) subject.reset(Thumbnail::at(x, y));
    }
    const auto plain = small_picture([](int, int) { return 120; });
    EXPECT_FALSE(measure_clutter(plain, subject)) << "20 of 160 columns are left";
    for (int y = 0; y < Thumbnail::height; ++y) {
        for (int x = 22; x < 30; ++x) subject.reset(Thumbnail::at(x, y));
    }
    EXPECT_TRUE(measure_clutter(plain, subject)) << "28 of 160 columns are left";
}

TEST(SubjectMask, CoversHeadAndShouldersToTheLowerEdge) {
    const SubjectMask mask = mask_subjects(std::vector<FaceBox>{{0.45, 0.25, 0.10, 0.18}});
    EXPECT_TRUE(mask[Thumbnail::at(80, 30)]) << "face";
    EXPECT_TRUE(mask[Thumbnail::at(80, 16)]) << "hair";
    EXPECT_FALSE(mask[Thumbnail::at(80, 8)]) << "above the head";
    EXPECT_TRUE(mask[Thumbnail::at(80, 89)]) << "lower edge";
    EXPECT_TRUE(mask[Thumbnail::at(100, 60)]) << "shoulder";
    EXPECT_FALSE(mask[Thumbnail::at(100, 30)]) << "beside the face";
    EXPECT_FALSE(mask[Thumbnail::at(125, 89)]) << "beside the body";
}

TEST(SubjectMask, TwoPeopleAreJoined) {
    const FaceBox left{0.2, 0.3, 0.1, 0.18}, right{0.7, 0.3, 0.1, 0.18};
    EXPECT_EQ(mask_subjects(std::vector{left, right}),
              mask_subjects(std::vector{left}) | mask_subjects(std::vector{right}));
}

/// The template's definition, asked of every pixel.
SubjectMask pixel_by_pixel(const std::vector<FaceBox>& faces) {
    SubjectMask mask;
    for (int i = 0; i < Thumbnail::width * Thumbnail::height; ++i) {
        const double x = (i % Thumbnail::width + 0.5) / Thumbnail::width;
        const double y = (i / Thumbnail::width + 0.5) / Thumbnail::height;
        for (const FaceBox& face : faces) {
            if (face.width <= 0.0 || face.height <= 0.0) continue;
            const double across = (x - (face.x + face.width / 2)) / face.width;
            const double down = (y - (face.y + face.height / 2)) / face.height;
            const double chin = face.y + face.height;
            const double below = (y - chin) / face.height, lowest = (1.0 - chin) / face.height;
            const double torso =
                below < 0.6 ? std::lerp(0.7, 1.75, below / 0.6)
                            : std::lerp(1.75, 2.1, std::min(1.0, (below - 0.6) / std::max(lowest - 0.6, 1e-9)));
            if (std::hypot(across / 0.85, down / 1.05) <= 1.0 || (y >= chin && std::abs(across) <= torso)) {
                mask.set(static_cast<std::size_t>(i));
            }
        }
    }
    return mask;
}

TEST(SubjectMask, IsTheDefinitionToTheLastPixelForAnyFaces) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> place(-0.3, 1.3), size(-0.02, 0.6);
    for (int i = 0; i < 500; ++i) {
        std::vector<FaceBox> faces;
        for (int face = 0; face <= i % 3; ++face) {
            const double width = size(random);
            faces.push_back({place(random), place(random), width, i % 2 ? width * 16 / 9 : size(random)});
        }
        ASSERT_EQ(mask_subjects(faces), pixel_by_pixel(faces)) << "case " << i;
    }
    const std::vector<FaceBox> odd{{0.5, 0.5, 1e-6, 1e-6}, {-40.0, 0.2, 90.0, 0.1}, {0.25, 0.25, 0.5, 0.5}};
    for (const FaceBox& face : odd) EXPECT_EQ(mask_subjects(std::vector{face}), pixel_by_pixel({face}));
}

TEST(SubjectMask, NobodyMeansAllIsBackground) { EXPECT_TRUE(mask_subjects({}).none()); }

}  // namespace
}  // namespace changji
