#include "ui/check/check_lines.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "tests/support/media.hpp"
#include "ui/check/check_overview.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

FileCheck check_of(const std::string& file) {
    FileCheck check;
    check.checked.file = file;
    check.checked.verdict.status = VerdictStatus::Fail;
    Finding finding;
    finding.clause = "四.4";
    finding.check = "container.moov_first";
    finding.status = FindingStatus::Warn;
    finding.message = say("As demanded.");
    check.checked.verdict.findings.push_back(finding);
    check.repair.steps.push_back({"container.moov_first", RepairBy::Copying, say("As demanded.")});
    return check;
}

std::string line_of(const std::string& file, const FileStamp& stamp, const std::string& basis = "b") {
    return check_line(check_of(file), Preset{}, stamp, basis, std::nullopt);
}

class CheckJournalTest : public testing::Test {
protected:
    [[nodiscard]] fs::path path() const { return folder_.path() / "run.jsonl"; }
    void write(const std::string& content) const { std::ofstream(path(), std::ios::binary) << content; }

private:
    test::TemporaryFolder folder_;
};

TEST_F(CheckJournalTest, ALineIsFoundAgainUntilTheFileOrTheBasisChanges) {
    {
        auto journal = CheckJournal::open(path());
        ASSERT_TRUE(journal);
        ASSERT_TRUE(journal->append(line_of("a.mp4", {10, 20})));
        ASSERT_TRUE(journal->append(line_of("b.mp4", {11, 21})));
    }
    const auto journal = CheckJournal::open(path());
    ASSERT_TRUE(journal);
    EXPECT_EQ(journal->find("a.mp4", {10, 20}, "b"), line_of("a.mp4", {10, 20}));
    EXPECT_EQ(journal->find("b.mp4", {11, 21}, "b"), line_of("b.mp4", {11, 21}));
    EXPECT_FALSE(journal->find("a.mp4", {12, 20}, "b")) << "another size";
    EXPECT_FALSE(journal->find("a.mp4", {10, 22}, "b")) << "another time";
    EXPECT_FALSE(journal->find("a.mp4", {10, 20}, "c")) << "held against something else";
    EXPECT_FALSE(journal->find("c.mp4", {10, 20}, "b"));
}

TEST_F(CheckJournalTest, ALineThatWasCutOffIsDroppedAndTheNextOneIsWhole) {
    const std::string whole = line_of("a.mp4", {10, 20}) + "\n";
    for (const std::size_t kept : {std::size_t{1}, std::size_t{7}, std::size_t{60}}) {
        write(whole + line_of("b.mp4", {1, 2}).substr(0, kept));
        auto journal = CheckJournal::open(path());
        ASSERT_TRUE(journal) << kept;
        EXPECT_TRUE(journal->find("a.mp4", {10, 20}, "b"));
        ASSERT_TRUE(journal->append(line_of("c.mp4", {3, 4})));
        EXPECT_EQ(test::content_of(path()), whole + line_of("c.mp4", {3, 4}) + "\n");
        write(line_of("b.mp4", {1, 2}).substr(0, kept));
        EXPECT_TRUE(CheckJournal::open(path())) << "the first line was cut off after " << kept;
    }
}

TEST_F(CheckJournalTest, AnotherFileIsNeverWrittenInto) {
    for (const char* content : {"# My notes\n", "My notes", "{\"schema\":\"changji.take/1\"}\n"}) {
        write(content);
        EXPECT_FALSE(CheckJournal::open(path())) << content;
        EXPECT_EQ(test::content_of(path()), content);
    }
}

TEST(CheckLines, AFindingTellsHowItIsRepaired) {
    const auto line = nlohmann::json::parse(line_of("a.mp4", {1, 2}));
    EXPECT_EQ(line["findings"][0]["repair"], "copying");
    EXPECT_EQ(line["repairs"][0]["check"], "container.moov_first");
    EXPECT_EQ(line["schema"], "changji.check/1");
}

TEST(CheckLines, TheDocumentIsWholeWithAnyNumberOfFiles) {
    for (int files = 0; files < 3; ++files) {
        std::string document = check_document_head(Preset{});
        for (int i = 0; i < files; ++i)
            document += (i > 0 ? ",\n" : "") + check_document_element(line_of("a\"b.mp4", {1, 2}));
        document += check_document_tail({{"x", say("A link that leads nowhere.")}});
        const auto read = nlohmann::json::parse(document);
        EXPECT_EQ(read["files"].size(), static_cast<std::size_t>(files));
        EXPECT_EQ(read["left_out"][0]["path"], "x");
        if (files > 0) {
            EXPECT_FALSE(read["files"][0].contains("basis"));
        }
    }
}

TEST(CheckOverview, NamesAreNeverTakenForMarkup) {
    const test::TemporaryFolder folder;
    const fs::path page = folder.path() / "page.html";
    auto overview = CheckOverview::open(page, "<b>Title</b> & more");
    ASSERT_TRUE(overview);
    (*overview)->add(line_of("in/<script>alert(1)</script> 100%.mp4", {1, 2}), "JPEGBYTES");
    ASSERT_TRUE((*overview)->finish());
    const std::string html = test::content_of(page);
    EXPECT_EQ(html.find("<script>alert"), std::string::npos);
    EXPECT_EQ(html.find("<b>Title"), std::string::npos);
    EXPECT_NE(html.find("%3Cscript%3E"), std::string::npos) << "the link leads to the file";
    EXPECT_NE(html.find("data:image/jpeg;base64,SlBFR0JZVEVT\""), std::string::npos);
    EXPECT_EQ(html.find("http"), std::string::npos) << "nothing comes from the network";
}

TEST(CheckOverview, ReplacesItsOwnPageAndNothingElse) {
    const test::TemporaryFolder folder;
    const fs::path page = folder.path() / "page.html";
    for (int round = 0; round < 2; ++round) {
        auto overview = CheckOverview::open(page, "Overview");
        ASSERT_TRUE(overview) << round;
        ASSERT_TRUE((*overview)->finish()) << round;
    }
    std::ofstream(folder.path() / "mine.html") << "<!doctype html><p>Mine";
    EXPECT_FALSE(CheckOverview::open(folder.path() / "mine.html", "Overview"));
    EXPECT_EQ(test::content_of(folder.path() / "mine.html"), "<!doctype html><p>Mine");
    { auto broken_off = CheckOverview::open(folder.path() / "half.html", "Overview"); }
    EXPECT_FALSE(fs::exists(folder.path() / "half.html"));
    EXPECT_FALSE(fs::exists(folder.path() / "half.html.tmp"));
}

}  // namespace
}  // namespace changji
