#include "analysis/picture/light_meter.hpp"

#include "analysis/picture/luma_histogram.hpp"
#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <cmath>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::flat_frame;
using test::paint_frame;
using test::Pixel;

constexpr FaceBox middle_face{0.4, 0.3, 0.2, 0.3};

Readings light_of(const VideoFrame& frame, std::vector<FaceBox> faces = {}) {
    return measure_light(frame, make_thumbnail(frame), faces, mask_subjects(faces));
}

/// Luma `inside` on the face's box, `outside` elsewhere.
VideoFrame face_and_wall(std::uint8_t inside, std::uint8_t outside) {
    return paint_frame(1920, 1080, [=](int x, int y) {
        return Pixel{x >= 768 && x < 1152 && y >= 324 && y < 648 ? inside : outside, 128, 128};
    });
}

TEST(LightMeter, FlatMidGrayReadsFiftyPercentWithoutContrastOrClipping) {
    const Readings light = light_of(flat_frame({126, 128, 128}), {middle_face});
    EXPECT_NEAR(*light[Measure::LightFaceLuma], 100.0 * 110 / 219, 1e-9);
    EXPECT_NEAR(*light[Measure::LightPictureLuma], 100.0 * 110 / 219, 1e-9);
    EXPECT_DOUBLE_EQ(*light[Measure::LightKeyFillRatio], 1.0);
    EXPECT_NEAR(*light[Measure::LightBacklight], 0.0, 1e-9);
    EXPECT_DOUBLE_EQ(*light[Measure::LightClipped], 0.0);
    EXPECT_DOUBLE_EQ(*light[Measure::LightCrushed], 0.0);
    EXPECT_DOUBLE_EQ(*light[Measure::LightContrast], 0.0);
    EXPECT_DOUBLE_EQ(*light[Measure::LightColourCast], 0.0);
}

TEST(LightMeter, HalfWhiteHalfBlackIsHalfClippedHalfCrushedWithContrastOneHalf) {
    const Readings light = light_of(paint_frame(1920, 1080, [](int x, int) {
        return Pixel{x < 960 ? std::uint8_t{235} : std::uint8_t{16}, 128, 128};
    }));
    EXPECT_DOUBLE_EQ(*light[Measure::LightClipped], 50.0);
    EXPECT_DOUBLE_EQ(*light[Measure::LightCrushed], 50.0);
    EXPECT_NEAR(*light[Measure::LightContrast], 0.5, 1e-9);
}

TEST(LightMeter, ClippingBeginsAtCode235AndCrushingEndsAt17) {
    EXPECT_DOUBLE_EQ(*light_of(flat_frame({234, 128, 128}))[Measure::LightClipped], 0.0);
    EXPECT_DOUBLE_EQ(*light_of(flat_frame({235, 128, 128}))[Measure::LightClipped], 100.0);
    EXPECT_DOUBLE_EQ(*light_of(flat_frame({18, 128, 128}))[Measure::LightCrushed], 0.0);
    EXPECT_DOUBLE_EQ(*light_of(flat_frame({17, 128, 128}))[Measure::LightCrushed], 100.0);
}

TEST(LightMeter, WithoutAFaceNothingIsSaidOfFaces) {
    const Readings light = light_of(flat_frame({126, 128, 128}));
    for (const Measure absent : {Measure::LightFaceLuma, Measure::LightKeyFillRatio, Measure::LightBacklight,
                                 Measure::LightFaceClipped, Measure::LightFaceCrushed}) {
        EXPECT_FALSE(light[absent]) << info(absent).id;
    }
    EXPECT_TRUE(light[Measure::LightPictureLuma]);
}

TEST(LightMeter, FaceAndPictureClippingAreApart) {
    const Readings light = light_of(face_and_wall(240, 100), {middle_face});
    EXPECT_DOUBLE_EQ(*light[Measure::LightFaceClipped], 100.0);
    EXPECT_NEAR(*light[Measure::LightClipped], 100.0 * 384 * 324 / (1920.0 * 1080), 1e-9);
}

TEST(LightMeter, WallOfTwiceTheLinearLightIsOneStopOfBacklight) {
    // l doubles when y grows by 2^(1/2.4): codes 104 (y = .402) and 133 (y = .534) are 0.987 stops apart.
    const Readings light = light_of(face_and_wall(104, 133), {middle_face});
    const double stops = 2.4 * std::log2((133 - 16) / (104.0 - 16));
    EXPECT_NEAR(stops, 0.987, 0.001);
    EXPECT_NEAR(*light[Measure::LightBacklight], stops, 1e-6);
}

TEST(LightMeter, KeyFillRatioIsOfLinearLightBetweenTheFacesHalves) {
    const auto frame = paint_frame(1920, 1080, [](int x, int) {
        return Pixel{x < 960 ? std::uint8_t{150} : std::uint8_t{110}, 128, 128};
    });
    EXPECT_NEAR(*light_of(frame, {middle_face})[Measure::LightKeyFillRatio], std::pow(134.0 / 94.0, 2.4), 1e-9);
}

TEST(LightMeter, HalfAFaceInTheBlackReadsTheLargestRatioAndNotInfinity) {
    const auto frame = paint_frame(1920, 1080, [](int x, int) {
        return Pixel{x < 960 ? std::uint8_t{150} : std::uint8_t{16}, 128, 128};
    });
    EXPECT_DOUBLE_EQ(*light_of(frame, {middle_face})[Measure::LightKeyFillRatio], 99.0);
}

TEST(LightMeter, ColourCastIsTheDistanceOfGreyFromGrey) {
    EXPECT_DOUBLE_EQ(*light_of(flat_frame({126, 131, 124}))[Measure::LightColourCast], 5.0);
    EXPECT_FALSE(light_of(flat_frame({126, 90, 170}))[Measure::LightColourCast]) << "no grey anywhere";
    EXPECT_FALSE(light_of(flat_frame({20, 131, 124}))[Measure::LightColourCast]) << "too dark to have a colour";
}

TEST(LightMeter, FaceOutsideThePictureIsNoFace) {
    EXPECT_FALSE(light_of(flat_frame({126, 128, 128}), {{1.2, 0.3, 0.2, 0.3}})[Measure::LightFaceLuma]);
}

/// What ffmpeg's signalstats reads of a frame's luma, by its name there.
std::map<std::string, double> signalstats(const VideoFrame& frame) {
    const test::TemporaryFolder folder;
    const auto raw = folder.path() / "f.yuv";
    std::string bytes;
    const auto take = [&](const Plane& plane, int width, int height) {
        for (int row = 0; row < height; ++row) {
            bytes.append(reinterpret_cast<const char*>(plane.data + row * plane.stride_bytes),
                         static_cast<std::size_t>(width));
        }
    };
    take(frame.planes[0], 1920, 1080);
    take(frame.planes[1], 960, 540);
    take(frame.planes[2], 960, 540);
    std::ofstream(raw, std::ios::binary) << bytes;
    const auto told = test::run("ffmpeg -v error -f rawvideo -pix_fmt yuv420p -s 1920x1080 -i '" + raw.string() +
                                "' -vf signalstats,metadata=print:file=- -f null -");
    std::map<std::string, double> stats;
    for (const std::string name : {"YAVG", "YLOW", "YHIGH"}) {
        const auto at = told.output.find(name + "=");
        if (at != std::string::npos) stats[name] = std::stod(told.output.substr(at + name.size() + 1));
    }
    return stats;
}

/// The code below which `percent` of the pixels lie.
int percentile(const LumaHistogram& histogram, double percent) {
    int code = 0;
    while (histogram.percent_at_or_below(code) < percent) ++code;
    return code;
}

class RealLight : public testing::TestWithParam<const char*> {};

TEST_P(RealLight, AgreesWithSignalstatsFromEveryFourthLine) {
    CHANGJI_NEEDS_MEDIA(GetParam());
    if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: ffmpeg is not on this machine";
    const auto frame = test::decode_picture(test::media_folder() / GetParam());
    const auto told = signalstats(frame);
    ASSERT_EQ(told.size(), 3u);
    for (const int line_step : {1, 4}) {
        LumaHistogram histogram;
        histogram.add(frame, {0, 0, 1920, 1080}, line_step);
        EXPECT_NEAR(histogram.mean_code(), told.at("YAVG"), 0.5) << "every " << line_step << "th line";
        EXPECT_NEAR(percentile(histogram, 10), told.at("YLOW"), 1) << "every " << line_step << "th line";
        EXPECT_NEAR(percentile(histogram, 90), told.at("YHIGH"), 1) << "every " << line_step << "th line";
    }
}

INSTANTIATE_TEST_SUITE_P(Pictures, RealLight,
                         testing::Values("p01_webcam_man_window_side_1080p.jpg", "p04_woman_street_bokeh.jpg",
                                         "p05_man_sofa_bookshelf_highkey.jpg", "p06_worker_helmet_dark_site.jpg",
                                         "p07_bar_woman_clutter_6000x4000.jpg"));

}  // namespace
}  // namespace changji
