// Scripts broken into lines, and where a character stands in them: the same on every screen.

#include "ui/window/prompter/reading_layout.hpp"

#include <gtest/gtest.h>
#include <array>
#include <string>

namespace changji {
namespace {

constexpr const char* long_text =
    "# 第一部分\n问：贵校今年的就业工作有哪些“新举措”？\n[微笑]我们在3月20日启动了Career Day活动，共有1,200家单位参加……"
    "毕业生说：“这里的岗位很多——比去年多了35%。”我们会（和往年一样）继续走访企业！\n谢谢大家，再见。";

class ReadingLines : public testing::Test {
protected:
    void SetUp() override {
        auto font = ReadingFont::open();
        if (!font) GTEST_SKIP() << "NOT TESTED: no font for Chinese";
        font_ = *std::move(font);
    }
    [[nodiscard]] ReadingLayout lay_out(const std::string& text, float width_em) const {
        return {std::make_shared<const Script>("欢迎收看本期访谈。", text), *font_, width_em};
    }
    [[nodiscard]] static std::u32string words_of(const ReadingLayout& layout, const ReadingLine& line) {
        std::u32string words;
        for (std::size_t i = 0; i < line.glyphs; ++i) words += layout.glyphs()[line.first_glyph + i].character;
        return words;
    }

    std::shared_ptr<const ReadingFont> font_;
};

TEST_F(ReadingLines, NoneBeginsOrEndsWithAMarkThatMayNotStandThere) {
    for (float width = 6.0F; width < 30.0F; width += 0.5F) {
        const ReadingLayout layout = lay_out(long_text, width);
        for (const ReadingLine& line : layout.lines()) {
            const std::u32string words = words_of(layout, line);
            ASSERT_FALSE(words.empty());
            EXPECT_EQ(std::u32string_view(U"，。、！？；：”）…%").find(words.front()), std::u32string_view::npos)
                << width;
            EXPECT_EQ(std::u32string_view(U"“（").find(words.back()), std::u32string_view::npos) << width;
        }
    }
}

TEST_F(ReadingLines, FitTheWidthAndHoldEveryCharacterOnceInOrder) {
    for (const float width : {6.0F, 13.0F, 48.0F}) {
        const ReadingLayout layout = lay_out(long_text, width);
        std::size_t next = 0;
        float top = -1.0F;
        for (const ReadingLine& line : layout.lines()) {
            EXPECT_LE(line.width_em, width + 1.01F) << "a space or a hanging mark at most";
            EXPECT_GT(line.top_em, top);
            top = line.top_em;
            if (line.role != ReadingRole::Text) continue;
            EXPECT_EQ(line.first_character, next);
            next += line.characters;
        }
        EXPECT_EQ(next, Script("欢迎收看本期访谈。", long_text).characters());
    }
}

TEST_F(ReadingLines, AWordLongerThanALineIsCut) {
    const ReadingLayout layout = lay_out(std::string(200, 'w'), 8.0F);
    std::size_t characters = 0;
    for (const ReadingLine& line : layout.lines()) {
        EXPECT_LE(line.width_em, 8.0F);
        characters += line.characters;
    }
    EXPECT_EQ(characters, 208U);
}

TEST_F(ReadingLines, WhatIsNotReadStandsApart) {
    const ReadingLayout layout = lay_out(long_text, 20.0F);
    std::array<int, 4> lines{};
    for (const ReadingLine& line : layout.lines()) ++lines[static_cast<std::size_t>(line.role)];
    EXPECT_EQ(lines[static_cast<std::size_t>(ReadingRole::Heading)], 1);
    EXPECT_EQ(lines[static_cast<std::size_t>(ReadingRole::Cue)], 1);
    for (const ReadingLine& line : layout.lines()) {
        if (line.role != ReadingRole::Text) {
            EXPECT_LT(line.scale, 1.0F);
            EXPECT_EQ(line.characters, 0U);
        }
        if (line.paragraph == 2 && line.first_character == 8) {
            EXPECT_EQ(line.label_glyphs, 2U) << "问：";
        }
    }
}

TEST_F(ReadingLines, AnyPlaceStandsInTheSameCharactersLineAtEveryWidth) {
    const Script script("欢迎收看本期访谈。", long_text);
    for (const float width : {4.0F, 9.5F, 13.0F, 27.0F, 80.0F}) {
        const ReadingLayout layout = lay_out(long_text, width);
        float before = -1.0F;
        for (std::size_t character = 0; character <= script.characters(); ++character) {
            const float top = layout.top_at(static_cast<double>(character));
            EXPECT_GE(top, before) << "reading on never moves back";
            before = top;
            if (character == script.characters()) break;
            const ReadingLine& line = layout.lines()[layout.line_of(static_cast<double>(character))];
            EXPECT_LE(line.first_character, character);
            EXPECT_GT(line.first_character + line.characters, character);
        }
    }
}

TEST_F(ReadingLines, ThePlaceMovesEvenlyWithinALine) {
    const ReadingLayout layout = lay_out(std::string(long_text), 13.0F);
    const auto& starts = layout.line_starts();
    ASSERT_GT(starts.size(), 3U);
    const auto from = static_cast<double>(starts[1]), to = static_cast<double>(starts[2]);
    const float first = layout.top_at(from), last = layout.top_at(to);
    EXPECT_NEAR(layout.top_at((from + to) / 2), (first + last) / 2, 1e-3);
}

TEST_F(ReadingLines, NothingToReadIsNoTrouble) {
    const ReadingLayout none;
    EXPECT_EQ(none.top_at(3.0), 0.0F);
    EXPECT_EQ(none.line_of(0.0), 0U);
    EXPECT_EQ(none.first_line_below(0.0F), 0U);
    const ReadingLayout cue(std::make_shared<const Script>("", "[请坐]"), *font_, 10.0F);
    EXPECT_EQ(cue.lines().size(), 1U);
    EXPECT_EQ(cue.top_at(0.0), 0.0F);
}

}  // namespace
}  // namespace changji
