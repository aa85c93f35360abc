#include "analysis/picture/sharpness.hpp"

#include "analysis/picture/picture_noise.hpp"
#include "analysis/subject/face_tracker.hpp"
#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

constexpr FaceBox face{0.4, 0.2, 0.2, 0.35};

/// Stripes of two tones, each edge a ramp of that width: finer ones on the face than behind it.
VideoFrame striped(int face_ramp_px, int background_ramp_px) {
    return test::paint_frame(1920, 1080, [&](int x, int y) {
        const bool on_face = x > 0.38 * 1920 && x < 0.62 * 1920 && y > 0.15 * 1080;
        const int ramp = on_face ? face_ramp_px : background_ramp_px, period = 60;
        const int at = x % period;
        const double edge = std::clamp(static_cast<double>(at < period / 2 ? at : period - at) / ramp, 0.0, 1.0);
        return test::Pixel{static_cast<std::uint8_t>(90 + 60 * edge), 128, 128};
    });
}

SharpnessReading read(const VideoFrame& frame, std::optional<double> noise = 0.0) {
    const std::vector<FaceBox> faces{face};
    return measure_sharpness(frame, faces, mask_subjects(faces), noise);
}

TEST(Sharpness, BlurringTheFaceLowersItsDetail) {
    const double sharp = *read(striped(1, 4)).face_detail, soft = *read(striped(6, 4)).face_detail;
    EXPECT_LT(soft, sharp / 4.0);
}

TEST(Sharpness, FocusFallsWithTheWidthOfTheFacesEdges) {
    const double on_face = *read(striped(2, 8)).focus;
    const double even = *read(striped(4, 4)).focus;
    const double behind = *read(striped(8, 2)).focus;
    EXPECT_GT(on_face, 1.0);
    EXPECT_NEAR(even, 0.0, 0.2);
    EXPECT_LT(behind, -1.0);
}

TEST(Sharpness, NothingIsReadWithoutAFaceOrWithoutKnownNoise) {
    const VideoFrame frame = striped(2, 4);
    const SharpnessReading none = measure_sharpness(frame, {}, SubjectMask{}, 0.0);
    EXPECT_FALSE(none.face_detail);
    EXPECT_FALSE(none.focus);
    EXPECT_FALSE(read(frame, std::nullopt).face_detail);
}

TEST(Sharpness, ThereIsNoFocusBeforeAPlainWallOrInHeavyNoise) {
    EXPECT_FALSE(read(test::flat_frame({120, 128, 128})).focus);
    EXPECT_FALSE(read(striped(2, 4), 9.0).focus);
    EXPECT_TRUE(read(striped(2, 4), 9.0).face_detail);
}

TEST(Sharpness, ASmallOrBlackFaceHasNoDetail) {
    const std::vector<FaceBox> small{{0.4, 0.4, 0.03, 0.05}};
    EXPECT_FALSE(measure_sharpness(striped(2, 4), small, mask_subjects(small), 0.0).face_detail);
    EXPECT_FALSE(read(test::flat_frame({18, 128, 128})).face_detail);
}

/// A real picture through an ffmpeg filter, with its face found in the unfiltered one.
double focus_of(const char* name, const std::string& filter) {
    const auto file = test::media_folder() / name;
    auto tracker = FaceTracker::open();
    const VideoFrame plain = test::decode_picture(file);
    tracker->see(plain);
    const auto faces = tracker->faces();
    if (filter.empty()) {
        return measure_sharpness(plain, faces, mask_subjects(faces), measure_picture_noise(plain)).focus.value_or(99.0);
    }
    const test::TemporaryFolder folder;
    const auto blurred = folder.path() / "blurred.png";
    const FaceBox& box = faces.at(0);
    const auto px = [](double share, int size) { return std::to_string(static_cast<int>(share * size)); };
    const std::string region =
        px(box.width, 1920) + ":" + px(box.height, 1080) + ":" + px(box.x, 1920) + ":" + px(box.y, 1080);
    const std::string command = "ffmpeg -v error -i '" + file.string() +
                                "' -frames:v 1 -vf 'scale=1920:1080:force_original_aspect_ratio=increase,"
                                "crop=1920:1080,split[a][b];[b]crop=" +
                                region + "," + filter + "[c];[a][c]overlay=" + px(box.x, 1920) + ":" + px(box.y, 1080) +
                                "' '" + blurred.string() + "'";
    EXPECT_EQ(test::run(command).exit_code, 0);
    const VideoFrame frame = test::decode_picture(blurred);
    return measure_sharpness(frame, faces, mask_subjects(faces), measure_picture_noise(frame)).focus.value_or(99.0);
}

TEST(Sharpness, RealFacesInFocusPassAndBlurredOnesFallBelowThem) {
    for (const char* name : {"p04_woman_street_bokeh.jpg", "p05_man_sofa_bookshelf_highkey.jpg"}) {
        CHANGJI_NEEDS_MEDIA(name);
        const double sharp = focus_of(name, "");
        EXPECT_GT(sharp, -1.0) << name;
        const double soft = focus_of(name, "gblur=sigma=5");
        EXPECT_LT(soft, sharp - 0.8) << name;
    }
}

}  // namespace
}  // namespace changji
