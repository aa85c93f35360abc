#include "analysis/picture/composition_meter.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

TEST(Composition, OfOneFaceFollowsItsBox) {
    const FaceBox face{0.4, 0.2, 0.15, 0.25};
    const Composition read = measure_composition(std::span(&face, 1));
    EXPECT_NEAR(*read.headroom_percent, 100 * (0.2 - 0.3 * 0.25), 1e-9);
    EXPECT_NEAR(*read.eye_line_percent, 30.0, 1e-9);
    EXPECT_NEAR(*read.side_room_percent, 40.0, 1e-9);
}

TEST(Composition, OfTwoPeopleTheWorseRoomAndTheMeanEyes) {
    const FaceBox faces[] = {{0.05, 0.3, 0.1, 0.2}, {0.6, 0.1, 0.1, 0.2}};
    const Composition read = measure_composition(faces);
    EXPECT_NEAR(*read.headroom_percent, 4.0, 1e-9) << "the taller one's";
    EXPECT_NEAR(*read.eye_line_percent, (38.0 + 18.0) / 2, 1e-9);
    EXPECT_NEAR(*read.side_room_percent, 5.0, 1e-9);
}

TEST(Composition, AHeadThatIsCutOffHasNegativeRoom) {
    const FaceBox face{0.4, 0.0, 0.2, 0.3};
    EXPECT_LT(*measure_composition(std::span(&face, 1)).headroom_percent, 0.0);
}

TEST(Composition, WithoutAFaceNothingIsRead) { EXPECT_FALSE(measure_composition({}).eye_line_percent); }

}  // namespace
}  // namespace changji
