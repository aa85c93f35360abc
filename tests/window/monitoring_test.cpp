#include "ui/window/monitoring.hpp"

#include <gtest/gtest.h>

#include "fake_session.hpp"
#include "ui/window/view_state.hpp"

namespace changji {
namespace {

TEST(Monitoring, OneTintAtATimeAndTwiceIsNone) {
    Monitoring now = toggled({}, Aid::Zebra);
    EXPECT_TRUE(is_on(now, Aid::Zebra));
    now = toggled(now, Aid::FalseColour);
    EXPECT_TRUE(is_on(now, Aid::FalseColour));
    EXPECT_FALSE(is_on(now, Aid::Zebra));
    EXPECT_EQ(toggled(now, Aid::FalseColour), Monitoring{});
}

TEST(Monitoring, GuidesAndMagnificationGoThroughTheirsAndBack) {
    Monitoring now;
    for (const Guide expected : {Guide::Thirds, Guide::SafeAreas, Guide::FourByThree, Guide::Upright, Guide::None}) {
        now = toggled(now, Aid::Guides);
        EXPECT_EQ(now.guide, expected);
    }
    for (const int expected : {2, 4, 1}) {
        now = toggled(now, Aid::Magnify);
        EXPECT_EQ(now.magnification, expected);
    }
}

TEST(Monitoring, EveryAidHasAKeyThatWorksWhilePeopleTypeAndWhileRecording) {
    const std::array keys{"F5", "F6", "F7", "F8", "F9", "F10"};
    const std::array aids{Aid::FalseColour, Aid::Zebra, Aid::Peaking, Aid::Guides, Aid::Mirror, Aid::Magnify};
    test::FakeSession session;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        ViewState view;
        const auto action = action_for(keys[i], true, view);
        ASSERT_TRUE(action);
        perform(*action, session, view);
        EXPECT_TRUE(is_on(view.monitoring, aids[i]));
    }
    EXPECT_EQ(session.starts + session.stops, 0);
}

TEST(Monitoring, PlacesFollowThePictureMirroredAndMagnified) {
    const Area area{100, 50, 1600, 900};
    const auto at = [&](const Monitoring& monitoring, double x, double y) {
        const ImVec2 place = place_in(area, monitoring, x, y);
        return std::pair(place.x, place.y);
    };
    EXPECT_EQ(at({}, 0.25, 0.5), std::pair(500.0F, 500.0F));
    EXPECT_EQ(at({.mirrored = true}, 0.25, 0.5), std::pair(1300.0F, 500.0F));
    EXPECT_EQ(at({.magnification = 2}, 0.5, 0.25), std::pair(900.0F, 50.0F));
    EXPECT_EQ(at({.mirrored = true, .magnification = 2}, 0.25, 0.75), std::pair(1700.0F, 950.0F));
}

TEST(Monitoring, TheBandForFacesIsThePresets) {
    Preset preset;
    EXPECT_EQ(face_band(preset).to, 0.0F) << "none without a limit";
    MeterLimit limit;
    limit.measure = "light.face_luma_percent";
    limit.pass_min = 45;
    limit.pass_max = 72;
    preset.meters.push_back(limit);
    EXPECT_FLOAT_EQ(face_band(preset).from, 0.45F);
    EXPECT_FLOAT_EQ(face_band(preset).to, 0.72F);
}

}  // namespace
}  // namespace changji
