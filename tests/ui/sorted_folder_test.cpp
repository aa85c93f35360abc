#include "ui/check/sorted_folder.hpp"

#include <sys/stat.h>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/media.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

class SortedFolderTest : public testing::Test {
protected:
    void put(const fs::path& file) {
        fs::create_directories((root() / file).parent_path());
        std::ofstream(root() / file) << "x";
    }
    [[nodiscard]] const fs::path& root() const { return folder_.path(); }
    [[nodiscard]] std::string refusal(std::optional<double> good_from = {}) const {
        const auto sorted = read_sorted_folder(root(), good_from);
        return sorted ? "" : in_english(sorted.error().message);
    }
    /// "+good/a.png -bad/b.png": good and bad files in order.
    [[nodiscard]] std::string files(const Result<SortedFolder>& sorted) const {
        std::string all;
        if (!sorted) return in_english(sorted.error().message);
        for (const SortedFile& file : sorted->files) {
            all += (all.empty() ? "" : " ") + std::string(file.good ? "+" : "-") +
                   file.file.lexically_relative(root()).string();
        }
        return all;
    }

private:
    test::TemporaryFolder folder_;
};

TEST_F(SortedFolderTest, GoodAndBadAreReadInOrderHoweverDeepAndWhateverTheirLetters) {
    put("Good/b.png");
    put("Good/a/z.png");
    put("BAD/c.png");
    EXPECT_EQ(files(read_sorted_folder(root(), {})), "-BAD/c.png +Good/a/z.png +Good/b.png");
}

TEST_F(SortedFolderTest, ChineseNamesAndPassAndFailMeanTheSame) {
    put("合格/a.png");
    put("不合格/b.png");
    put("pass/c.png");
    put("Fail/d.png");
    EXPECT_EQ(files(read_sorted_folder(root(), {})), "-Fail/d.png +pass/c.png -不合格/b.png +合格/a.png");
}

TEST_F(SortedFolderTest, RatingsAboveTheMiddleAreGood) {
    for (const char* file : {"1/a", "2/b", "3/c", "4/d", "5/e"}) put(file);
    const auto sorted = read_sorted_folder(root(), {});
    EXPECT_EQ(files(sorted), "-1/a -2/b -3/c +4/d +5/e");
    EXPECT_DOUBLE_EQ(*sorted->good_from, 4.0);
    EXPECT_DOUBLE_EQ(*sorted->files[1].rating, 2.0);
    EXPECT_EQ(files(read_sorted_folder(root(), 2.0)), "-1/a +2/b +3/c +4/d +5/e");
}

TEST_F(SortedFolderTest, HiddenFilesAndWhatMeasureLeftArePassedOver) {
    for (const char* file :
         {"good/a.mp4", "good/a.mp4.meters.csv", "good/a.mp4.report.json", "good/a.mp4.evidence/1.png",
          "good/.hidden/b.mp4", "bad/.DS_Store", "bad/c.mp4", ".git/d"}) {
        put(file);
    }
    EXPECT_EQ(files(read_sorted_folder(root(), {})), "-bad/c.mp4 +good/a.mp4");
}

TEST_F(SortedFolderTest, APipeIsPassedOverBecauseReadingItWouldWait) {
    put("good/a");
    put("bad/b");
    ASSERT_EQ(::mkfifo((root() / "bad/pipe").c_str(), 0600), 0);
    EXPECT_EQ(files(read_sorted_folder(root(), {})), "-bad/b +good/a");
}

TEST_F(SortedFolderTest, LooseFilesAreNamedNotDropped) {
    for (const char* file : {"good/a", "bad/b", "readme.txt"}) put(file);
    const auto sorted = read_sorted_folder(root(), {});
    ASSERT_TRUE(sorted);
    EXPECT_EQ(sorted->unsorted, std::vector{root() / "readme.txt"});
}

TEST_F(SortedFolderTest, AnyOtherLayoutIsRefusedWithTheOneExpected) {
    EXPECT_NE(refusal().find("make two folders in it, good and bad"), std::string::npos) << refusal();
    put("good/a");
    EXPECT_NE(refusal().find("holds 1 good and 0 bad files"), std::string::npos) << refusal();
    put("bad/b");
    EXPECT_EQ(refusal(), "");
    EXPECT_NE(refusal(3.0).find("--good-from is for rated folders"), std::string::npos);
    put("4/c");
    EXPECT_NE(refusal().find("sort in one way only"), std::string::npos) << refusal();
    put("so-so/d");
    EXPECT_NE(refusal().find("so-so says neither good nor bad"), std::string::npos) << refusal();
}

TEST_F(SortedFolderTest, OneRatingAloneOrALimitAboveAllIsNoTwoKinds) {
    put("4/a");
    EXPECT_NE(refusal().find("0 good and 1 bad"), std::string::npos) << refusal();
    put("5/a");
    EXPECT_EQ(refusal(), "");
    EXPECT_NE(refusal(6.0).find("0 good and 2 bad"), std::string::npos);
}

TEST_F(SortedFolderTest, AMissingFolderAndAFileAreTold) {
    put("file");
    for (const char* name : {"missing", "file"}) {
        const auto sorted = read_sorted_folder(root() / name, {});
        ASSERT_FALSE(sorted) << name;
        EXPECT_EQ(sorted.error().kind, ErrorKind::Io);
        EXPECT_NE(in_english(sorted.error().message).find(name), std::string::npos);
    }
}

}  // namespace
}  // namespace changji
