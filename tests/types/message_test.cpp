#include "capture/types/message.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

TEST(Message, FieldsAreFilledByNumberInAnyOrder) {
    EXPECT_EQ(fill_fields("{1} before {0}", {"a", "b"}), "b before a");
    EXPECT_EQ(fill_fields("{0}{0}", {"ab"}), "abab");
    EXPECT_EQ(fill_fields("{9}", std::vector<std::string>(10, "x")), "x");
}

TEST(Message, FieldWithoutArgumentStays) {
    EXPECT_EQ(fill_fields("{0} and {1}", {"a"}), "a and {1}");
    EXPECT_EQ(fill_fields("{0}", {}), "{0}");
}

TEST(Message, WhatIsNoFieldStays) {
    for (const std::string text : {"", "{", "{}", "{0", "{a}", "{10}", "{ 0}", "}0{", "100 %"}) {
        EXPECT_EQ(fill_fields(text, {"X"}), text);
    }
    EXPECT_EQ(fill_fields("{{0}}", {"X"}), "{X}");
}

TEST(Message, ArgumentsAreNotFilledAgain) { EXPECT_EQ(fill_fields("{0}{1}", {"{1}", "b"}), "{1}b"); }

TEST(Message, ChineseTextPassesWhole) {
    EXPECT_EQ(fill_fields("文件“{0}”打不开。", {"访谈.mp4"}), "文件“访谈.mp4”打不开。");
}

TEST(Message, SayKeepsIdAndArgumentsApart) {
    const Message message = say("The file {0} has {1} frames.", "a.mp4", std::string("25"));
    EXPECT_EQ(message.id, "The file {0} has {1} frames.");
    EXPECT_EQ(message.args, (std::vector<std::string>{"a.mp4", "25"}));
    EXPECT_EQ(in_english(message), "The file a.mp4 has 25 frames.");
    EXPECT_FALSE(message.empty());
    EXPECT_TRUE(Message{}.empty());
}

}  // namespace
}  // namespace changji
