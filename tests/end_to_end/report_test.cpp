#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/program.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

/// A project whose takes have reports and files of a few bytes.
class ReportCommand : public ::testing::Test {
protected:
    void SetUp() override { fs::create_directories(takes()); }
    [[nodiscard]] fs::path project() const { return folder_.path() / "访谈 1"; }
    [[nodiscard]] fs::path takes() const { return project() / "takes"; }
    [[nodiscard]] std::string quoted() const { return "'" + project().string() + "'"; }
    void write(const std::string& name, const std::string& content) const {
        std::ofstream(takes() / name, std::ios::binary) << content;
    }
    void make_take(int number, const std::string& verdict) const {
        const std::string stem = "take-00" + std::to_string(number);
        write(stem + ".mp4", "video");
        write(stem + ".json", R"({"schema": "changji.take/1", "preset": "hunan-2022-interview", "verdict": ")" +
                                  verdict + R"(", "take": )" + std::to_string(number) + R"(, "file": ")" + stem +
                                  R"(.mp4", "duration_s": 12, "slate": {"guest": "<b>林安</b>"}, "findings": []})");
    }
    test::TemporaryFolder folder_;
};

TEST_F(ReportCommand, ShowsARecordedTakeWithStillsAndChartsInBothLanguages) {
    const auto recorded = test::changji("record --camera demo:light=0.2 --microphone demo --duration 2 --project " +
                                        quoted() + " --guest '<b>林安</b>'");
    ASSERT_EQ(recorded.exit_code, 0) << recorded.errors;
    make_take(2, "warn");
    const std::string page = (folder_.path() / "page.html").string();
    for (const char* language : {"en", "zh_CN"}) {
        const auto made =
            test::changji("report " + quoted() + " --take 1 --to '" + page + "' --json --language " + language);
        ASSERT_EQ(made.exit_code, 0) << made.errors;
        EXPECT_EQ(test::json_of(made)["report"], page);
        const std::string html = test::content_of(page);
        EXPECT_NE(html.find("&lt;b&gt;林安&lt;/b&gt;"), std::string::npos);
        EXPECT_EQ(html.find("<b>林安"), std::string::npos);
        EXPECT_NE(html.find("data:image/png;base64,"), std::string::npos) << "the dark take has a still";
        EXPECT_NE(html.find("<svg"), std::string::npos);
        EXPECT_EQ(html.find("Face brightness") != std::string::npos, std::string(language) == "en");
        EXPECT_EQ(html.find("http"), html.find("http-equiv"));
    }
    ASSERT_EQ(test::changji("report '" + (takes() / "take-001.mp4").string() + "'").exit_code, 0);
    EXPECT_TRUE(fs::exists(takes() / "take-001.html"));
    ASSERT_EQ(test::changji("report " + quoted()).exit_code, 0);
    EXPECT_NE(test::content_of(project() / "report.html").find("Suggested: take 2"), std::string::npos);
    const auto compared = test::json_of(test::changji("takes compare " + quoted() + " 1 2 --json"));
    EXPECT_EQ(compared["suggested"]["take"], 2);
    EXPECT_GT(compared["checks"].size(), 20u);
}

TEST_F(ReportCommand, PrintsAPdfWhereThereIsABrowserAndSaysSoWhereThereIsNone) {
    make_take(1, "pass");
    const auto without =
        test::run("PATH=/usr/nonexistent /usr/bin/" + test::changji_command("report " + quoted() + " --pdf"));
    EXPECT_EQ(without.exit_code, 2);
    EXPECT_NE(without.errors.find("chromium"), std::string::npos) << without.errors;
    CHANGJI_NEEDS_PROGRAM("chromium");
    const auto made = test::changji("report " + quoted() + " --take 1 --pdf");
    ASSERT_EQ(made.exit_code, 0) << made.errors;
    EXPECT_TRUE(test::content_of(takes() / "take-001.pdf").starts_with("%PDF-"));
}

TEST_F(ReportCommand, WhatIsNoTakeIsRefused) {
    EXPECT_EQ(test::changji("report /nonexistent").exit_code, 2);
    EXPECT_EQ(test::changji("report " + quoted()).exit_code, 2) << "no takes yet";
    EXPECT_EQ(test::changji("report " + quoted() + " --take 99").exit_code, 2);
    write("take-001.json", "{\"schema\": \"changji.ta");
    const auto broken = test::changji("report " + quoted() + " --take 1");
    EXPECT_EQ(broken.exit_code, 2);
    EXPECT_NE(broken.errors.find("damaged"), std::string::npos) << broken.errors;
}

TEST_F(ReportCommand, TakesAreRatedNotedFoundAndThrownAway) {
    make_take(1, "pass");
    make_take(2, "fail");
    EXPECT_EQ(test::changji("takes rate " + quoted() + " 1 good").exit_code, 0);
    EXPECT_EQ(test::changji("takes note " + quoted() + " 1 '结尾最好, \"x\"'").exit_code, 0);
    EXPECT_EQ(test::changji("takes rate " + quoted() + " 1 best").exit_code, 2);
    EXPECT_EQ(test::changji("takes rate " + quoted() + " 99 good").exit_code, 2);
    const auto found = test::json_of(test::changji("takes list " + quoted() + " --search 结尾 --json"));
    ASSERT_EQ(found["takes"].size(), 1u);
    EXPECT_EQ(found["takes"][0]["take"], 1);
    EXPECT_EQ(found["takes"][0]["rating"], "good");
    EXPECT_EQ(found["totals"]["takes"], 1);
    const auto csv = test::changji("takes list " + quoted() + " --csv");
    EXPECT_NE(csv.output.find("\"结尾最好, \"\"x\"\"\""), std::string::npos) << csv.output;
    const auto gone = test::changji("takes delete " + quoted() + " 2");
    ASSERT_EQ(gone.exit_code, 0) << gone.errors;
    EXPECT_FALSE(fs::exists(takes() / "take-002.mp4"));
    EXPECT_FALSE(fs::exists(takes() / "take-002.json"));
    EXPECT_EQ(test::json_of(test::changji("takes list " + quoted() + " --json"))["takes"].size(), 1u);
    EXPECT_EQ(test::changji("takes delete " + quoted() + " 2").exit_code, 2) << "it is not there any more";
}

}  // namespace
}  // namespace changji
