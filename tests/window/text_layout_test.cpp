#include "ui/window/drawing/text_layout.hpp"
#include "ui/words.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <numeric>

namespace changji {
namespace {

/// Every ideograph and full-width mark is 10 wide, everything of ASCII 5.
float width_of(std::string_view text) {
    float width = 0.0F;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x80) width += 5;
        if (code >= 0xC0) width += 10;
    }
    return width;
}

std::string joined(const std::vector<std::string>& lines) {
    return std::accumulate(lines.begin(), lines.end(), std::string());
}

constexpr std::array hard_texts{
    "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是……",
    "他说：“同学们，就业——是最大的民生！”（掌声）我们《一起》努力……好吗？",
    "谢谢大家，谢谢，再见。再见！再见？再见；再见：再见、再见）再见》再见”",
};

TEST(TextLayout, NoLineStartsWithClosingMarksOrEndsWithOpeningOnes) {
    for (const char* text : hard_texts) {
        for (int columns = 4; columns < 40; ++columns) {
            const auto lines = break_lines(text, static_cast<float>(columns) * 10, width_of);
            ASSERT_EQ(joined(lines), text);
            for (std::size_t index = 0; index < lines.size(); ++index) {
                SCOPED_TRACE(lines[index]);
                EXPECT_LE(width_of(lines[index]), static_cast<float>(columns) * 10);
                for (const char* mark : {"，", "。", "、", "！", "？", "：", "；", "”", "）", "》", "…"}) {
                    EXPECT_FALSE(index > 0 && lines[index].starts_with(mark)) << mark;
                }
                for (const char* mark : {"“", "（", "《"}) {
                    EXPECT_FALSE(index + 1 < lines.size() && lines[index].ends_with(mark)) << mark;
                }
            }
        }
    }
}

TEST(TextLayout, DoubleDashAndDoubleEllipsisStayWhole) {
    for (int columns = 6; columns < 30; ++columns) {
        const auto lines = break_lines(hard_texts[1], static_cast<float>(columns) * 10, width_of);
        const auto holds = [&](const char* whole) {
            return std::any_of(lines.begin(), lines.end(),
                               [&](const std::string& line) { return line.find(whole) != std::string::npos; });
        };
        EXPECT_TRUE(holds("——")) << columns;
        EXPECT_TRUE(holds("……")) << columns;
    }
}

TEST(TextLayout, AQuotationMayBeginALine) {
    const auto lines = break_lines("欢迎收看“书记校长”", 50, width_of);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0], "欢迎收看");
    EXPECT_TRUE(lines[1].starts_with("“书"));
}

TEST(TextLayout, EnglishBreaksAtSpacesThatVanishAtTheLineEnd) {
    const auto lines = break_lines("Turn the lamp down", 45, width_of);
    EXPECT_EQ(lines, (std::vector<std::string>{"Turn the", "lamp down"}));
}

TEST(TextLayout, AWordWiderThanTheLineIsCutBetweenCharacters) {
    const auto lines = break_lines("abcdefgh", 15, width_of);
    EXPECT_EQ(lines, (std::vector<std::string>{"abc", "def", "gh"}));
}

TEST(TextLayout, ALineHoldsAtLeastOneCharacterHoweverNarrow) {
    EXPECT_EQ(break_lines("光线", 1, width_of), (std::vector<std::string>{"光", "线"}));
}

TEST(TextLayout, NewlineEndsALineAndNothingMakesNoLine) {
    EXPECT_EQ(break_lines("一\n二", 100, width_of), (std::vector<std::string>{"一", "二"}));
    EXPECT_TRUE(break_lines("", 100, width_of).empty());
}

TEST(TextLayout, SpokenLinesEndWithAPhraseWhenThatTakesNoMoreLines) {
    const auto lines = phrase_lines(hard_texts[0], 300, width_of);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，");
}

TEST(TextLayout, SpokenLinesAreBalancedWhenAPhraseIsTooLong) {
    const auto lines = phrase_lines("一二三四五六七八九十一二", 100, width_of);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(width_of(lines[0]), width_of(lines[1]));
}

TEST(TextLayout, ShortenedTextFitsAndEndsWithAnEllipsis) {
    EXPECT_EQ(shorten("湖南示范大学", 60, width_of), "湖南示范大学");
    EXPECT_EQ(shorten("湖南示范大学", 45, width_of), "湖南示…");
}

TEST(TextLayout, AParagraphNeverLeavesItsBox) {
    const std::array faces{TextFace{[](std::string_view text) { return width_of(text) * 2; }, 26.0F},
                           TextFace{width_of, 13.0F}};
    for (const char* text : hard_texts) {
        for (const float width : {60.0F, 110.0F, 230.0F, 500.0F}) {
            const FittedParagraph set = fit_paragraph(text, width, 40.0F, faces);
            const TextFace& face = faces[set.face];
            EXPECT_LE(static_cast<float>(set.lines.size()) * face.line_height, 40.0F);
            for (const std::string& line : set.lines) EXPECT_LE(face.measure(line), width) << line;
        }
    }
}

TEST(TextLayout, AParagraphTakesTheFirstFaceThatHoldsIt) {
    const std::array faces{TextFace{[](std::string_view text) { return width_of(text) * 2; }, 26.0F},
                           TextFace{width_of, 13.0F}};
    EXPECT_EQ(fit_paragraph("光线充足", 80, 26, faces).face, 0U);
    EXPECT_EQ(fit_paragraph("光线充足吗", 80, 26, faces).face, 1U);
}

TEST(TextLayout, ClockShowsHoursOnlyWhenThereAreAny) {
    EXPECT_EQ(clock_text(0), "00:00");
    EXPECT_EQ(clock_text(724.9), "12:04");
    EXPECT_EQ(clock_text(3724), "1:02:04");
    EXPECT_EQ(clock_text(-3), "00:00");
}

}  // namespace
}  // namespace changji
