#include "capture/devices/v4l2_controls.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/capture/model_camera.hpp"

namespace changji {
namespace {
using test::ModelCamera;

ControlState state_of(const V4l2Controls& controls, ControlId id) {
    for (const ControlState& state : controls.list()) {
        if (state.id == id) return state;
    }
    ADD_FAILURE() << "no " << control_id(id);
    return {};
}

void expect_refusal(const Status& status, ErrorKind kind, const std::string& part) {
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, kind);
    const std::string sentence = in_english(status.error().message);
    EXPECT_NE(sentence.find(part), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("Studio Cam"), std::string::npos) << sentence;
}

TEST(V4l2Controls, AreListedWithRangeStandardAndAutomatic) {
    ModelCamera camera;
    const std::vector<ControlState> expected{
        {ControlId::Exposure, 3, 2047, 1, 250, 401, true, true},
        {ControlId::Gain, 0, 255, 1, 0, 30, false, false},
        {ControlId::WhiteBalance, 2800, 6500, 10, 4600, 5001, true, true},
        {ControlId::Focus, 0, 250, 5, 0, 101, true, true},
        {ControlId::PowerLine, 0, 60, 10, 60, 60, false, false},
    };
    EXPECT_EQ(camera.controls().list(), expected);
}

TEST(V4l2Controls, ReadOnlyAndDisabledOnesCountAsMissing) {
    ModelCamera camera;
    camera.at(V4L2_CID_GAIN).flags = V4L2_CTRL_FLAG_DISABLED;
    camera.at(V4L2_CID_POWER_LINE_FREQUENCY).flags = V4L2_CTRL_FLAG_READ_ONLY;
    camera.at(V4L2_CID_AUTO_WHITE_BALANCE).flags = V4L2_CTRL_FLAG_READ_ONLY;
    const auto states = camera.controls().list();
    ASSERT_EQ(states.size(), 3U);
    EXPECT_EQ(states[1].id, ControlId::WhiteBalance);
    EXPECT_FALSE(states[1].can_be_automatic) << "its switch can't be moved";
    expect_refusal(camera.controls().set({ControlId::Gain, 3}), ErrorKind::UnsupportedFormat,
                   "It has: exposure, white_balance, focus");
}

TEST(V4l2Controls, AValueIsWrittenAfterTheAutomaticIsOff) {
    ModelCamera camera;
    ASSERT_TRUE(camera.controls().set({ControlId::Exposure, 120}));
    EXPECT_EQ(camera.written, (std::vector<std::uint32_t>{V4L2_CID_EXPOSURE_AUTO, V4L2_CID_EXPOSURE_ABSOLUTE}));
    EXPECT_EQ(camera.at(V4L2_CID_EXPOSURE_AUTO).value, V4L2_EXPOSURE_MANUAL);
    EXPECT_EQ(state_of(camera.controls(), ControlId::Exposure),
              (ControlState{ControlId::Exposure, 3, 2047, 1, 250, 120, true, false}));
}

TEST(V4l2Controls, AutomaticExposureIsWhatTheMenuOffers) {
    ModelCamera camera;
    camera.at(V4L2_CID_EXPOSURE_AUTO).value = V4L2_EXPOSURE_MANUAL;
    ASSERT_TRUE(camera.controls().set({ControlId::Exposure, std::nullopt}));
    EXPECT_EQ(camera.at(V4L2_CID_EXPOSURE_AUTO).value, V4L2_EXPOSURE_APERTURE_PRIORITY);

    camera.at(V4L2_CID_EXPOSURE_AUTO) = {0, 2, 1, 0, V4L2_EXPOSURE_SHUTTER_PRIORITY, {0, 2}};
    EXPECT_FALSE(state_of(camera.controls(), ControlId::Exposure).automatic) << "the shutter is the user's";
    ASSERT_TRUE(camera.controls().set({ControlId::Exposure, std::nullopt}));
    EXPECT_EQ(camera.at(V4L2_CID_EXPOSURE_AUTO).value, V4L2_EXPOSURE_AUTO);
    ASSERT_TRUE(camera.controls().set({ControlId::Exposure, 100}));
    EXPECT_EQ(camera.at(V4L2_CID_EXPOSURE_AUTO).value, V4L2_EXPOSURE_SHUTTER_PRIORITY);
}

TEST(V4l2Controls, AValueOutsideTheRangeIsRefusedWithTheRange) {
    ModelCamera camera;
    for (const int value : {2799, 6501, -1}) {
        const Status set = camera.controls().set({ControlId::WhiteBalance, value});
        expect_refusal(set, ErrorKind::InvalidConfig, "from 2800 to 6500");
        EXPECT_NE(in_english(set.error().message).find("white_balance=" + std::to_string(value)), std::string::npos);
    }
    EXPECT_TRUE(camera.written.empty()) << "and the automatic stays on";
}

TEST(V4l2Controls, AValueBetweenStepsBecomesTheNearest) {
    ModelCamera camera;
    for (const auto& [asked, used] : {std::pair{2804, 2800}, {2805, 2810}, {6500, 6500}, {6496, 6500}}) {
        ASSERT_TRUE(camera.controls().set({ControlId::WhiteBalance, asked}));
        EXPECT_EQ(camera.at(V4L2_CID_WHITE_BALANCE_TEMPERATURE).value, used) << asked;
    }
    camera.at(V4L2_CID_FOCUS_ABSOLUTE).max = 253;  // no step reaches the end
    ASSERT_TRUE(camera.controls().set({ControlId::Focus, 253}));
    EXPECT_EQ(camera.at(V4L2_CID_FOCUS_ABSOLUTE).value, 250);
}

TEST(V4l2Controls, WhatHasNoAutomaticCantBeSetToIt) {
    ModelCamera camera;
    expect_refusal(camera.controls().set({ControlId::Gain, std::nullopt}), ErrorKind::UnsupportedFormat,
                   "from 0 to 255");
    expect_refusal(camera.controls().set({ControlId::PowerLine, std::nullopt}), ErrorKind::UnsupportedFormat,
                   "off, 50, 60");
}

TEST(V4l2Controls, PowerLineIsGivenInHertz) {
    ModelCamera camera;
    for (const auto& [hz, item] : {std::pair{50, 1}, {0, 0}, {60, 2}}) {
        ASSERT_TRUE(camera.controls().set({ControlId::PowerLine, hz}));
        EXPECT_EQ(camera.at(V4L2_CID_POWER_LINE_FREQUENCY).value, item);
        EXPECT_EQ(state_of(camera.controls(), ControlId::PowerLine).value, hz);
    }
    camera.at(V4L2_CID_POWER_LINE_FREQUENCY) = {1, 3, 1, 1, 1, {1, 2, 3}};  // always against flicker
    expect_refusal(camera.controls().set({ControlId::PowerLine, 0}), ErrorKind::InvalidConfig, "It offers: 50, 60");
    ASSERT_TRUE(camera.controls().set({ControlId::PowerLine, std::nullopt}));
    EXPECT_EQ(state_of(camera.controls(), ControlId::PowerLine),
              (ControlState{ControlId::PowerLine, 50, 60, 10, 50, 0, true, true}));
}

TEST(V4l2Controls, AnAutomaticWithoutAValueCanBeHeld) {
    ModelCamera camera;
    camera.remove(V4L2_CID_WHITE_BALANCE_TEMPERATURE);
    EXPECT_EQ(state_of(camera.controls(), ControlId::WhiteBalance),
              (ControlState{ControlId::WhiteBalance, 0, 0, 1, 0, 0, true, true}));
    ASSERT_TRUE(camera.controls().set({ControlId::WhiteBalance, 0}));
    EXPECT_EQ(camera.at(V4L2_CID_AUTO_WHITE_BALANCE).value, 0);
    expect_refusal(camera.controls().set({ControlId::WhiteBalance, 4600}), ErrorKind::InvalidConfig, "from 0 to 0");
}

TEST(V4l2Controls, AClampWithoutAWordIsTold) {
    ModelCamera camera;
    camera.bend = [](std::uint32_t id, int value) { return id == V4L2_CID_GAIN ? std::min(value, 64) : value; };
    expect_refusal(camera.controls().set({ControlId::Gain, 200}), ErrorKind::Io, "gain=200 but uses 64");
    EXPECT_TRUE(camera.controls().set({ControlId::Gain, 64}));
}

TEST(V4l2Controls, ASettingThatIsIgnoredOnceIsRepeated) {
    ModelCamera camera;
    int ignored = 0;
    camera.bend = [&](std::uint32_t id, int value) {
        return id == V4L2_CID_EXPOSURE_AUTO && ignored++ < 2 ? camera.at(id).value : value;
    };
    ASSERT_TRUE(camera.controls().set({ControlId::Exposure, 90}));
    EXPECT_EQ(camera.at(V4L2_CID_EXPOSURE_ABSOLUTE).value, 90);
}

TEST(V4l2Controls, AnAutomaticThatCantBeLeftIsTold) {
    ModelCamera camera;
    camera.bend = [&](std::uint32_t id, int value) { return id == V4L2_CID_FOCUS_AUTO ? camera.at(id).value : value; };
    expect_refusal(camera.controls().set({ControlId::Focus, 90}), ErrorKind::Io, "does not leave automatic focus");
}

TEST(V4l2Controls, PassingFailuresOfUsbFirmwareAreTriedAgain) {
    ModelCamera camera;
    camera.write_errors = {EIO, EBUSY, EPIPE, 0, EIO};
    ASSERT_TRUE(camera.controls().set({ControlId::Exposure, 77}));
    EXPECT_EQ(camera.at(V4L2_CID_EXPOSURE_ABSOLUTE).value, 77);
}

TEST(V4l2Controls, FailuresThatStayAreToldAndTheAutomaticComesBack) {
    ModelCamera camera;
    camera.write_errors = {0, EIO, EIO, EIO, EIO, EIO};  // the switch works, the value doesn't
    expect_refusal(camera.controls().set({ControlId::Exposure, 77}), ErrorKind::Io, "exposure (Input/output error)");
    EXPECT_EQ(camera.at(V4L2_CID_EXPOSURE_AUTO).value, V4L2_EXPOSURE_APERTURE_PRIORITY);
    camera.write_errors = std::vector<int>(5, EBUSY);
    expect_refusal(camera.controls().set({ControlId::Gain, 7}), ErrorKind::DeviceBusy, "Another program holds gain");
}

TEST(V4l2Controls, AControlThatAnotherAutomaticRulesSaysSo) {
    ModelCamera camera;
    camera.at(V4L2_CID_GAIN).automatic = V4L2_CID_EXPOSURE_AUTO;
    expect_refusal(camera.controls().set({ControlId::Gain, 7}), ErrorKind::Io, "give exposure a number first");
    ASSERT_TRUE(camera.controls().set({ControlId::Exposure, 100}));
    EXPECT_TRUE(camera.controls().set({ControlId::Gain, 7}));
}

TEST(V4l2Controls, ACameraThatIsGoneIsLostNotWithoutControls) {
    ModelCamera camera;
    const V4l2Controls controls = camera.controls();
    camera.gone = true;
    EXPECT_TRUE(controls.list().empty());
    expect_refusal(controls.set({ControlId::Exposure, 77}), ErrorKind::DeviceLost, "was disconnected");
}

TEST(V4l2Controls, NonsenseOfFirmwareStaysWithinTheRange) {
    ModelCamera camera;
    camera.at(V4L2_CID_GAIN) = {10, 5, 0, 300, 9999};
    EXPECT_EQ(state_of(camera.controls(), ControlId::Gain), (ControlState{ControlId::Gain, 10, 10, 1, 10, 10}));
}

TEST(V4l2Controls, ANodeThatIsNotThereIsNotFound) {
    const auto opened = V4l2Controls::open("/nonexistent/video0", "Studio Cam");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::DeviceNotFound);
}

}  // namespace
}  // namespace changji
