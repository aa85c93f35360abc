#include "analysis/papers/word_count.hpp"

#include <gtest/gtest.h>

#include "analysis/papers/markdown_text.hpp"

namespace changji {
namespace {

/// Counted by hand: Chinese characters and marks, then words.
void expect_count(const char* text, int cjk, int words) {
    const WordCount count = count_words(text);
    EXPECT_EQ(count.cjk, cjk) << text;
    EXPECT_EQ(count.words, words) << text;
    EXPECT_EQ(count.counted, cjk + words) << text;
}

TEST(WordCount, EachChineseCharacterAndMarkIsOne) {
    expect_count("就业", 2, 0);
    expect_count("战疫情、促就业，欢迎收看", 12, 0);
    expect_count("欢迎收看“书记校长话就业”系列访谈。", 18, 0);  // with both quotation marks and the full stop
    expect_count("嘉宾是……", 5, 0);
    expect_count("（校长）", 4, 0);
}

TEST(WordCount, ARunOfAnythingElseIsOneWord) {
    expect_count("hello world", 0, 2);
    expect_count("don't e-mail 85.6% A/B", 0, 4);
    expect_count("an “aside” here", 0, 3);  // quotation marks of a Western passage belong to the word
    expect_count("wait… what", 0, 2);
}

TEST(WordCount, NumbersAmongChineseCountOnceWithOrWithoutSpaces) {
    expect_count("2022 届毕业生", 4, 1);
    expect_count("2022届毕业生", 4, 1);
    expect_count("就业率95.6%，增长3个百分点", 10, 2);
}

TEST(WordCount, SpacesOfEveryWidthAndEmptyTextsCountNothing) {
    expect_count("", 0, 0);
    expect_count(" \n\t\u3000\u00A0\uFEFF", 0, 0);
    EXPECT_EQ(count_words("校 长\u3000好 ok").without_spaces, 5);
}

TEST(WordCount, RareCharactersOutsideTheBasicPlaneCountAsWell) { expect_count("𠮷野家", 3, 0); }

TEST(WordCount, DamagedBytesAreNoReasonToStop) { EXPECT_EQ(count_words("校\xFF\xC0长").cjk, 2); }

TEST(Markdown, MarksOfLayoutDoNotCount) {
    const auto count = [](const char* text) { return count_words(text_of_markdown(text)).counted; };
    EXPECT_EQ(count("## 一\n\n---\n* **重点**\n> 引用\n"), 5);
    EXPECT_EQ(count("见[官网](https://example.org/a)和![图](a.png)\n"), 5);
    EXPECT_EQ(count("<!-- 不算 -->\n```\n算\n```\n"), 1);
    EXPECT_EQ(count("| 甲 | 乙 |\n|---|---|\n"), 2);
}

}  // namespace
}  // namespace changji
