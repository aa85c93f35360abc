#include "capture/camera_controls.hpp"

#include <string>

#include <gtest/gtest.h>

namespace changji {
namespace {

TEST(CameraControls, NamesAndWishesAreReadBack) {
    for (const ControlId id :
         {ControlId::Exposure, ControlId::Gain, ControlId::WhiteBalance, ControlId::Focus, ControlId::PowerLine}) {
        const auto wish = parse_control_wish(control_id(id), "50");
        ASSERT_TRUE(wish) << control_id(id);
        EXPECT_EQ(*wish, (ControlWish{id, 50}));
        EXPECT_EQ(*parse_control_wish(control_id(id), "auto"), (ControlWish{id, std::nullopt}));
    }
    EXPECT_EQ(control_id(ControlId::WhiteBalance), "white_balance");
    EXPECT_EQ(control_id(ControlId::Unspecified), "");
}

TEST(CameraControls, OnlyThePowerLineCanBeOff) {
    EXPECT_EQ(*parse_control_wish("power_line", "off"), (ControlWish{ControlId::PowerLine, 0}));
    const auto gain = parse_control_wish("gain", "off");
    ASSERT_FALSE(gain);
    EXPECT_EQ(gain.error().kind, ErrorKind::InvalidConfig);
    EXPECT_NE(in_english(gain.error().message).find("\"gain=off\""), std::string::npos);
}

TEST(CameraControls, AnUnknownControlIsNamed) {
    for (const char* name : {"zoom", "", "Exposure"}) {
        const auto wish = parse_control_wish(name, "1");
        ASSERT_FALSE(wish);
        EXPECT_NE(in_english(wish.error().message).find("\"" + std::string(name) + "\""), std::string::npos);
    }
}

}  // namespace
}  // namespace changji
