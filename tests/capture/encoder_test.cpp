#include "capture/recorder.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

TEST(ParseEncoder, ReadsNameAndSpeed) {
    const Result<EncoderChoice> choice = parse_encoder("libx264:veryfast");
    ASSERT_TRUE(choice.has_value());
    EXPECT_EQ(choice->name, "libx264");
    EXPECT_EQ(choice->speed, "veryfast");
}

TEST(ParseEncoder, AutoAndABareNameMeanTheUsualSpeed) {
    ASSERT_TRUE(parse_encoder("auto").has_value());
    EXPECT_EQ(*parse_encoder("auto"), EncoderChoice{});
    ASSERT_TRUE(parse_encoder("libx264").has_value());
    EXPECT_EQ(*parse_encoder("libx264"), EncoderChoice{});
}

TEST(ParseEncoder, RefusesWhatIsNoUsableH264Encoder) {
    for (const char* text :
         {"", "nonsense", "aac", "libx265", "mpeg4", "libx264rgb", "libx264:warp", "libx264:", ":fast"}) {
        const Result<EncoderChoice> choice = parse_encoder(text);
        ASSERT_FALSE(choice.has_value()) << text;
        EXPECT_EQ(choice.error().kind, ErrorKind::InvalidConfig);
        EXPECT_FALSE(choice.error().message.empty());
    }
}

TEST(ParseEncoder, UnknownSpeedNamesTheKnownOnes) {
    const Result<EncoderChoice> choice = parse_encoder("libx264:warp");
    ASSERT_FALSE(choice.has_value());
    EXPECT_NE(in_english(choice.error().message).find("superfast"), std::string::npos);
}

}  // namespace
}  // namespace changji
