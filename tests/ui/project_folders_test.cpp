#include "ui/project/project_folders.hpp"

#include <gtest/gtest.h>
#include <fstream>

#include "tests/support/media.hpp"
#include "tests/support/sound_server.hpp"
#include "ui/places.hpp"
#include "ui/project/project.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

TEST(RecentProjects, TheNewestComesFirstEachOnceAndEightAtMost) {
    std::vector<fs::path> recent;
    for (int i = 0; i < 10; ++i) recent = with_newest(recent, "/p" + std::to_string(i));
    ASSERT_EQ(recent.size(), 8U);
    EXPECT_EQ(recent.front(), "/p9");
    recent = with_newest(recent, "/p5");
    EXPECT_EQ(recent.size(), 8U);
    EXPECT_EQ(recent[0], "/p5");
    EXPECT_EQ(recent[1], "/p9");
}

TEST(RecentProjects, AreKeptBesideTheLastStart) {
    const test::TemporaryFolder folder;
    const test::Environment state("XDG_STATE_HOME", folder.path().string());
    EXPECT_TRUE(recent_projects().empty());
    remember_start({"/one", "demo", "none"});
    remember_start({"/two", "demo", "none"});
    EXPECT_EQ(recent_projects(), (std::vector<fs::path>{"/two", "/one"}));
    EXPECT_EQ(last_start().project, "/two");
}

TEST(Folders, AreListedByNameWithProjectsMarkedAndHiddenOnesLeftOut) {
    const test::TemporaryFolder folder;
    for (const char* name : {"b", "a", ".hidden"}) fs::create_directory(folder.path() / name);
    std::ofstream(folder.path() / "file.txt") << "no folder";
    std::ofstream(folder.path() / "b" / "project.toml") << "";
    const auto rows = list_folders(folder.path());
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ((*rows)[0].name, "a");
    EXPECT_FALSE((*rows)[0].is_project);
    EXPECT_TRUE((*rows)[1].is_project);
    EXPECT_FALSE(list_folders(folder.path() / "nowhere"));
}

TEST(Folders, ANameLiesUnderTheBaseAndAPathWhereItSays) {
    const test::Environment home("HOME", "/home/lin");
    EXPECT_EQ(typed_folder(" 林书记 ", "/videos"), "/videos/林书记");
    EXPECT_EQ(typed_folder("/srv/takes", "/videos"), "/srv/takes");
    EXPECT_EQ(typed_folder("~/takes", "/videos"), "/home/lin/takes");
    EXPECT_EQ(typed_folder("   ", "/videos"), fs::path());
}

TEST(Folders, ANewProjectIsMadeAtOnceAndNeverOverAnother) {
    const test::TemporaryFolder folder;
    const fs::path where = folder.path() / "deep" / "new";
    ASSERT_TRUE(make_project(where));
    EXPECT_TRUE(fs::exists(where / "project.toml"));
    EXPECT_FALSE(make_project(where));
    EXPECT_FALSE(make_project({}));
    EXPECT_TRUE(check_project_folder(where));
    EXPECT_FALSE(check_project_folder(folder.path() / "nowhere"));
}

}  // namespace
}  // namespace changji
