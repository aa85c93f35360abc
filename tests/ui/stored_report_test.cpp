#include "ui/project/stored_report.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/media.hpp"
#include "ui/language/language.hpp"

namespace changji {
namespace {

using Json = nlohmann::ordered_json;

void write(const std::filesystem::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

TakeReport written_report() {
    TakeReport report;
    report.preset = "hunan-2022-interview";
    report.take = 3;
    report.file = "take-003.mp4";
    report.sha256 = std::string(64, 'a');
    report.started_at = "2026-11-23T10:00:00+08:00";
    report.duration_s = 12.0;
    report.slate.guest = "林安";
    report.slate.confirmed_clauses = {"四.5-b"};
    report.losses = Losses{};
    report.losses->frames_dropped = 2;
    report.measures = {{Measure::LightFaceLuma, std::nullopt, 58.1, 55.0, 61.0}};
    Finding finding;
    finding.clause = "四.3-c";
    finding.check = "light.face_luma_percent";
    finding.status = FindingStatus::Warn;
    finding.value = "40 %";
    finding.spans = {{0.0, 3.2}};
    finding.message = say("The end of this take was damaged, as a power cut does it: {0} s were left out.", "1.5");
    finding.worst_s = 1.2;
    finding.still = "take-003.evidence/light.face_luma_percent.png";
    report.verdict.findings = {finding};
    report.verdict.status = VerdictStatus::Warn;
    return report;
}

class StoredReportTest : public ::testing::Test {
protected:
    void SetUp() override { use_language(Language::English); }
    void TearDown() override { use_language(Language::English); }
    test::TemporaryFolder folder_;
    TakeFiles files_ = take_files(folder_.path(), 3);
};

TEST_F(StoredReportTest, IsReadBackAsItWasWritten) {
    write(files_.report, take_report_json(written_report()));
    const StoredReport stored = read_report(files_.report);
    ASSERT_EQ(stored.state, ReportState::Whole);
    EXPECT_EQ(stored.verdict, VerdictStatus::Warn);
    EXPECT_EQ(stored.report.take, 3);
    EXPECT_EQ(stored.report.slate, written_report().slate);
    EXPECT_EQ(stored.report.losses->frames_dropped, 2);
    EXPECT_EQ(stored.report.measures.at(0).median, 58.1);
    const Finding& finding = stored.report.verdict.findings.at(0);
    EXPECT_EQ(finding.message, written_report().verdict.findings[0].message);
    EXPECT_EQ(finding.spans, written_report().verdict.findings[0].spans);
    EXPECT_EQ(finding.worst_s, 1.2);
    EXPECT_EQ(stored.rating, Rating::None);
}

TEST_F(StoredReportTest, SpeaksAnotherLanguageThanItWasWrittenIn) {
    write(files_.report, take_report_json(written_report()));
    use_language(Language::Chinese);
    const std::string sentence = tr(read_report(files_.report).report.verdict.findings.at(0).message);
    EXPECT_NE(sentence.find("1.5"), std::string::npos);
    EXPECT_EQ(sentence.find("damaged"), std::string::npos) << sentence;
}

TEST_F(StoredReportTest, OfAnEarlierVersionKeepsItsSentences) {
    Json document = Json::parse(take_report_json(written_report()));
    document["findings"][0].erase("said");
    document["findings"][0]["message"] = "画面偏暗 {0}。";
    write(files_.report, document.dump());
    EXPECT_EQ(tr(read_report(files_.report).report.verdict.findings.at(0).message), "画面偏暗 {0}。");
}

TEST_F(StoredReportTest, SaysWhatThereIsInsteadOfAReport) {
    const auto state_of = [&](const std::string& content) {
        write(files_.report, content);
        const StoredReport stored = read_report(files_.report);
        EXPECT_EQ(stored.problem.empty(), stored.state == ReportState::Whole);
        return stored.state;
    };
    EXPECT_EQ(read_report(files_.report).state, ReportState::Missing);
    const std::string whole = take_report_json(written_report());
    EXPECT_EQ(state_of(whole), ReportState::Whole);
    EXPECT_EQ(state_of(whole.substr(0, whole.size() / 2)), ReportState::Broken);
    EXPECT_EQ(state_of(""), ReportState::Broken);
    EXPECT_EQ(state_of("[1, 2]"), ReportState::Foreign);
    EXPECT_EQ(state_of(R"({"schema": "changji.take/2"})"), ReportState::Foreign);
    EXPECT_EQ(state_of(R"({"schema": "changji.check/1"})"), ReportState::Foreign);
    EXPECT_EQ(state_of(std::string(100'000, '[')), ReportState::Foreign) << "no deep nest is followed";
    std::filesystem::remove(files_.report);
    std::filesystem::create_directory(files_.report);
    EXPECT_EQ(read_report(files_.report).state, ReportState::Unreadable);
}

TEST_F(StoredReportTest, EachPartMayBeOfAnyFormOrNotThere) {
    write(files_.report, R"({"schema": "changji.take/1", "verdict": 7, "take": 1e300, "duration_s": -5, "slate": [],
        "video": "x", "audio": {"channels": "two"}, "losses": 3, "measures": {"nobody.knows": {}, "sound.loudness_lufs": 4},
        "findings": [1, {"status": "odd", "spans_s": [[1], ["a", 2], [0, 1e99]], "said": {"message": [1]}}],
        "marks": [{}, {"at_s": "x"}, {"at_s": 2, "kind": "good"}, {"at_s": 1, "topic": 4}], "rating": "best", "note": 5})");
    const StoredReport stored = read_report(files_.report);
    ASSERT_EQ(stored.state, ReportState::Whole);
    EXPECT_FALSE(stored.verdict);
    EXPECT_EQ(stored.report.duration_s, 0.0);
    ASSERT_EQ(stored.report.verdict.findings.size(), 2u);
    EXPECT_EQ(stored.report.verdict.findings[1].status, FindingStatus::Unmeasured);
    EXPECT_EQ(stored.report.verdict.findings[1].spans.size(), 1u);
    ASSERT_EQ(stored.report.marks.size(), 2u);
    EXPECT_EQ(stored.report.marks[0].topic, 4) << "in order of time";
    EXPECT_EQ(stored.report.marks[1].kind, MarkKind::Good);
    EXPECT_EQ(stored.rating, Rating::None);
    EXPECT_EQ(stored.note, "");
}

TEST_F(StoredReportTest, EditingKeepsAllTheRest) {
    Json document = Json::parse(take_report_json(written_report()));
    document["of_a_later_version"] = {{"a", 1}};
    write(files_.report, document.dump());
    ASSERT_TRUE(edit_report(files_, {Rating::Good, std::nullopt}));
    ASSERT_TRUE(edit_report(files_, {std::nullopt, "结尾最好 \"<b>\""}));
    const StoredReport stored = read_report(files_.report);
    EXPECT_EQ(stored.rating, Rating::Good);
    EXPECT_EQ(stored.note, "结尾最好 \"<b>\"");
    Json now = Json::parse(test::content_of(files_.report));
    document["rating"] = now["rating"];
    document["note"] = now["note"];
    EXPECT_EQ(now, document);
    ASSERT_TRUE(edit_report(files_, {Rating::None, std::string()}));
    EXPECT_EQ(read_report(files_.report).rating, Rating::None);
}

TEST_F(StoredReportTest, WrittenAnewKeepsWhatPeopleSaidOfTheTake) {
    const std::string anew = take_report_json(written_report());
    EXPECT_EQ(with_remarks_of(files_.report, anew), anew) << "there is no earlier one";
    write(files_.report, anew);
    ASSERT_TRUE(edit_report(files_, {Rating::Reserve, "结尾最好"}));
    write(files_.report, with_remarks_of(files_.report, anew));
    EXPECT_EQ(read_report(files_.report).rating, Rating::Reserve);
    EXPECT_EQ(read_report(files_.report).note, "结尾最好");
}

TEST_F(StoredReportTest, IsNotEditedWhileTheTakeIsAtWorkOrWhenItIsNotWhole) {
    const std::string whole = take_report_json(written_report());
    write(files_.report, whole);
    write(files_.part, "fragments");
    {
        const auto lock = TakeLock::acquire(files_.part);
        ASSERT_TRUE(lock);
        const Status edited = edit_report(files_, {Rating::No, std::nullopt});
        ASSERT_FALSE(edited);
        EXPECT_EQ(edited.error().kind, ErrorKind::DeviceBusy);
    }
    EXPECT_EQ(test::content_of(files_.report), whole);
    write(files_.report, whole.substr(0, 100));
    const Status edited = edit_report(files_, {Rating::No, std::nullopt});
    ASSERT_FALSE(edited);
    EXPECT_EQ(edited.error().kind, ErrorKind::InvalidConfig);
    EXPECT_EQ(test::content_of(files_.report), whole.substr(0, 100)) << "nothing is made worse";
}

}  // namespace
}  // namespace changji
