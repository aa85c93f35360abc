#include "ui/reference.hpp"

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
