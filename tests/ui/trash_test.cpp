#include "ui/trash.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>
#include <cstdlib>
#include <fstream>

#include "tests/support/media.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

class TrashTest : public ::testing::Test {
protected:
    void SetUp() override {
        ::setenv("XDG_DATA_HOME", (home_.path() / "share").c_str(), 1);
        fs::create_directories(takes_);
    }
    void TearDown() override { ::unsetenv("XDG_DATA_HOME"); }
    void write(const fs::path& file, const std::string& content) const { std::ofstream(file) << content; }
    [[nodiscard]] fs::path trash() const { return home_.path() / "share" / "Trash"; }

    test::TemporaryFolder home_;
    fs::path takes_ = home_.path() / "学校 100%" / "takes";
    TakeFiles files_ = take_files(takes_, 1);
};

TEST_F(TrashTest, ATakeGoesWithAllItsFilesAndCanBePutBack) {
    write(files_.video, "video");
    write(files_.report, "{}");
    write(files_.meters, "time_s");
    fs::create_directory(takes_ / "take-001.evidence");
    write(takes_ / "take-001.evidence" / "a.png", "still");
    write(takes_ / "take-001.html", "page");
    const TakeFiles other = take_files(takes_, 2);
    write(other.video, "other");
    write(takes_ / "take-0011.mp4", "of another number");
    ASSERT_TRUE(trash_take(files_));
    EXPECT_EQ(list_takes(takes_).size(), 1u);
    EXPECT_TRUE(fs::exists(other.video));
    EXPECT_TRUE(fs::exists(takes_ / "take-0011.mp4"));
    EXPECT_EQ(test::content_of(trash() / "files" / "take-001.mp4"), "video");
    EXPECT_EQ(test::content_of(trash() / "files" / "take-001.evidence" / "a.png"), "still");
    const std::string info = test::content_of(trash() / "info" / "take-001.mp4.trashinfo");
    EXPECT_TRUE(info.starts_with("[Trash Info]\nPath=/")) << info;
    EXPECT_NE(info.find("%E5%AD%A6%E6%A0%A1%20100%25/takes/take-001.mp4\nDeletionDate=2"), std::string::npos) << info;
    EXPECT_EQ(fs::status(trash() / "files").permissions() & fs::perms::others_all, fs::perms::none);
}

TEST_F(TrashTest, ASecondTakeOfTheSameNameReplacesNothing) {
    for (const char* content : {"first", "second"}) {
        write(files_.video, content);
        ASSERT_TRUE(trash_take(files_));
    }
    EXPECT_EQ(test::content_of(trash() / "files" / "take-001.mp4"), "first");
    EXPECT_EQ(test::content_of(trash() / "files" / "take-001.2.mp4"), "second");
    EXPECT_TRUE(fs::exists(trash() / "info" / "take-001.2.mp4.trashinfo"));
}

TEST_F(TrashTest, ATakeAtWorkStays) {
    write(files_.part, "fragments");
    write(files_.meters, "time_s");
    {
        const auto lock = TakeLock::acquire(files_.part);
        ASSERT_TRUE(lock);
        const Status gone = trash_take(files_);
        ASSERT_FALSE(gone);
        EXPECT_EQ(gone.error().kind, ErrorKind::DeviceBusy);
        EXPECT_TRUE(fs::exists(files_.part));
        EXPECT_TRUE(fs::exists(files_.meters));
    }
    EXPECT_TRUE(trash_take(files_));
}

TEST_F(TrashTest, WhereOneFileCantBeMovedAllStay) {
    write(files_.video, "video");
    write(files_.report, "{}");
    const Status gone = move_to_trash({files_.video, files_.report, takes_ / "take-001.absent"});
    ASSERT_FALSE(gone);
    EXPECT_EQ(test::content_of(files_.video), "video");
    EXPECT_EQ(test::content_of(files_.report), "{}");
    EXPECT_TRUE(fs::is_empty(trash() / "info"));
    EXPECT_TRUE(fs::is_empty(trash() / "files"));
}

TEST_F(TrashTest, OnAnotherFileSystemTheTrashLiesAtItsTop) {
    struct stat here = {}, away_from_here = {}, above = {};
    const bool another = ::stat(takes_.c_str(), &here) == 0 && ::stat("/dev/shm", &away_from_here) == 0 &&
                         ::stat("/dev", &above) == 0 && here.st_dev != away_from_here.st_dev &&
                         above.st_dev != away_from_here.st_dev;
    if (!another) GTEST_SKIP() << "NOT TESTED: there is no second file system here";
    const fs::path away = "/dev/shm/changji-trash-test-" + std::to_string(::getpid());
    fs::create_directories(away);
    write(away / "take-001.mp4", "video");
    const fs::path own = "/dev/shm/.Trash-" + std::to_string(::getuid());
    const bool was_there = fs::exists(own);
    const Status gone = move_to_trash({away / "take-001.mp4"});
    ASSERT_TRUE(gone);
    EXPECT_FALSE(fs::exists(trash() / "files" / "take-001.mp4"));
    bool found = false;
    for (const auto& entry : fs::directory_iterator(own / "info")) {
        const std::string info = test::content_of(entry.path());
        if (info.find("Path=" + away.filename().string() + "/take-001.mp4\n") == std::string::npos) continue;
        found = true;  // relative to the top
        const fs::path moved = own / "files" / entry.path().stem();
        EXPECT_EQ(test::content_of(moved), "video");
        fs::remove(moved);
        fs::remove(entry.path());
        break;
    }
    EXPECT_TRUE(found);
    fs::remove_all(away);
    if (!was_there) fs::remove_all(own);
}

TEST_F(TrashTest, WhatIsNotThereIsSaid) {
    const Status gone = trash_take(take_files(takes_, 9));
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::InvalidConfig);
}

}  // namespace
}  // namespace changji
