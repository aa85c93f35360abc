#include "ui/review/html_report.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/presets/shipped_preset.hpp"
#include "tests/support/media.hpp"
#include "ui/language/language.hpp"
#include "ui/review/html_text.hpp"
#include "ui/review/svg_chart.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr const char* hostile = "<script>alert('x')</script>\"&\xFF\x01";

/// A take whose every text was typed by somebody who means harm.
ReviewedTake hostile_take() {
    ReviewedTake take;
    take.stored.state = ReportState::Whole;
    take.stored.verdict = VerdictStatus::Fail;
    take.stored.note = hostile;
    take.stored.rating = Rating::Good;
    take.stored.report.marks = {
        {2.0, MarkKind::Topic, 1, 0}, {3.0, MarkKind::Good, 0, 0}, {4.0, MarkKind::Script, 0, 9}};
    TakeReport& report = take.stored.report;
    report.take = 7;
    report.preset = report.file = report.sha256 = report.started_at = hostile;
    report.duration_s = 20;
    report.slate = {hostile, hostile, hostile, hostile, hostile, {}};
    report.problem = Message{hostile, {}};
    report.media.emplace();
    report.media->video.emplace();
    report.media->video->codec = hostile;
    report.encoder = EncoderChoice{hostile, hostile};
    report.losses = Losses{};
    report.losses->camera_gaps = {{1, 2}};
    Finding finding;
    finding.clause = finding.value = finding.limit = hostile;
    finding.check = "light.face_luma_percent";
    finding.status = FindingStatus::Fail;
    finding.message = finding.advice = Message{hostile, {}};
    finding.spans = {{1, 4}};
    finding.still = "take-007.evidence/light.face_luma_percent.png";
    report.verdict.findings = {finding};
    report.verdict.left_to_delivery = {hostile};
    take.evidence[finding.still] = "\x89PNG\r\n picture";
    for (int i = 0; i < 100; ++i) {
        Readings readings;
        readings.set(Measure::LightFaceLuma, i < 20 ? 30.0 : 58.0);
        take.log.add(i * 0.2, readings);
    }
    return take;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

/// Every element that is opened is closed, in order: no text broke out of its place.
void expect_well_formed(const std::string& html) {
    std::vector<std::string> open;
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
        const std::size_t end = html.find('>', at);
        ASSERT_NE(end, std::string::npos);
        const bool closes = html[at + 1] == '/';
        const std::size_t from = at + (closes ? 2 : 1);
        const std::string name = html.substr(from, html.find_first_of(" >/", from) - from);
        if (name.starts_with('!') || name == "meta" || name == "img" || html[end - 1] == '/') continue;
        if (!closes) {
            open.push_back(name);
            continue;
        }
        ASSERT_FALSE(open.empty()) << name;
        EXPECT_EQ(open.back(), name);
        open.pop_back();
    }
    EXPECT_TRUE(open.empty());
}

TEST(HtmlText, NothingThatIsMarkupOrNoTextGetsThrough) {
    EXPECT_EQ(html_escaped("<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
    EXPECT_EQ(html_escaped("林安 🎬"), "林安 🎬");
    EXPECT_EQ(html_escaped(std::string("a\0b", 3)),
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(html_escaped("\xC0\xBC\xED\xA0\x80\xE6\x9E"), html_escaped("\xFF\xFF\xFF\xFF\xFF\xFF\xFF"));
}

TEST(HtmlText, DataIsWrittenInBase64) {
    EXPECT_EQ(data_uri("text/plain", "Man"), "data:text/plain;base64,TWFu");
    EXPECT_EQ(data_uri("text/plain", "Ma"), "data:text/plain;base64,TWE=");
    EXPECT_EQ(data_uri("text/plain", "M"), "data:text/plain;base64,TQ==");
    EXPECT_EQ(data_uri("text/plain", ""), "data:text/plain;base64,");
    EXPECT_EQ(data_uri("x/y", "\xFF\xFE\xFD"), "data:x/y;base64,//79");
}

TEST(HtmlText, NumbersHaveAPointAndNoMoreDigitsThanNeeded) {
    EXPECT_EQ(number_text(1.50, 2), "1.5");
    EXPECT_EQ(number_text(-0.001, 1), "0");
    EXPECT_EQ(number_text(100, 0), "100");
}

TEST(HtmlReport, TypedTextNeverBecomesMarkup) {
    const Preset preset = test::shipped_preset();
    for (const std::string& html : {html_report(hostile_take(), &preset), html_report(hostile_take(), nullptr)}) {
        EXPECT_EQ(html.find("<script"), std::string::npos);
        EXPECT_EQ(html.find("alert('"), std::string::npos);
        EXPECT_EQ(html.find('\xFF'), std::string::npos);
        EXPECT_GT(count_of(html, "&lt;script&gt;"), 10u);
        expect_well_formed(html);
    }
}

TEST(HtmlReport, NeedsNoOtherFileNoNetworkAndNoScript) {
    const std::string html = html_report(hostile_take(), nullptr);
    EXPECT_EQ(html.find("http://"), std::string::npos);
    EXPECT_EQ(html.find("https://"), std::string::npos);
    EXPECT_EQ(html.find("url("), std::string::npos);
    EXPECT_EQ(html.find("@import"), std::string::npos);
    EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
    EXPECT_NE(html.find(data_uri("image/png", "\x89PNG\r\n picture")), std::string::npos);
}

TEST(HtmlReport, ShowsVerdictFindingsLossesMarksAndChecksum) {
    ReviewedTake take = hostile_take();
    take.stored.report.sha256 = std::string(64, 'b');
    const Preset preset = test::shipped_preset();
    const std::string html = html_report(take, &preset);
    EXPECT_NE(html.find(html_escaped(sentence_for(VerdictStatus::Fail))), std::string::npos);
    EXPECT_NE(html.find(std::string(64, 'b')), std::string::npos);
    EXPECT_NE(html.find("Camera away"), std::string::npos);
    EXPECT_NE(html.find(html_escaped(preset.topics->topics[0].text)), std::string::npos);
    EXPECT_NE(html.find("00:01–00:04"), std::string::npos) << "the finding's stretch";
    EXPECT_EQ(count_of(html, "<svg"), 1u) << "one measure was taken";
}

TEST(HtmlReport, IsChineseWhenTheProgramIs) {
    use_language(Language::Chinese);
    const Preset preset = test::shipped_preset();
    const std::string html = html_report(hostile_take(), &preset);
    ReviewedProject project;
    project.takes.resize(2);
    const std::string list = html_report(project, &preset);
    use_language(Language::English);
    EXPECT_NE(html.find("lang=\"zh-CN\""), std::string::npos);
    for (const char* words : {"Clause by clause", "Losses", "The meters", "Dropped frames", "limit"}) {
        EXPECT_EQ(html.find(words), std::string::npos) << words;
    }
    EXPECT_EQ(list.find("The takes"), std::string::npos);
    expect_well_formed(list);
}

TEST(HtmlReport, WithoutAWholeReportSaysWhy) {
    ReviewedTake take;
    take.stored.problem = say("The report is missing.");
    EXPECT_NE(html_report(take, nullptr).find("The report is missing."), std::string::npos);
}

TEST(HtmlReport, OfAProjectListsTakesWithTotalsAndTheBest) {
    ReviewedProject project;
    project.name = hostile;
    project.slate.guest = hostile;
    for (int number = 1; number <= 2; ++number) {
        ListedTake take;
        take.files = take_files("takes", number);
        take.stored.state = ReportState::Whole;
        take.stored.verdict = number == 1 ? VerdictStatus::Fail : VerdictStatus::Warn;
        take.stored.report.verdict.status = *take.stored.verdict;
        take.stored.note = hostile;
        take.size_bytes = 5'000'000;
        project.takes.push_back(take);
    }
    const Preset preset = test::shipped_preset();
    project.best = suggest_take(project.takes, preset);
    const std::string html = html_report(project, &preset);
    expect_well_formed(html);
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_NE(html.find("Suggested: take 2"), std::string::npos);
    EXPECT_NE(html.find("It fails nothing; take 1 fails."), std::string::npos);
    EXPECT_NE(html.find("10 MB"), std::string::npos);
}

TEST(SvgChart, DrawsBandsCurveStretchesAndBreaksWhereNothingWasMeasured) {
    Chart chart;
    chart.title = hostile;
    chart.duration_s = 10;
    chart.columns.resize(10);
    for (const int c : {0, 1, 2, 6, 7, 8, 9}) chart.columns[c] = {50.0F, 60.0F};
    chart.limit.emplace();
    chart.limit->pass_min = 45, chart.limit->pass_max = 72, chart.limit->warn_min = 35, chart.limit->warn_max = 80;
    chart.status = FindingStatus::Fail;
    chart.spans = {{1, 3}};
    chart.marks = {{5, "1"}};
    const std::string svg = svg_chart(chart);
    EXPECT_EQ(count_of(svg, "class=\"pass\""), 1u);
    EXPECT_EQ(count_of(svg, "class=\"pass-line\""), 2u);
    EXPECT_EQ(count_of(svg, "class=\"bar fail\""), 1u);
    EXPECT_NE(svg.find(shape_for(FindingStatus::Fail)), std::string::npos) << "status is no matter of colour alone";
    const auto path = svg.substr(svg.find("<path"), svg.find("/>", svg.find("<path")) - svg.find("<path"));
    EXPECT_EQ(count_of(path, "M"), 2u) << path;
    EXPECT_EQ(count_of(path, "Z"), 2u);
    expect_well_formed(svg);
}

TEST(SvgChart, OfNothingOrOfOddNumbersIsStillAPicture) {
    for (const double duration_s : {0.0, -1.0, 1e9}) {
        Chart chart;
        chart.duration_s = duration_s;
        chart.columns.resize(3);
        chart.columns[1] = {1e30F, 1e30F};
        const std::string svg = svg_chart(chart);
        EXPECT_EQ(svg.find("nan"), std::string::npos);
        EXPECT_EQ(svg.find("inf"), std::string::npos);
        expect_well_formed(svg);
    }
}

TEST(Review, EvidenceIsTakenFromTheTakesOwnFolderOnly) {
    const test::TemporaryFolder folder;
    const TakeFiles files = take_files(folder.path() / "takes", 1);
    std::filesystem::create_directories(folder.path() / "takes" / "take-001.evidence");
    const std::string png = "\x89PNG\r\n....";
    std::ofstream(folder.path() / "secret.png") << png;
    std::ofstream(folder.path() / "takes" / "take-001.evidence" / "own.png") << png;
    std::ofstream(folder.path() / "takes" / "take-001.evidence" / "text.png") << "no picture";
    std::filesystem::create_symlink(folder.path() / "secret.png",
                                    folder.path() / "takes" / "take-001.evidence" / "link.png");
    TakeReport report;
    for (const std::string& name :
         {std::string("take-001.evidence/own.png"), std::string("take-001.evidence/text.png"),
          std::string("take-001.evidence/link.png"), std::string("../secret.png"),
          std::string("take-001.evidence/../../secret.png"), (folder.path() / "secret.png").string()}) {
        Finding finding;
        finding.worst_s = 1.0;
        finding.still = name;
        report.verdict.findings.push_back(finding);
    }
    std::ofstream(files.report) << take_report_json(report);
    const ReviewedTake take = read_review(files);
    ASSERT_EQ(take.evidence.size(), 1u);
    EXPECT_EQ(take.evidence.begin()->first, "take-001.evidence/own.png");
}

}  // namespace
}  // namespace changji
