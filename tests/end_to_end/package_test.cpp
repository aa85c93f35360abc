// `changji package`, from takes that were recorded to a folder that is sent in.

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

/// Two projects with a short take each, a manuscript and three photos.
class PackageCommand : public testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        const auto record = [&](const char* project, const char* preset) {
            return changji("record --camera demo --microphone demo --duration 2 --preset " + std::string(preset) +
                           " --guest 张三 --project '" + (folder_.path() / project).string() + "'")
                .exit_code;
        };
        ASSERT_EQ(record("interview", "hunan-2022-interview"), 0);
        ASSERT_EQ(record("message", "hunan-2022-message"), 0);
        std::ofstream(folder_.path() / "interview/文稿.txt")
            << "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是张三。就业率，访企拓岗，寄语同"
               "学们。"
               "我们学校今年的工作从早春开始，全校上下一起努力，帮助每一位毕业生找到合适的岗位。联系人：李四，电话：073"
               "1-88880000\n";
        fs::create_directory(folder_.path() / "interview/photos");
        for (const char* name : {"1", "2", "3"}) {
            ASSERT_EQ(
                run("ffmpeg -v error -f lavfi -i nullsrc=size=2600x2000,geq=lum='random(1)*24" + std::string(name) +
                    "':cb=128:cr=128 -frames:v 1 '" + (folder_.path() / "interview/photos" / name).string() + ".jpg'")
                    .exit_code,
                0);
        }
    }
    CommandResult package(const std::string& more) {
        return changji("package '" + (folder_.path() / "interview").string() + "' --to '" +
                       (folder_.path() / "out").string() + "' " + more);
    }
    std::string message() { return "--message '" + (folder_.path() / "message").string() + "' "; }
    TemporaryFolder folder_;
};

TEST_F(PackageCommand, RefusesAFailedClauseAndForceSendsItInAllTheSame) {
    const auto refused = package("--json");
    EXPECT_EQ(refused.exit_code, 1) << refused.errors;
    EXPECT_FALSE(json_of(refused)["delivered"]);
    EXPECT_FALSE(fs::exists(folder_.path() / "out"));
    const auto forced = package("--json --force");
    ASSERT_EQ(forced.exit_code, 0) << forced.errors;
    EXPECT_TRUE(json_of(forced)["forced"]);

    const auto whole = package("--json --force --zip " + message());
    ASSERT_EQ(whole.exit_code, 0) << whole.errors;
    const auto document = json_of(whole);
    const fs::path made = document.value("folder", "");
    EXPECT_TRUE(made.string().ends_with("-2"));
    EXPECT_EQ(run("cd '" + made.string() + "' && sha256sum -c --strict SHA256SUMS").exit_code, 0);
    EXPECT_TRUE(fs::exists(document.value("zip", "")));
    for (const auto& finding : document["findings"]) {
        bool known = false;
        for (const auto& clause : document["clauses"]) known = known || clause["clause"] == finding["clause"];
        EXPECT_TRUE(known) << finding.dump();
    }
    // What was put together can be checked by the program itself.
    EXPECT_EQ(json_of(changji("check --json '" + made.string() + "'"))["files"].size(), 7u)
        << "two videos, a manuscript, three photos, their number";

    std::ofstream(folder_.path() / "interview/takes/take-001.mp4", std::ios::app) << "x";
    const auto changed = package("--json --force " + message());
    EXPECT_EQ(changed.exit_code, 2);
    EXPECT_FALSE(fs::exists(made.string().substr(0, made.string().size() - 1) + "3"));
}

TEST(PackageUsage, WhatIsNotThereIsToldWithCode2) {
    const TemporaryFolder folder;
    EXPECT_EQ(
        changji("package '" + (folder.path() / "none").string() + "' --to '" + folder.path().string() + "'").exit_code,
        2);
    EXPECT_EQ(changji("package '" + folder.path().string() + "'").exit_code, 2) << "--to is missing";
    EXPECT_EQ(changji("package '" + folder.path().string() + "' --to x --preset hunan-2022-message").exit_code, 2);
}

}  // namespace
}  // namespace changji::test
