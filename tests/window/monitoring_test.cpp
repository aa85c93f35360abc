#include "ui/window/monitoring.hpp"

#include <gtest/gtest.h>
#include <utility>

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
    for (const Guide expected :
         {Guide::Thirds, Guide::SafeAreas, Guide::FourByThree, Guide::Upright, Guide::Grid, Guide::None}) {
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

TEST(Monitoring, OnePictureScopeAndOneViewOfTheSoundAtATime) {
    Monitoring now;
    for (const PictureScope expected : {PictureScope::Waveform, PictureScope::Parade, PictureScope::None}) {
        now = toggled(now, Aid::Waveform);
        EXPECT_EQ(now.scope, expected);
    }
    now = toggled(toggled(now, Aid::Waveform), Aid::Vectorscope);
    EXPECT_EQ(now.scope, PictureScope::Vectorscope);
    EXPECT_FALSE(is_on(now, Aid::Waveform));
    now = toggled(now, Aid::Histogram);
    EXPECT_EQ(now.scope, PictureScope::Histogram);
    EXPECT_EQ(toggled(now, Aid::Histogram).scope, PictureScope::None);
    now = toggled(toggled(now, Aid::Spectrum), Aid::Phase);
    EXPECT_EQ(now.sound, SoundView::Phase);
    EXPECT_EQ(now.scope, PictureScope::Histogram) << "picture and sound don't know each other";
}

TEST(Monitoring, EveryAidIsOffAgainAfterItsLastForm) {
    for (int aid = 0; aid <= static_cast<int>(Aid::Phase); ++aid) {
        Monitoring now = toggled({}, static_cast<Aid>(aid));
        EXPECT_TRUE(is_on(now, static_cast<Aid>(aid))) << aid;
        EXPECT_NE(state_words(now, static_cast<Aid>(aid)), state_words({}, static_cast<Aid>(aid)));
        for (int press = 0; press < 6 && now != Monitoring{}; ++press) now = toggled(now, static_cast<Aid>(aid));
        EXPECT_EQ(now, Monitoring{}) << aid;
    }
}

TEST(Monitoring, ThePartThatIsShownFollowsMirrorAndMagnification) {
    const PicturePart whole = part_shown({});
    EXPECT_EQ(std::pair(whole.from.x, whole.to.x), std::pair(0.0F, 1.0F));
    const PicturePart middle = part_shown({.mirrored = true, .magnification = 2});
    EXPECT_EQ(std::pair(middle.from.x, middle.to.x), std::pair(0.75F, 0.25F));
    EXPECT_EQ(std::pair(middle.from.y, middle.to.y), std::pair(0.25F, 0.75F));
}

TEST(Comparison, WithoutAReferenceTheCrewIsToldWhatToDo) {
    test::FakeSession session;
    ViewState view;
    perform(ToggleAid{Aid::Compare}, session, view);
    EXPECT_FALSE(is_on(view.monitoring, Aid::Compare));
    ASSERT_EQ(view.messages.size(), 1U);
    EXPECT_NE(in_english(view.messages[0]).find("press F4"), std::string::npos) << in_english(view.messages[0]);
}

TEST(Comparison, ANewReferenceTakesThePlaceOfTheOneThatIsShown) {
    test::FakeSession session;
    session.reference = make_i420_frame(64, 36, [](WritablePlane, WritablePlane, WritablePlane) {});
    ViewState view;
    perform(ToggleAid{Aid::Compare}, session, view);
    EXPECT_TRUE(is_on(view.monitoring, Aid::Compare));
    EXPECT_TRUE(view.messages.empty());
    EXPECT_EQ(view.references_loaded, 1);
    perform(StoreReference{}, session, view);
    EXPECT_EQ(view.references_loaded, 2);
}

TEST(Tools, OpenWithOneKeyAndCloseWithItOrEscape) {
    test::FakeSession session;
    ViewState view;
    perform(*action_for("Q", false, view), session, view);
    EXPECT_EQ(view.overlay, Overlay::Tools);
    perform(*action_for("W", false, view), session, view);
    EXPECT_EQ(view.monitoring.scope, PictureScope::Waveform) << "the tools' own keys go on working";
    perform(Cancel{}, session, view);
    EXPECT_EQ(view.overlay, Overlay::None);
    EXPECT_EQ(view.monitoring.scope, PictureScope::Waveform);
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
