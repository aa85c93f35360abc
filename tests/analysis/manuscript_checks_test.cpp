#include "analysis/papers/manuscript_checks.hpp"

#include <gtest/gtest.h>

#include "analysis/papers/opening_search.hpp"
#include "tests/presets/shipped_preset.hpp"

namespace changji {
namespace {

const std::string line = "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是{guest}。";
const std::string spoken = "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是";

TEST(OpeningSearch, SpacesAndLineEndsDoNotMatter) {
    const auto found = find_opening(
        "主持人：战疫情、促就业，欢迎收看\n“书记校长话就业”系列访谈， 本期我们邀请到的嘉宾是\n某某大学校长张三。您好！",
        line);
    EXPECT_EQ(found.match, OpeningMatch::Verbatim);
    EXPECT_EQ(found.guest, "某某大学校长张三");
}

TEST(OpeningSearch, OtherPunctuationIsToldFromOtherWords) {
    EXPECT_EQ(find_opening("战疫情,促就业,欢迎收看\"书记校长话就业\"系列访谈,本期我们邀请到的嘉宾是张三。", line).match,
              OpeningMatch::OtherMarks);
    const auto other =
        find_opening("大家好。战疫情、促就业，欢迎观看“书记校长话就业”系列访谈，今天我们邀请到的嘉宾是张三。", line);
    EXPECT_EQ(other.match, OpeningMatch::OtherWords);
    EXPECT_EQ(other.guest, "张三");
    EXPECT_EQ(other.written.find("大家好"), std::string::npos) << other.written;
}

TEST(OpeningSearch, AnotherTextHasNone) {
    EXPECT_EQ(find_opening("尊敬的各位老师，同学们，今天我们来谈谈就业工作的基本情况和各项举措。", line).match,
              OpeningMatch::Absent);
    EXPECT_EQ(find_opening("", line).match, OpeningMatch::Absent);
}

TEST(OpeningSearch, DotsAreNoGuest) {
    EXPECT_EQ(find_opening(spoken + "……", line).guest, "");
    EXPECT_EQ(find_opening(spoken, line).guest, "");
}

DocumentText text(const std::string& body) {
    DocumentText document;
    document.body = body;
    return document;
}

Finding found(const std::string& body, const std::string& check, const ExpectedGuest& expected = {}) {
    for (const Finding& finding : check_manuscript(test::shipped_preset(), text(body), expected)) {
        if (finding.check == check) return finding;
    }
    ADD_FAILURE() << "no finding " << check;
    return {};
}

const std::string good =
    spoken +
    "某某大学校长张三。我校就业率百分之九十五，开展访企拓岗。希望同学们努力！联系人：李四，电话：0731-88880000";

TEST(Manuscript, AGoodOnePassesEveryClauseItRestsOn) {
    const auto findings = check_manuscript(test::shipped_preset(), text(good), {"张三", "某某大学校长张三"});
    ASSERT_EQ(findings.size(), 6u);
    for (const Finding& finding : findings) {
        EXPECT_EQ(finding.status, FindingStatus::Pass) << finding.check << ": " << in_english(finding.message);
        EXPECT_TRUE(test::shipped_preset().find_clause(finding.clause)) << finding.check;
    }
}

TEST(Manuscript, ThreeThousandCharactersPassAndOneMoreFails) {
    std::string body;
    for (int i = 0; i < 3000; ++i) body += "字";
    EXPECT_EQ(found(body, "manuscript.length").status, FindingStatus::Pass);
    EXPECT_EQ(found(body + "字", "manuscript.length").status, FindingStatus::Fail);
    EXPECT_EQ(found(body + "字", "manuscript.length").value, "3001");
    EXPECT_EQ(found(body, "manuscript.length").clause, "四.2-c");
}

TEST(Manuscript, TheLimitIsThePresets) {
    Preset preset = test::shipped_preset();
    preset.manuscript->max_characters = 1;
    EXPECT_EQ(check_manuscript(preset, text("两字"), {}).front().status, FindingStatus::Fail);
    preset.manuscript.reset();
    EXPECT_TRUE(check_manuscript(preset, text("两字"), {}).empty());
}

TEST(Manuscript, MissingContactAndPhoneFailTheirClause) {
    EXPECT_EQ(found("正文", "manuscript.contact_name").status, FindingStatus::Fail);
    EXPECT_EQ(found("正文", "manuscript.contact_name").clause, "四.7");
    EXPECT_EQ(found("联系人：张三", "manuscript.contact_phone").status, FindingStatus::Fail);
    EXPECT_EQ(found("联系人：张老师 13800000000", "manuscript.contact_name").status, FindingStatus::Warn);
    EXPECT_EQ(found("联系人：张三 13812340000", "manuscript.contact_phone").value, "138****0000");
}

TEST(Manuscript, AContactInThePageMarginCounts) {
    DocumentText document = text(good.substr(0, good.find("联系人")));
    document.margins = "联系人：李四 13800000000";
    for (const Finding& finding : check_manuscript(test::shipped_preset(), document, {})) {
        EXPECT_EQ(finding.status, FindingStatus::Pass) << finding.check;
    }
}

TEST(Manuscript, TheGuestIsHeldAgainstTheSlate) {
    const auto guest = [](const std::string& after, const ExpectedGuest& expected) {
        return found(spoken + after, "manuscript.guest", expected).status;
    };
    EXPECT_EQ(guest("某某大学校长张三。", {"张三", "某某大学校长张三"}), FindingStatus::Pass);
    EXPECT_EQ(guest("张三。", {"张三", "某某大学校长张三"}), FindingStatus::Warn);
    EXPECT_EQ(guest("李四。", {"张三", "某某大学校长张三"}), FindingStatus::Fail);
    EXPECT_EQ(guest("……", {}), FindingStatus::Fail);
    EXPECT_EQ(guest("李四。", {}), FindingStatus::Pass);
}

TEST(Manuscript, ATopicThatIsMissingIsAdviceOnly) {
    const Finding topics = found(spoken + "张三。就业率。", "manuscript.topics");
    EXPECT_EQ(topics.status, FindingStatus::Warn);
    EXPECT_EQ(topics.message.args.at(0), "2、9");
}

TEST(Manuscript, AScanIsUnmeasuredNotEmpty) {
    DocumentText scan;
    scan.kind = DocumentKind::Pdf;
    EXPECT_EQ(check_manuscript(test::shipped_preset(), scan, {}).front().status, FindingStatus::Unmeasured);
    EXPECT_EQ(check_manuscript(test::shipped_preset(), text(" \n"), {}).front().status, FindingStatus::Fail);
}

}  // namespace
}  // namespace changji
