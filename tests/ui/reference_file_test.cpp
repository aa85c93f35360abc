#include "ui/project/reference.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/media.hpp"

namespace changji {
namespace {

TEST(ReferenceFile, ComesBackAsItWasStored) {
    const test::TemporaryFolder folder;
    EXPECT_FALSE(*load_reference(folder.path()));
    Reference reference{"take-003.mp4", "2026-11-25T10:00:00+08:00", {}};
    reference.readings.set(Measure::LightFaceLuma, 41.3);
    reference.readings.set(Measure::SoundNoiseFloor, -63.0);
    ASSERT_TRUE(save_reference(folder.path(), reference));
    const auto back = load_reference(folder.path());
    ASSERT_TRUE(back && *back);
    EXPECT_EQ((*back)->made_from, "take-003.mp4");
    EXPECT_EQ((*back)->readings, reference.readings);
    ASSERT_TRUE(remove_reference(folder.path()));
    EXPECT_FALSE(*load_reference(folder.path()));
}

TEST(ReferenceFile, ANewProjectsFolderIsMade) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(save_reference(folder.path() / "new", Reference{}));
    EXPECT_TRUE(*load_reference(folder.path() / "new"));
}

TEST(ReferenceFile, ItsPictureComesBackAndGoesWithIt) {
    const test::TemporaryFolder folder;
    const auto missing = load_reference_picture(folder.path());
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::InvalidConfig);
    const VideoFrame half = make_i420_frame(1920, 1080, [](WritablePlane y, WritablePlane cb, WritablePlane cr) {
        for (int row = 0; row < 1080; ++row) {
            for (int x = 0; x < 1920; ++x) {
                y.data[row * y.stride_bytes + x] = static_cast<std::uint8_t>(x < 960 ? 60 : 180);
            }
        }
        std::fill_n(cb.data, cb.stride_bytes * 540, std::uint8_t{110});
        std::fill_n(cr.data, cr.stride_bytes * 540, std::uint8_t{140});
    });
    ASSERT_TRUE(save_reference(folder.path(), Reference{}, half));
    const auto back = load_reference_picture(folder.path());
    ASSERT_TRUE(back) << in_english(back.error().message);
    EXPECT_EQ(back->width_px, 1920);
    EXPECT_NEAR(back->planes[0].data[500 * back->planes[0].stride_bytes + 300], 60, 2);
    EXPECT_NEAR(back->planes[0].data[500 * back->planes[0].stride_bytes + 1500], 180, 2);
    EXPECT_NEAR(back->planes[1].data[200 * back->planes[1].stride_bytes + 300], 110, 2);
    ASSERT_TRUE(save_reference(folder.path(), Reference{}));
    EXPECT_FALSE(load_reference_picture(folder.path())) << "it belonged to other numbers";
    ASSERT_TRUE(save_reference(folder.path(), Reference{}, half));
    ASSERT_TRUE(remove_reference(folder.path()));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "reference.png"));
}

TEST(ReferenceFile, ABrokenOneIsNamedWithItsLineAndLeftAlone) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "reference.toml") << "made_from = \"x\"\nreadings = [[[\n";
    const auto read = load_reference(folder.path());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::InvalidConfig);
    EXPECT_NE(in_english(read.error().message).find("reference.toml"), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "reference.toml"));
}

TEST(ReferenceFile, MeasuresOfAnotherVersionArePassedOver) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "reference.toml") << "[readings]\n\"light.future\" = 3.0\n\"light.contrast\" = 0.2\n";
    const auto read = load_reference(folder.path());
    ASSERT_TRUE(read && *read);
    EXPECT_EQ((*read)->readings[Measure::LightContrast], 0.2);
}

}  // namespace
}  // namespace changji
