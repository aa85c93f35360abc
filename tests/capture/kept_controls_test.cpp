#include "capture/devices/kept_controls.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "tests/capture/model_camera.hpp"

namespace changji {
namespace {
using test::ModelCamera;

constexpr std::uint32_t exposure = V4L2_CID_EXPOSURE_ABSOLUTE, exposure_auto = V4L2_CID_EXPOSURE_AUTO;
constexpr std::uint32_t power_line = V4L2_CID_POWER_LINE_FREQUENCY;

int value_of(const KeptControls& controls, ControlId id) {
    for (const ControlState& state : controls.list()) {
        if (state.id == id) return state.value;
    }
    ADD_FAILURE() << "no " << control_id(id);
    return 0;
}

TEST(KeptControls, WishesAreSetAtTheFirstAttachAndEveryLaterOne) {
    KeptControls controls("Studio Cam", {{ControlId::PowerLine, 50}});
    for (int time = 0; time < 2; ++time) {
        ModelCamera camera;  // comes with its defaults each time
        EXPECT_TRUE(controls.attach(camera.controls()).empty());
        EXPECT_EQ(camera.at(power_line).value, 1);
        controls.detach();
    }
}

TEST(KeptControls, WhatCouldNotBeSetIsReportedAndTheRestIsSet) {
    ModelCamera camera;
    KeptControls controls("Studio Cam", {{ControlId::Exposure, 9999}, {ControlId::PowerLine, 50}});
    const auto errors = controls.attach(camera.controls());
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].kind, ErrorKind::InvalidConfig);
    EXPECT_EQ(camera.at(power_line).value, 1);
}

TEST(KeptControls, AWishWhileTheCameraIsAwayIsSetWhenItIsBack) {
    ModelCamera before, after;
    KeptControls controls("Studio Cam");
    controls.attach(before.controls());
    controls.detach();
    const Status set = controls.set({ControlId::Gain, 12});
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().kind, ErrorKind::DeviceLost);
    EXPECT_NE(in_english(set.error().message).find("gain will be set when it is back"), std::string::npos);
    EXPECT_EQ(value_of(controls, ControlId::Gain), 12) << "the list shows what will be";
    EXPECT_TRUE(controls.attach(after.controls()).empty());
    EXPECT_EQ(after.at(V4L2_CID_GAIN).value, 12);
    EXPECT_EQ(before.at(V4L2_CID_GAIN).value, 30);
}

TEST(KeptControls, ACameraThatVanishesIsAsGoodAsDetached) {
    ModelCamera camera;
    KeptControls controls("Studio Cam");
    controls.attach(camera.controls());
    camera.gone = true;
    EXPECT_EQ(controls.set({ControlId::Gain, 12}).error().kind, ErrorKind::DeviceLost);
    EXPECT_EQ(controls.list().size(), 5U) << "as they were last seen";
    camera.gone = false;
    EXPECT_TRUE(controls.attach(camera.controls()).empty());
    EXPECT_EQ(camera.at(V4L2_CID_GAIN).value, 12);
}

TEST(KeptControls, ARefusedWishIsForgotten) {
    ModelCamera camera;
    KeptControls controls("Studio Cam");
    controls.attach(camera.controls());
    EXPECT_FALSE(controls.set({ControlId::Gain, 9999}));
    EXPECT_TRUE(controls.attach(camera.controls()).empty());
}

TEST(KeptControls, ALockHoldsWhatWanderedAndAReleaseGivesItBack) {
    ModelCamera camera;
    KeptControls controls("Studio Cam");
    controls.attach(camera.controls());
    const int wandering = value_of(controls, ControlId::Exposure);
    ASSERT_LT(wandering, value_of(controls, ControlId::Exposure)) << "automatic before";

    EXPECT_EQ(controls.lock_automatic(),
              (std::vector<ControlId>{ControlId::Exposure, ControlId::WhiteBalance, ControlId::Focus}));
    const int held = value_of(controls, ControlId::Exposure);
    EXPECT_GT(held, wandering);
    EXPECT_LT(held, wandering + 10) << "where it stood";
    for (int time = 0; time < 3; ++time) EXPECT_EQ(value_of(controls, ControlId::Exposure), held);
    EXPECT_EQ(camera.at(power_line).value, 2) << "nobody asked for that";

    controls.release_automatic();
    EXPECT_EQ(camera.at(exposure_auto).value, V4L2_EXPOSURE_APERTURE_PRIORITY);
    EXPECT_EQ(camera.at(V4L2_CID_AUTO_WHITE_BALANCE).value, 1);
    EXPECT_EQ(camera.at(V4L2_CID_FOCUS_AUTO).value, 1);
}

TEST(KeptControls, FlickerSuppressionStaysAutomaticThroughALock) {
    ModelCamera camera;
    camera.at(power_line) = {0, 3, 1, 3, 3, {0, 1, 2, 3}};
    KeptControls controls("Studio Cam");
    controls.attach(camera.controls());
    EXPECT_EQ(controls.lock_automatic().size(), 3U);
    EXPECT_EQ(camera.at(power_line).value, 3);
}

TEST(KeptControls, WhatWasManualStaysManualThroughLockAndRelease) {
    ModelCamera camera;
    KeptControls controls("Studio Cam");
    controls.attach(camera.controls());
    ASSERT_TRUE(controls.set({ControlId::Exposure, 250}));
    EXPECT_EQ(controls.lock_automatic(), (std::vector<ControlId>{ControlId::WhiteBalance, ControlId::Focus}));
    controls.release_automatic();
    EXPECT_EQ(camera.at(exposure_auto).value, V4L2_EXPOSURE_MANUAL);
    EXPECT_EQ(camera.at(exposure).value, 250);
}

TEST(KeptControls, ACameraThatComesBackDuringALockStandsAsBefore) {
    ModelCamera before, after;
    KeptControls controls("Studio Cam", {{ControlId::PowerLine, 50}, {ControlId::WhiteBalance, std::nullopt}});
    before.at(V4L2_CID_GAIN).value = 99;  // set by another program: the take goes on with it all the same
    controls.attach(before.controls());
    controls.lock_automatic();
    controls.detach();
    EXPECT_TRUE(controls.attach(after.controls()).empty());
    for (const auto id : {exposure, std::uint32_t{V4L2_CID_WHITE_BALANCE_TEMPERATURE},
                          std::uint32_t{V4L2_CID_FOCUS_ABSOLUTE}, std::uint32_t{V4L2_CID_GAIN}, power_line}) {
        EXPECT_EQ(after.at(id).value, before.at(id).value) << id;
    }
    EXPECT_EQ(after.at(V4L2_CID_AUTO_WHITE_BALANCE).value, 0) << "the lock comes before the wish for automatic";

    controls.release_automatic();
    EXPECT_EQ(after.at(V4L2_CID_AUTO_WHITE_BALANCE).value, 1);
    EXPECT_EQ(after.at(V4L2_CID_GAIN).value, 99);
}

TEST(KeptControls, AReleaseWhileTheCameraIsAwayReachesItWhenItIsBack) {
    ModelCamera camera;  // stalled only: it comes back as it was left, held
    KeptControls controls("Studio Cam");
    controls.attach(camera.controls());
    controls.lock_automatic();
    controls.detach();
    controls.release_automatic();
    EXPECT_EQ(camera.at(exposure_auto).value, V4L2_EXPOSURE_MANUAL);
    EXPECT_TRUE(controls.attach(camera.controls()).empty());
    EXPECT_EQ(camera.at(exposure_auto).value, V4L2_EXPOSURE_APERTURE_PRIORITY);
    EXPECT_EQ(camera.at(V4L2_CID_FOCUS_AUTO).value, 1);

    camera.at(V4L2_CID_FOCUS_AUTO).value = 0;  // by another program, later: no business of ours
    controls.detach();
    controls.attach(camera.controls());
    EXPECT_EQ(camera.at(V4L2_CID_FOCUS_AUTO).value, 0);
}

TEST(KeptControls, ALockWhileTheCameraIsAwayHoldsWhatWasLastSeen) {
    ModelCamera before, after;
    KeptControls controls("Studio Cam");
    controls.attach(before.controls());
    const int seen = value_of(controls, ControlId::Exposure);
    controls.detach();
    EXPECT_EQ(controls.lock_automatic().size(), 3U);
    EXPECT_TRUE(controls.attach(after.controls()).empty());
    EXPECT_EQ(after.at(exposure).value, seen);
    EXPECT_EQ(after.at(exposure_auto).value, V4L2_EXPOSURE_MANUAL);
}

TEST(KeptControls, ASettingDuringALockIsKeptByItAndAfterIt) {
    ModelCamera camera, after;
    KeptControls controls("Studio Cam");
    controls.attach(camera.controls());
    controls.lock_automatic();
    ASSERT_TRUE(controls.set({ControlId::Exposure, 333}));
    EXPECT_TRUE(controls.lock_automatic().empty()) << "a second lock finds nothing to freeze";
    controls.detach();
    controls.attach(after.controls());
    EXPECT_EQ(after.at(exposure).value, 333);
    controls.release_automatic();
    EXPECT_EQ(after.at(exposure_auto).value, V4L2_EXPOSURE_MANUAL) << "it is the user's now";
    EXPECT_EQ(after.at(V4L2_CID_FOCUS_AUTO).value, 1);
}

TEST(KeptControls, AHoldNearTheValueCountsAsFrozen) {
    ModelCamera camera;
    KeptControls controls("Studio Cam");
    camera.bend = [](std::uint32_t id, int value) { return id == exposure ? value / 50 * 50 : value; };
    controls.attach(camera.controls());
    const auto frozen = controls.lock_automatic();
    EXPECT_EQ(frozen.front(), ControlId::Exposure) << "the sensor knows only some exposures";
    EXPECT_EQ(camera.at(exposure).value, 400);
}

TEST(KeptControls, WhatCantBeFrozenIsNotCalledFrozen) {
    ModelCamera camera;
    KeptControls controls("Studio Cam");
    camera.bend = [&](std::uint32_t id, int value) { return id == V4L2_CID_FOCUS_AUTO ? 1 : value; };
    controls.attach(camera.controls());
    EXPECT_EQ(controls.lock_automatic(), (std::vector<ControlId>{ControlId::Exposure, ControlId::WhiteBalance}));
}

TEST(KeptControls, AGainThatAutomaticExposureRulesIsHeldWithIt) {
    ModelCamera camera;
    KeptControls controls("Studio Cam");
    camera.at(V4L2_CID_GAIN).automatic = exposure_auto;
    camera.bend = [&](std::uint32_t id, int value) {
        if (id == exposure_auto && value == V4L2_EXPOSURE_MANUAL) camera.at(V4L2_CID_GAIN).value = 0;  // an older one
        return value;
    };
    controls.attach(camera.controls());
    controls.lock_automatic();
    EXPECT_GT(camera.at(V4L2_CID_GAIN).value, 30) << "as bright as before";
}

TEST(KeptControls, TheEndGivesBackWhatIsLocked) {
    ModelCamera camera;
    {
        KeptControls controls("Studio Cam");
        controls.attach(camera.controls());
        controls.lock_automatic();
    }
    EXPECT_EQ(camera.at(exposure_auto).value, V4L2_EXPOSURE_APERTURE_PRIORITY);
}

TEST(KeptControls, ThreadsMayMeet) {
    ModelCamera camera;
    KeptControls controls("Studio Cam");
    controls.attach(camera.controls());
    std::jthread coming_and_going([&](const std::stop_token& done) {
        while (!done.stop_requested()) {
            controls.detach();
            controls.attach(camera.controls());
        }
    });
    for (int time = 0; time < 200; ++time) {
        (void)controls.set({ControlId::Gain, time});
        controls.lock_automatic();
        EXPECT_EQ(controls.list().size(), 5U);
        controls.release_automatic();
    }
    coming_and_going.request_stop();
    coming_and_going.join();
    EXPECT_EQ(camera.at(V4L2_CID_GAIN).value, 199);
}

}  // namespace
}  // namespace changji
