#include "ui/delivery/package_writer.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "capture/takes.hpp"
#include "tests/presets/shipped_preset.hpp"
#include "tests/support/program.hpp"
#include "ui/delivery/package_names.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono;

TEST(PackageNames, WhatNoFileSystemAllowsIsLeftOut) {
    EXPECT_EQ(safe_file_name("湖南/某\\大学:*?\"<>|"), "湖南某大学");
    EXPECT_EQ(safe_file_name("../../etc/passwd"), "etcpasswd");
    EXPECT_EQ(safe_file_name("a\nb\x7F"), "a b");
    EXPECT_EQ(safe_file_name("名\u202E\u200B字"), "名字");
    EXPECT_EQ(safe_file_name(" .hidden. "), "hidden");
    EXPECT_EQ(safe_file_name("con"), "_con");
    EXPECT_EQ(safe_file_name("LPT1.txt"), "_LPT1.txt");
    EXPECT_EQ(safe_file_name("..."), "");
    EXPECT_EQ(safe_file_name("\xFF\xFE"), "");
}

TEST(PackageNames, LongNamesEndWithAWholeCharacter) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "字";
    EXPECT_EQ(safe_file_name(text), text.substr(0, 120));
}

TEST(PackageNames, AFieldThatNobodyEnteredLeavesNoGap) {
    Slate slate;
    EXPECT_EQ(name_by_pattern("{school}-{guest}-访谈视频", slate, 1, "x"), "访谈视频");
    EXPECT_EQ(name_by_pattern("{school}-{guest}", slate, 1, "x"), "x");
    slate.school = "某某大学";
    EXPECT_EQ(name_by_pattern("{school}-{guest}-照片{number}", slate, 3, "x"), "某某大学-照片3");
    slate.guest = "../张三";
    EXPECT_EQ(name_by_pattern("{school}-{guest}", slate, 1, "x"), "某某大学-张三");
}

/// A project with takes whose files are a few bytes: the package asks their reports.
class Package : public testing::Test {
protected:
    Package() {
        request_.project.folder = folder_.path() / "project";
        request_.project.slate = {"某某大学", "张三", "校长", "", "", {}};
        request_.preset = test::shipped_preset("hunan-2022-interview");
        request_.preset.photos.reset();  // made by others; see delivery_files_test
        request_.message_preset = test::shipped_preset("hunan-2022-message");
        fs::create_directories(request_.project.takes_folder());
        std::ofstream(request_.project.folder / "文稿.txt")
            << "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是某某大学校长张三。就业率，访企"
               "拓岗，寄语同学们。"
               "我们学校今年的工作从早春开始，全校上下一起努力，帮助每一位毕业生找到合适的岗位。联系人：李四，电话：073"
               "1-88880000\n";
    }
    void add_take(int number, const std::string& preset, const std::string& verdict, const std::string& rating = {},
                  const std::string& sha256 = {}) {
        const TakeFiles files = take_files(request_.project.takes_folder(), number);
        std::ofstream(files.video) << "take " << number;
        const nlohmann::json report = {
            {"preset", preset},
            {"verdict", verdict},
            {"rating", rating},
            {"note", "private"},
            {"sha256", sha256.empty() ? hash_file(files.video)->sha256 : sha256},
            {"duration_s", 12.0},
            {"findings", {{{"clause", "四.4"}, {"check", "video.size"}, {"status", verdict}, {"message", "found"}}}}};
        std::ofstream(files.report) << report.dump();
    }
    void add_good_takes() {
        add_take(1, "hunan-2022-interview", "pass");
        add_take(2, "hunan-2022-message", "pass");
    }
    Result<PackagePlan> plan() { return plan_package(request_, 2022y / 4 / 10); }
    int chosen_interview() {
        const auto made = plan();
        for (const PackageItem& item : made->items) {
            if (item.role == PackageRole::Interview) return std::stoi(item.source.stem().string().substr(5));
        }
        return 0;
    }
    Result<WrittenPackage> write(bool zip = false) {
        PackageOptions options;
        options.to = folder_.path() / "out";
        options.zip = zip;
        return write_package(*plan(), options);
    }
    test::TemporaryFolder folder_;
    PackageRequest request_;
};

TEST_F(Package, TheBestRatedTakeIsChosenThenTheBestVerdictThenTheNewest) {
    add_take(1, "hunan-2022-interview", "pass");
    EXPECT_EQ(chosen_interview(), 1);
    add_take(2, "hunan-2022-interview", "pass");
    EXPECT_EQ(chosen_interview(), 2) << "the newest";
    add_take(3, "hunan-2022-interview", "warn");
    EXPECT_EQ(chosen_interview(), 2) << "the best verdict";
    add_take(4, "hunan-2022-interview", "warn", "good");
    EXPECT_EQ(chosen_interview(), 4) << "the best rating";
    add_take(5, "hunan-2022-interview", "pass", "no");
    add_take(6, "hunan-2022-message", "pass", "good");
    EXPECT_EQ(chosen_interview(), 4) << "neither one that was turned down nor a message clip";
    request_.interview = 1;
    EXPECT_EQ(chosen_interview(), 1) << "the one that was named";
    request_.interview = 9;
    EXPECT_FALSE(plan());
}

TEST_F(Package, WhatIsMissingFailsItsOwnClause) {
    const auto status = [&](const char* clause) {
        return status_of_clause(*plan(), clause).value_or(FindingStatus::Pass);
    };
    EXPECT_EQ(status("四.2-a"), FindingStatus::Fail) << "interview";
    EXPECT_EQ(status("四.2-b"), FindingStatus::Fail) << "message clip";
    fs::remove(request_.project.folder / "文稿.txt");
    EXPECT_EQ(status("四.7"), FindingStatus::Fail) << "manuscript";
    add_good_takes();
    EXPECT_NE(status("四.2-b"), FindingStatus::Fail);
    request_.preset = test::shipped_preset("hunan-2022-interview");
    EXPECT_EQ(status("四.8"), FindingStatus::Fail) << "photos";
    EXPECT_EQ(plan()->verdict, VerdictStatus::Fail);
}

TEST_F(Package, DeadlinesTellTheDaysLeft) {
    add_good_takes();
    const auto made = plan();
    ASSERT_EQ(made->deadlines.size(), 2u);
    EXPECT_EQ(made->deadlines[0].days, 5);
    EXPECT_EQ(made->deadlines[1].days, 10);
    EXPECT_EQ(status_of_clause(*made, "五-1"), FindingStatus::Pass);
    EXPECT_EQ(status_of_clause(*plan_package(request_, 2022y / 4 / 21), "五-1"), FindingStatus::Warn);
}

TEST_F(Package, EveryFileIsNamedByThePresetAndCheckedBySha256sum) {
    add_good_takes();
    ASSERT_EQ(plan()->verdict, VerdictStatus::Pass) << package_checklist(*plan(), {});
    const auto written = write();
    ASSERT_TRUE(written) << in_english(written.error().message);
    EXPECT_EQ(written->folder.filename(), "某某大学-张三-书记校长话就业");
    for (const char* name :
         {"某某大学-张三-访谈视频.mp4", "某某大学-张三-访谈视频.report.json", "某某大学-张三-寄语视频.mp4",
          "某某大学-张三-访谈文稿.txt", "checklist.txt", "manifest.json", "SHA256SUMS"}) {
        EXPECT_TRUE(fs::exists(written->folder / name)) << name;
    }
    const auto checked = test::run("cd '" + written->folder.string() + "' && sha256sum -c --strict SHA256SUMS");
    EXPECT_EQ(checked.exit_code, 0) << checked.output;
    EXPECT_EQ(std::count(checked.output.begin(), checked.output.end(), '\n'), 7);
    EXPECT_EQ(test::content_of(written->folder / "某某大学-张三-访谈视频.mp4"), "take 1");
    const auto report = nlohmann::json::parse(test::content_of(written->folder / "某某大学-张三-访谈视频.report.json"));
    EXPECT_FALSE(report.contains("note") || report.contains("rating"))
        << "what the crew wrote for itself stays at home";
    const auto manifest = nlohmann::json::parse(test::content_of(written->folder / "manifest.json"));
    EXPECT_EQ(manifest["schema"], "changji.package/1");
    EXPECT_EQ(manifest["verdict"], "pass");
}

TEST_F(Package, NothingIsEverReplaced) {
    add_good_takes();
    const auto first = write(), second = write();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(second->folder.filename().string(), first->folder.filename().string() + "-2");
    std::ofstream(second->folder.string().substr(0, second->folder.string().size() - 1) + "3.zip") << "another's";
    const auto third = write(true);
    ASSERT_TRUE(third);
    EXPECT_TRUE(third->folder.string().ends_with("-4")) << third->folder;
}

TEST_F(Package, ATakeThatWasChangedSinceIsNeverSentIn) {
    add_good_takes();
    std::ofstream(take_files(request_.project.takes_folder(), 1).video) << "changed";
    PackageOptions options;
    options.to = folder_.path() / "out";
    options.forced = true;
    const auto written = write_package(*plan(), options);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Corrupt);
    EXPECT_TRUE(fs::is_empty(options.to)) << "and nothing is left behind";
}

TEST_F(Package, TheZipHoldsTheSameFiles) {
    CHANGJI_NEEDS_PROGRAM("unzip");
    add_good_takes();
    const auto written = write(true);
    ASSERT_TRUE(written) << in_english(written.error().message);
    const fs::path there = folder_.path() / "there";
    fs::create_directory(there);
    ASSERT_EQ(
        test::run("cd '" + there.string() + "' && LC_ALL=C.UTF-8 unzip -q '" + written->zip.string() + "'").exit_code,
        0);
    const auto checked =
        test::run("cd '" + (there / written->folder.filename()).string() + "' && sha256sum -c --strict SHA256SUMS");
    EXPECT_EQ(checked.exit_code, 0) << checked.errors;
}

TEST_F(Package, AnotherProjectMayHoldTheMessageClip) {
    add_take(1, "hunan-2022-interview", "pass");
    const fs::path project = request_.project.folder;
    request_.project.folder = folder_.path() / "message";
    fs::create_directories(request_.project.takes_folder());
    add_take(7, "hunan-2022-message", "pass");
    request_.project.folder = project;
    request_.message = (folder_.path() / "message").string();
    const auto made = plan();
    ASSERT_TRUE(made);
    EXPECT_EQ(made->items.at(1).source.filename(), "take-007.mp4");
    request_.message = (folder_.path() / "nowhere").string();
    EXPECT_FALSE(plan());
}

TEST_F(Package, TwoManuscriptsAreNotChosenBetween) {
    add_good_takes();
    fs::copy_file(request_.project.folder / "文稿.txt", request_.project.folder / "旧稿.txt");
    EXPECT_FALSE(plan());
    request_.manuscript = request_.project.folder / "旧稿.txt";
    EXPECT_TRUE(plan());
}

TEST_F(Package, MoreThanAMailCarriesIsTold) {
    add_good_takes();
    request_.preset.delivery->mail_limit_mb = 1;
    std::ofstream(request_.project.folder / "take") << "";
    fs::resize_file(take_files(request_.project.takes_folder(), 1).video, 2'000'000);
    EXPECT_NE(package_checklist(*plan(), {}).find("more than a mail carries"), std::string::npos);
}

}  // namespace
}  // namespace changji
