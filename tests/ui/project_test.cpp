#include "ui/project/project.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

#include "tests/support/media.hpp"

namespace changji {
namespace {

TEST(Project, AFreshFolderIsANewProject) {
    const test::TemporaryFolder folder;
    const auto project = load_project(folder.path());
    ASSERT_TRUE(project);
    EXPECT_EQ(project->preset, "hunan-2022-interview");
    EXPECT_EQ(project->slate, Slate{});
}

TEST(Project, WhatWasSavedIsReadBack) {
    const test::TemporaryFolder folder;
    Project project;
    project.folder = folder.path() / "新项目";
    project.preset = "hunan-2022-message";
    project.slate = {"某某大学", "林\"安\"", "校长", "周宁", "图书馆", {"四.5-a", "四.3-a"}};
    project.script = "第一行\n第二行";
    ASSERT_TRUE(save_project(project));
    const auto again = load_project(project.folder);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->slate, project.slate);
    EXPECT_EQ(again->script, project.script);
    EXPECT_EQ(again->preset, project.preset);
}

TEST(Project, KeysOfALaterVersionAreKept) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "project.toml") << "future = 7\n[slate]\nguest = \"A\"\nlens = \"50 mm\"\n";
    auto project = load_project(folder.path());
    ASSERT_TRUE(project);
    project->slate.guest = "B";
    ASSERT_TRUE(save_project(*project));
    const std::string text = test::content_of(folder.path() / "project.toml");
    EXPECT_NE(text.find("future = 7"), std::string::npos) << text;
    EXPECT_NE(text.find("50 mm"), std::string::npos) << text;
    EXPECT_NE(text.find("'B'"), std::string::npos) << text;
}

TEST(Project, ABrokenFileIsNamedWithItsLineAndLeftAlone) {
    const test::TemporaryFolder folder;
    const std::string broken = "preset = \"x\"\n[slate\n";
    std::ofstream(folder.path() / "project.toml") << broken;
    const auto project = load_project(folder.path());
    ASSERT_FALSE(project);
    EXPECT_EQ(project.error().kind, ErrorKind::InvalidConfig);
    EXPECT_NE(in_english(project.error().message).find("line 2"), std::string::npos);
    Project fresh;
    fresh.folder = folder.path();
    EXPECT_FALSE(save_project(fresh)) << "saving over it would lose what the crew wrote";
    EXPECT_EQ(test::content_of(folder.path() / "project.toml"), broken);
}

TEST(Slate, TheGuestIsSpokenWithSchoolAndOffice) {
    Slate slate;
    slate.school = "某某大学";
    EXPECT_EQ(slate.spoken_guest(), "") << "no name, no guest";
    slate.guest = "林安";
    slate.office = "校长";
    EXPECT_EQ(slate.spoken_guest(), "某某大学校长林安");
}

}  // namespace
}  // namespace changji
