#include "analysis/following/line_check.hpp"

#include <gtest/gtest.h>
#include <algorithm>

#include "analysis/following/alignment.hpp"
#include "tests/prompter/reading.hpp"
#include "ui/prompter/reference_speech.hpp"

namespace changji {
namespace {

using test::Mono;

const std::string fixed_words = "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是";

const std::vector<SpokenPhrase>& line() {
    static const std::vector<SpokenPhrase> spoken = spoken_phrases(Script(fixed_words, "").phrases()).value();
    return spoken;
}

Mono spoken(const std::string& text, SpeakingStyle style) {
    Mono sound(24'000);
    const auto utterances = synthesise(std::vector{text}, style);
    sound.insert(sound.end(), utterances.front().samples.begin(), utterances.front().samples.end());
    sound.resize(sound.size() + 24'000);
    return sound;
}

LineCheck check(const Mono& sound) { return check_line(line(), test::in_stereo(sound)); }

TEST(LineCheck, HearsTheLineOfAnyVoiceBeforeAnyGuest) {
    for (const SpeakingStyle voice : {SpeakingStyle{150, 30, 50}, {200, 70, 70}, {240, 50, 40}}) {
        Mono sound = spoken("各位观众大家好。", voice);
        const double before_s = static_cast<double>(sound.size()) / 48'000.0;
        const Mono opening = spoken(fixed_words + "江城大学校长林安。林校长您好，请坐。", voice);
        sound.insert(sound.end(), opening.begin(), opening.end());
        const LineCheck found = check(sound);
        EXPECT_EQ(found.heard, LineHeard::Heard) << found.score;
        EXPECT_LE(found.score, -5.0);
        EXPECT_NEAR(found.from_s, before_s + 0.5, 0.5);
        EXPECT_GT(found.to_s, found.from_s + 3.0);
    }
}

TEST(LineCheck, HearsItInNoise) {
    const Mono sound = spoken(fixed_words + "江城大学校长林安。", {180, 40, 60});
    EXPECT_EQ(check(test::with_noise(sound, test::NoiseColour::Pink, 15.0)).heard, LineHeard::Heard);
}

TEST(LineCheck, TakesNoneOfTwentyOtherSentencesForIt) {
    const std::vector<std::string> others{
        "各位同学，大家好，今天我们聊一聊毕业生就业这个话题，欢迎大家积极参与互动。",
        "就业是最大的民生，我们主动走访企业，为大家开拓了三百多个新的工作岗位。",
        "学校为每一位同学提供职业规划、简历修改和面试辅导，老师一对一地帮助。",
        "对有困难的同学，我们建立了台账，做到一人一策，一个都不能落下。",
        "希望同学们脚踏实地，勇敢尝试，到祖国最需要的地方去书写青春答卷。",
        "今年的毕业生比去年多了一千二百人，就业形势复杂严峻，压力不小。",
        "欢迎收看今天的校园新闻，首先来看一组来自图书馆的最新报道。",
        "本期节目我们来到了美丽的江边，和大家一起看看这里的风景与人文。",
        "面对疫情带来的影响，我们把招聘会搬到了线上，效果比预想的要好得多。",
        "创新创业教育要从一年级抓起，课程、竞赛和孵化基地缺一不可。",
        "书记和校长都非常重视这项工作，多次带队到企业去走访调研。",
        "刚才上楼的时候，我看到图书馆门口有很多同学在排队，天气特别好。",
        "请您介绍一下，学校在稳定就业方面采取了哪些措施，取得了什么成效？",
        "最后，请您对即将毕业的同学们说几句祝福的话，好吗？谢谢您接受采访。",
        "招生、培养和就业要联动起来，专业设置要跟着产业的需要及时调整。",
        "周末要是不下雨，大家就一起去江边走走，顺便看看新开的那家书店。",
        "观众朋友们大家好，这里是校园电视台，我是主持人周宁，今天天气晴朗。",
        "我们邀请企业的人事经理到学校来，给同学们讲讲他们需要什么样的人。",
        "实习基地现在有四十六家，覆盖了机械、电子、医药和现代农业。",
        "战胜困难靠的是信心，促进发展靠的是实干，欢迎大家提出宝贵意见。",
    };
    ASSERT_EQ(others.size(), 20u);
    int voice = 0;
    for (const std::string& sentence : others) {
        const LineCheck found = check(spoken(sentence, {160 + 10 * (voice % 8), 30 + 7 * (voice % 7), 50}));
        EXPECT_NE(found.heard, LineHeard::Heard) << sentence << found.score;
        ++voice;
    }
}

TEST(LineCheck, HalfALineIsNotHeard) {
    for (const char* half : {"战疫情、促就业，欢迎收看“书记校长话就业”系列访谈。今天天气很好，我们先来看一段短片。",
                             "各位观众大家好，本期我们邀请到的嘉宾是江城大学校长林安。林校长您好。"}) {
        EXPECT_NE(check(spoken(half, {180, 40, 60})).heard, LineHeard::Heard);
    }
}

TEST(LineCheck, SilenceAndTooLittleSpeechAreNotTheLine) {
    EXPECT_EQ(check({}).heard, LineHeard::NotHeard);
    EXPECT_EQ(check(Mono(48'000 * 5)).heard, LineHeard::NotHeard);
    EXPECT_EQ(check(spoken("战疫情。", {180, 40, 60})).heard, LineHeard::NotHeard);
    EXPECT_EQ(check_line({}, test::in_stereo(Mono(48'000))).heard, LineHeard::NotHeard);
}

TEST(Alignment, FindsAStretchedCopyAndWhereItLies) {
    // Rows 0..5 lie on columns 4, 5, 7, 9, 10, 11: everywhere else they are far away.
    DistanceTable table(6, 16);
    for (std::size_t row = 0; row < 6; ++row) std::ranges::fill(table.row(row), 1.0F);
    const std::size_t columns[] = {4, 5, 7, 9, 10, 11};
    for (std::size_t row = 0; row < 6; ++row) table.row(row)[columns[row]] = 0.0F;
    table.row(2)[6] = table.row(3)[8] = 0.0F;
    const std::vector<std::size_t> rows{0, 1, 2, 3, 4, 5};
    const Alignment found = align(table, rows, 0, 16);
    EXPECT_FLOAT_EQ(found.cost, 0.0F);
    EXPECT_EQ(found.from_column, 4u);
    EXPECT_EQ(found.to_column, 11u);
    EXPECT_GT(align(table, std::vector<std::size_t>{5, 4, 3, 2, 1, 0}, 0, 16).cost, 0.5F);
    EXPECT_EQ(align(table, rows, 0, 2).cost, Alignment::impossible) << "too few columns for the rows";
}

}  // namespace
}  // namespace changji
