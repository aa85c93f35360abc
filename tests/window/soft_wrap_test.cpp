#include "ui/window/drawing/soft_wrap.hpp"

#include <gtest/gtest.h>
#include <random>

namespace changji {
namespace {

float one_each(char32_t) { return 1.0F; }

/// Three bytes of UTF-8.
std::string ideograph(int number) {
    const int code = 0x5000 + number;
    return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
}

/// A field of five characters a line.
class SoftWrapped : public testing::Test {
protected:
    void SetUp() override { text_.fit(5.0F, one_each); }
    /// The field's own way of editing: at a byte of what it shows.
    std::size_t replace(std::size_t from, std::size_t length, const std::string& put, std::size_t cursor_before) {
        std::string field = text_.shown();
        field.replace(from, length, put);
        return text_.edit(field, cursor_before, from + put.size());
    }
    SoftWrap text_;
};

TEST_F(SoftWrapped, BreaksAreShownAndNeverBecomePartOfTheText) {
    text_.set("一二三四五六七\n八");
    EXPECT_EQ(text_.shown(), "一二三四五\n六七\n八");
    EXPECT_EQ(text_.text(), "一二三四五六七\n八");
    EXPECT_EQ(text_.plain(0, text_.shown().size()), text_.text());
    EXPECT_EQ(text_.plain(12, 19), "五六") << "copied over a break";
}

TEST_F(SoftWrapped, TypingMovesWhatFollowsAndTheCursor) {
    text_.set("一二三四五六七");
    const std::size_t cursor = replace(3, 0, "新", 3);
    EXPECT_EQ(text_.text(), "一新二三四五六七");
    EXPECT_EQ(text_.shown(), "一新二三四\n五六七");
    EXPECT_EQ(cursor, 6U);
}

TEST_F(SoftWrapped, BackspaceAtABreakTakesTheCharacterBeforeIt) {
    text_.set("一二三四五六七");
    const std::size_t cursor = replace(15, 1, "", 16);
    EXPECT_EQ(text_.text(), "一二三四六七");
    EXPECT_EQ(cursor, 12U);
}

TEST_F(SoftWrapped, DeleteAtABreakTakesTheCharacterBehindIt) {
    text_.set("一二三四五六七");
    static_cast<void>(replace(15, 1, "", 15));
    EXPECT_EQ(text_.text(), "一二三四五七");
}

TEST_F(SoftWrapped, ARealBreakIsTakenAwayAsAnyCharacter) {
    text_.set("一二\n三四");
    static_cast<void>(replace(6, 1, "", 7));
    EXPECT_EQ(text_.text(), "一二三四");
}

TEST_F(SoftWrapped, EnterAtTheEndOfAFullLineMakesAParagraph) {
    text_.set("一二三四五六七");
    static_cast<void>(replace(15, 0, "\n", 15));
    EXPECT_EQ(text_.text(), "一二三四五\n六七");
}

TEST_F(SoftWrapped, AnyRandomEditGivesTheTextThatTheSameEditOfThePlainTextGives) {
    std::minstd_rand random(7);
    const auto below = [&](std::size_t count) { return static_cast<std::size_t>(random()) % count; };
    text_.set("一二三四五六七八九十，甲乙丙丁。\nabcdefg hij\n\n戊己庚辛");
    for (int round = 0; round < 400; ++round) {
        std::vector<std::size_t> places;  // where a character of the shown text begins
        for (std::size_t i = 0; i <= text_.shown().size(); ++i) {
            if (i == text_.shown().size() || (static_cast<unsigned char>(text_.shown()[i]) & 0xC0U) != 0x80U)
                places.push_back(i);
        }
        const std::size_t first = below(places.size()), last = std::min(places.size() - 1, first + below(4));
        // What is put is new each time: the same characters over a break could have been typed in two ways.
        const std::string first_new = ideograph(2 * round), last_new = ideograph(2 * round + 1);
        const std::string put = first_new + (below(3) == 0 ? "\n" : "") + last_new;
        const std::string expected =
            text_.plain(0, places[first]) + put + text_.plain(places[last], text_.shown().size());
        if (expected == text_.text()) continue;  // the same over itself looks like Backspace at a break
        static_cast<void>(replace(places[first], places[last] - places[first], put, places[last]));
        ASSERT_EQ(text_.text(), expected) << round;
        ASSERT_EQ(text_.plain(0, text_.shown().size()), text_.text());
    }
}

}  // namespace
}  // namespace changji
