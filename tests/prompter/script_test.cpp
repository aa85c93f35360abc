#include "ui/prompter/script.hpp"

#include <gtest/gtest.h>
#include <fstream>

#include "tests/analysis/zip_maker.hpp"
#include "tests/support/media.hpp"
#include "ui/prompter/characters.hpp"
#include "ui/prompter/script_file.hpp"

namespace changji {
namespace {

using Starts = std::vector<std::size_t>;

std::string read_characters(const Script& script) {
    std::string all;
    for (std::size_t i = 0; i < script.characters(); ++i) {
        const ScriptPlace place = script.place_of(i);
        const std::string& text = script.paragraphs()[place.paragraph].text;
        const CodePoint point = code_points(std::string_view(text).substr(place.byte)).front();
        all += text.substr(place.byte, point.bytes);
    }
    return all;
}

TEST(Script, OpeningLineComesFirstAndOnlyWhatIsReadCounts) {
    const Script script("欢迎收看“话就业”，嘉宾是……", "您好，2022 届！");
    EXPECT_EQ(read_characters(script), "欢迎收看话就业嘉宾是您好2022届");
    ASSERT_EQ(script.paragraphs().size(), 2u);
    EXPECT_EQ(script.paragraphs()[0].kind, ScriptParagraph::Kind::Opening);
    EXPECT_EQ(script.paragraphs()[1].first_character, 10u);
    EXPECT_EQ(script.paragraphs()[1].characters, 7u);
}

TEST(Script, CuesAreShownApartAndNeverCounted) {
    const Script script("", "您好。[看一号机]今年【停顿】怎么样？［笑］");
    EXPECT_EQ(read_characters(script), "您好今年怎么样");
    const ScriptParagraph& paragraph = script.paragraphs().front();
    EXPECT_EQ(paragraph.text, "您好。今年怎么样？");
    ASSERT_EQ(paragraph.cues.size(), 3u);
    EXPECT_EQ(paragraph.cues[0].text, "看一号机");
    EXPECT_EQ(paragraph.cues[0].byte, std::string("您好。").size());
    EXPECT_EQ(paragraph.cues[1].text, "停顿");
    EXPECT_EQ(paragraph.cues[2].byte, paragraph.text.size());
}

TEST(Script, ABracketThatIsNeverClosedIsText) {
    const Script script("", "您好[今年\n再见]");
    EXPECT_EQ(read_characters(script), "您好今年再见");
}

TEST(Script, QuestionsTopicsAndHeadingsAreMarks) {
    const Script script(
        "",
        "# 第一部分\n开场。\n问：今年怎么样？\n1. 毕业生人数\n2、岗位\n（三）创业\n十一、寄语\nQ2: 计划呢？\n"
        "第二题：去向\n- **重点**：3.5 万人");
    std::vector<std::string> titles;
    Starts places;
    for (const ScriptMark& mark : script.marks()) {
        titles.push_back(mark.title);
        places.push_back(mark.character);
    }
    EXPECT_EQ(titles, (std::vector<std::string>{"第一部分", "问：今年怎么样？", "1.毕业生人数", "2、岗位", "（三）创业",
                                                "十一、寄语", "Q2:计划呢？", "第二题：去向"}));
    EXPECT_EQ(places, (Starts{0, 2, 7, 12, 14, 16, 18, 21}));
    EXPECT_EQ(read_characters(script), "开场今年怎么样毕业生人数岗位创业寄语计划呢去向重点35万人");
    EXPECT_EQ(script.paragraphs()[0].characters, 0u) << "a heading is shown, not read";
    EXPECT_EQ(script.paragraphs()[2].label, "问：");
    EXPECT_EQ(script.paragraphs().back().text, "重点：3.5 万人");
}

TEST(Script, PhrasesEndAtPauseMarksAndTakeClosingQuotesAlong) {
    const Script script("", "战疫情、促就业，他说：“好！”然后……走了，有 3.5 万、12:30 开始。");
    std::vector<std::string> phrases;
    for (const ScriptPhrase& phrase : script.phrases()) phrases.push_back(phrase.text);
    EXPECT_EQ(phrases, (std::vector<std::string>{"战疫情、", "促就业，", "他说：", "“好！”", "然后……", "走了，",
                                                 "有 3.5 万、", "12:30 开始。"}));
}

TEST(Script, SentencesBeginAfterTheirEndAndWithEachParagraph) {
    const Script script("", "您好，欢迎。今年如何？！“很好……”是吗\n再见");
    EXPECT_EQ(script.sentence_starts(), (Starts{0, 4, 8, 10, 12}));
    EXPECT_EQ(step_on(script.sentence_starts(), 4.2, 14), 8u);
    EXPECT_EQ(step_on(script.sentence_starts(), 13, 14), 14u);
    EXPECT_EQ(step_back(script.sentence_starts(), 7), 4u);
    EXPECT_EQ(step_back(script.sentence_starts(), 4.5), 0u) << "just begun: the one before";
    EXPECT_EQ(step_back(script.sentence_starts(), 0), 0u);
}

TEST(Script, EveryCharacterIsFoundAgainAtItsPlace) {
    const Script script("开场白，嘉宾是……", "# 甲\n问：今年[停]如何？\n\n好。");
    for (std::size_t i = 0; i <= script.characters(); ++i) EXPECT_EQ(script.character_at(script.place_of(i)), i);
    EXPECT_EQ(script.character_at({0, 1}), 1u) << "inside a character's bytes: the next one";
}

TEST(Script, AnErhuaEndingAddsNoSyllableAndAChildDoes) {
    const Script script("", "一会儿到这儿，女儿和儿童GDPok");
    const std::vector<double> expected{1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, .5, .5};
    EXPECT_EQ(script.syllables(), expected);
}

TEST(Script, DamagedBytesAreNotReadAndStopNothing) {
    const Script script("", "您\xE4\xBD好\xFF。");
    EXPECT_EQ(read_characters(script), "您好");
    EXPECT_EQ(Script("", "").characters(), 0u);
    EXPECT_EQ(Script("", "…\n\n[只有提示]\n---").characters(), 0u);
}

TEST(ScriptFile, ReadsWhatWindowsInChinaWrites) {
    const test::TemporaryFolder folder;
    const auto read = [&](const std::string& bytes) {
        std::ofstream(folder.path() / "稿件.txt", std::ios::binary) << bytes;
        const auto text = read_script_file(folder.path() / "稿件.txt");
        return text ? *text : in_english(text.error().message);
    };
    EXPECT_EQ(read("您好\r\n再见"), "您好\n再见");
    EXPECT_EQ(read("\xEF\xBB\xBF您好"), "您好");
    EXPECT_EQ(read("\xC4\xFA\xBA\xC3"), "您好") << "GB 18030";
    EXPECT_EQ(read(std::string("\xFF\xFE\xA8\x60\x7D\x59", 6)), "您好") << "UTF-16, little end first";
    EXPECT_EQ(read(std::string("\xFE\xFF\x60\xA8\x59\x7D", 6)), "您好") << "UTF-16, big end first";
    EXPECT_EQ(read(std::string("PK\x03\x04\0\0", 6)).find("PK"), std::string::npos) << "an archive that is no document";
    EXPECT_NE(read(std::string("a\0b", 3)).find("not a text file"), std::string::npos);
    EXPECT_EQ(read_script_file(folder.path() / "missing").error().kind, ErrorKind::Io);
}

TEST(ScriptFile, ReadsAWordDocumentAParagraphALine) {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "稿件.docx";
    std::ofstream(file, std::ios::binary)
        << test::docx_of(test::word_paragraph("问：您好吗？") + test::word_paragraph("我很好。"));
    const auto text = read_script_file(file);
    ASSERT_TRUE(text) << in_english(text.error().message);
    const Script script("", *text);
    ASSERT_EQ(script.paragraphs().size(), 2u) << *text;
    EXPECT_EQ(script.paragraphs()[0].label, "问：");
    EXPECT_EQ(script.paragraphs()[1].text, "我很好。");
    EXPECT_FALSE(read_script_file(folder.path() / "fehlt.docx"));
}

TEST(ScriptFile, EveryVersionIsKeptAndTheSameTextOnlyOnce) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(keep_script_version(folder.path(), "一"));
    ASSERT_TRUE(keep_script_version(folder.path(), "一"));
    ASSERT_EQ(script_versions(folder.path()).size(), 1u);
    ASSERT_TRUE(keep_script_version(folder.path(), "二"));
    const auto versions = script_versions(folder.path());
    ASSERT_EQ(versions.size(), 2u);
    EXPECT_EQ(test::content_of(versions[0]), "二") << "the newest comes first";
    EXPECT_EQ(test::content_of(versions[1]), "一");
}

}  // namespace
}  // namespace changji
