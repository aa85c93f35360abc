#include "capture/takes.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/media.hpp"

namespace changji {
namespace {
namespace fs = std::filesystem;

void touch(const fs::path& path, const std::string& content = "x") { std::ofstream(path) << content; }

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(Takes, NamesHaveThreeDigitsAndMoreWhenNeeded) {
    EXPECT_EQ(take_files("p", 7).video, "p/take-007.mp4");
    EXPECT_EQ(take_files("p", 7).part, "p/take-007.part.mp4");
    EXPECT_EQ(take_files("p", 7).report, "p/take-007.json");
    EXPECT_EQ(take_files("p", 1234).meters, "p/take-1234.meters.csv");
}

TEST(Takes, ListKnowsEveryKindOfFileAndNoForeignOne) {
    const test::TemporaryFolder folder;
    for (const char* name :
         {"take-002.mp4", "take-002.json", "take-005.part.mp4", "take-010.json", "take-1001.meters.csv"}) {
        touch(folder.path() / name);
    }
    for (const char* name :
         {"take-3.mp4", "take-0004.mp4", "take-000.mp4", "take-006.mov", "take-007.mp4.bak", "Take-008.mp4",
          "take-009.json.tmp-1-0", "take-011.finish.tmp.mp4", "take-99999999999.mp4", "notes.txt"}) {
        touch(folder.path() / name);
    }
    std::vector<int> numbers;
    for (const TakeFiles& take : list_takes(folder.path())) numbers.push_back(take.number);
    EXPECT_EQ(numbers, (std::vector<int>{2, 5, 10, 1001}));
}

TEST(Takes, FolderThatIsNotThereHasNoTakes) { EXPECT_TRUE(list_takes("/nowhere/at/all").empty()); }

TEST(Takes, ReserveMakesTheFolderAndCountsOnAfterTheLast) {
    const test::TemporaryFolder folder;
    const fs::path takes = folder.path() / "new" / "takes";
    ASSERT_TRUE(reserve_take(takes));
    touch(takes / "take-999.meters.csv");
    const auto next = reserve_take(takes);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->number, 1000);
    EXPECT_EQ(fs::file_size(next->part), 0U);
}

TEST(Takes, TwentyReservationsAtOnceGetTwentyNumbers) {
    const test::TemporaryFolder folder;
    std::vector<int> numbers(20);
    {
        std::vector<std::jthread> threads;
        for (int& number : numbers) {
            threads.emplace_back([&] {
                const auto reserved = reserve_take(folder.path());
                number = reserved ? reserved->number : -1;
            });
        }
    }
    EXPECT_EQ(std::set<int>(numbers.begin(), numbers.end()).size(), 20U);
    EXPECT_FALSE(std::ranges::any_of(numbers, [](int number) { return number < 1; }));
}

TEST(Takes, ReserveBelowAFileIsAnIoErrorThatNamesThePath) {
    const test::TemporaryFolder folder;
    touch(folder.path() / "file");
    const auto reserved = reserve_take(folder.path() / "file" / "takes");
    ASSERT_FALSE(reserved);
    EXPECT_EQ(reserved.error().kind, ErrorKind::Io);
    EXPECT_NE(in_english(reserved.error().message).find("takes"), std::string::npos);
}

TEST(WriteFileAtomically, ReplacesTheContentAndLeavesNothingBeside) {
    const test::TemporaryFolder folder;
    const fs::path file = folder.path() / "take-001.json";
    ASSERT_TRUE(write_file_atomically(file, "old"));
    ASSERT_TRUE(write_file_atomically(file, "new and longer"));
    EXPECT_EQ(test::content_of(file), "new and longer");
    EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(WriteFileAtomically, OtherPeopleMayReadTheFileAsTheUmaskSays) {
    const test::TemporaryFolder folder;
    const mode_t before = ::umask(022);
    ASSERT_TRUE(write_file_atomically(folder.path() / "a", "x"));
    ::umask(before);
    struct stat found = {};
    ASSERT_EQ(::stat((folder.path() / "a").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0644U);
}

TEST(WriteFileAtomically, FullDiskKeepsTheOldFile) {
    const test::TemporaryFolder folder;
    const fs::path file = folder.path() / "take-001.json";
    ASSERT_TRUE(write_file_atomically(file, "old"));
    // A file size limit stands for the full disk; in a child, because it holds for the whole process.
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit limit{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
        const Status written = write_file_atomically(file, std::string(5000, 'n'));
        ::_exit(!written && written.error().kind == ErrorKind::DiskFull ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(test::content_of(file), "old");
    EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(WriteFileAtomically, MissingFolderIsAnIoError) {
    const Status written = write_file_atomically("/nowhere/at/all/report.json", "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Io);
}

TEST(DiskRoom, TakeNeedsItsSizeTwice) {
    const test::TemporaryFolder folder;
    const auto room = disk_room(folder.path() / "not" / "made" / "yet", 8000);
    ASSERT_TRUE(room);
    EXPECT_GT(room->free_bytes, 0);
    EXPECT_NEAR(room->minutes_left, static_cast<double>(room->free_bytes) / 120e6, 1e-6);  // 1 MB/s, twice, 60 s
}

TEST(DiskRoom, BitrateOfZeroIsRefused) { EXPECT_EQ(disk_room("/", 0).error().kind, ErrorKind::InvalidConfig); }

}  // namespace
}  // namespace changji
