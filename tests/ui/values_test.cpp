#include "ui/cli/values.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

TEST(Values, DurationsAreReadInEveryFormOfTheContract) {
    EXPECT_EQ(*parse_duration("90"), 90s);
    EXPECT_EQ(*parse_duration("90s"), 90s);
    EXPECT_EQ(*parse_duration("1:30"), 90s);
    EXPECT_EQ(*parse_duration("1:02:03"), 3723s);
    EXPECT_EQ(*parse_duration("2.5"), 2500ms);
}

TEST(Values, WhatIsNoDurationIsRefused) {
    for (const char* text :
         {"", "s", "soon", "0", "-1", "1:60", "1:2:3:4", "1:30s", "1e99", "nan", "90m", ":30", "1.5:10"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(Values, RatesOfATake) {
    EXPECT_EQ(*parse_rate("25"), std::optional(Rational{25, 1}));
    EXPECT_EQ(*parse_rate("auto"), std::nullopt);
    for (const char* text : {"24", "29.97", "", "fast", "25/1"}) EXPECT_FALSE(parse_rate(text)) << text;
}

TEST(Values, Crops) {
    EXPECT_EQ(*parse_crop("center"), std::nullopt);
    EXPECT_EQ(*parse_crop("10,20,640,360"), std::optional(CropRect{10, 20, 640, 360}));
    for (const char* text : {"", "1,2,3", "-1,0,640,360", "0,0,0,0", "0,0,99999,5", "a,b,c,d"}) {
        EXPECT_FALSE(parse_crop(text)) << text;
    }
}

}  // namespace
}  // namespace changji
