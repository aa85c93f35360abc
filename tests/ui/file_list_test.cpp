#include "ui/check/file_list.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/media.hpp"
#include "ui/check/file_kind.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

class FileListTest : public testing::Test {
protected:
    void put(const fs::path& file, const std::string& content = "x") {
        fs::create_directories((root() / file).parent_path());
        std::ofstream(root() / file, std::ios::binary) << content;
    }
    [[nodiscard]] const fs::path& root() const { return folder_.path(); }
    [[nodiscard]] FileList list(const std::string& name, Links links = Links::Report,
                                std::vector<fs::path> except = {}) const {
        ListOptions options;
        options.links = links;
        options.except = std::move(except);
        options.wanted = [](const fs::path& file) { return kind_of(file) == FileKind::Video; };
        return list_files({(root() / name).string()}, options);
    }
    /// "a.mp4 b/c.mp4": where they lie below what was named, in order.
    [[nodiscard]] static std::string names(const FileList& list) {
        std::string all;
        for (const ListedFile& file : list.files) all += (all.empty() ? "" : " ") + file.below.string();
        return all;
    }

private:
    test::TemporaryFolder folder_;
};

TEST_F(FileListTest, AFolderGivesItsVideosAndThoseBelowInOrder) {
    put("in/b.mp4"), put("in/a.MOV"), put("in/deep/er/c.mkv"), put("in/notes.txt"), put("in/photo.jpg");
    put("in/take-001.part.mp4");
    EXPECT_EQ(names(list("in")), "a.MOV b.mp4 deep/er/c.mkv");
}

TEST_F(FileListTest, APatternIsExpandedUnlessAFileHasThatName) {
    put("in/a1.mp4"), put("in/a2.mp4"), put("in/b.mp4"), put("in/a[1].mp4");
    EXPECT_EQ(names(list("in/a?.mp4")), "a1.mp4 a2.mp4");
    EXPECT_EQ(names(list("in/a[1].mp4")), "a[1].mp4");
    EXPECT_EQ(names(list("in/none*.mp4")), "none*.mp4") << "it is told later that there is no such file";
}

TEST_F(FileListTest, ALinkOutOfTheFolderIsToldAndFollowedOnlyWhenAsked) {
    put("in/a.mp4"), put("elsewhere/b.mp4"), put("elsewhere/deep/c.mp4");
    fs::create_symlink(root() / "elsewhere" / "b.mp4", root() / "in" / "link.mp4");
    fs::create_directory_symlink(root() / "elsewhere" / "deep", root() / "in" / "linked");
    const FileList careful = list("in");
    EXPECT_EQ(names(careful), "a.mp4");
    ASSERT_EQ(careful.left_out.size(), 2u);
    EXPECT_EQ(careful.left_out[0].first.filename(), "link.mp4");
    EXPECT_NE(in_english(careful.left_out[0].second).find("elsewhere"), std::string::npos);
    const FileList followed = list("in", Links::Follow);
    EXPECT_EQ(names(followed), "a.mp4 link.mp4 linked/c.mp4");
    EXPECT_TRUE(followed.left_out.empty());
}

TEST_F(FileListTest, LoopsEndAndNothingComesTwice) {
    put("in/a.mp4"), put("in/deep/b.mp4");
    fs::create_directory_symlink(root() / "in", root() / "in" / "deep" / "up");
    fs::create_symlink(root() / "in" / "a.mp4", root() / "in" / "same.mp4");
    for (const Links links : {Links::Report, Links::Follow}) {
        const FileList found = list("in", links);
        EXPECT_EQ(names(found), "a.mp4 deep/b.mp4");
        EXPECT_TRUE(found.left_out.empty());
    }
    fs::create_directories(root() / "other");
    fs::create_directory_symlink(root() / "other", root() / "in" / "out");
    fs::create_directory_symlink(root() / "in", root() / "other" / "back");
    EXPECT_EQ(names(list("in", Links::Follow)), "a.mp4 deep/b.mp4") << "a loop through another folder";
}

TEST_F(FileListTest, ABrokenLinkIsTold) {
    put("in/a.mp4");
    fs::create_symlink(root() / "gone.mp4", root() / "in" / "lost.mp4");
    const FileList found = list("in");
    EXPECT_EQ(names(found), "a.mp4");
    ASSERT_EQ(found.left_out.size(), 1u);
    EXPECT_EQ(in_english(found.left_out[0].second), "A link that leads nowhere.");
}

TEST_F(FileListTest, OurOwnOutputIsNotEntered) {
    put("in/a.mp4"), put("in/fixed/a.mp4");
    EXPECT_EQ(names(list("in", Links::Report, {root() / "in" / "fixed"})), "a.mp4");
}

TEST_F(FileListTest, TheKindIsReadFromTheContentWhereTheNameSaysNothing) {
    put("take", std::string("\0\0\0\x20"
                            "ftypisom",
                            12));
    put("picture", "\xFF\xD8\xFF\xE0");
    put("sound", std::string("RIFF\0\0\0\0WAVE", 12));
    put("letter", "%PDF-1.7");
    put("nothing", "hello");
    put("report.json", "{}");
    EXPECT_EQ(kind_of(root() / "take"), FileKind::Video);
    EXPECT_EQ(kind_of(root() / "picture"), FileKind::Photo);
    EXPECT_EQ(kind_of(root() / "sound"), FileKind::Sound);
    EXPECT_EQ(kind_of(root() / "letter"), FileKind::Manuscript);
    EXPECT_EQ(kind_of(root() / "nothing"), FileKind::Other);
    EXPECT_EQ(kind_of(root() / "report.json"), FileKind::Other);
    EXPECT_EQ(kind_of(root()), FileKind::Other);
}

}  // namespace
}  // namespace changji
