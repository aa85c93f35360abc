#include "ui/delivery/package_desk.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "capture/takes.hpp"
#include "tests/presets/shipped_preset.hpp"
#include "tests/support/child.hpp"
#include "tests/support/program.hpp"
#include "ui/delivery/zip_file.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

/// A project with one take of some megabytes, and a desk.
class PackageDesks : public testing::Test {
protected:
    PackageDesks() {
        request_.project.folder = folder_.path() / "project";
        request_.preset = test::shipped_preset("hunan-2022-interview");
        request_.preset.photos.reset();
        fs::create_directories(request_.project.takes_folder());
        add_take(1, "pass");
    }
    void add_take(int number, const char* verdict) {
        const TakeFiles files = take_files(request_.project.takes_folder(), number);
        std::ofstream(files.video) << "take " << number;
        fs::resize_file(files.video, 8'000'000);
        const nlohmann::json report = {{"preset", "hunan-2022-interview"},
                                       {"verdict", verdict},
                                       {"sha256", hash_file(files.video)->sha256},
                                       {"duration_s", 12.0},
                                       {"findings", nlohmann::json::array()}};
        std::ofstream(files.report) << report.dump();
    }
    [[nodiscard]] bool planned() {
        desk_.plan(request_);
        return test::eventually([&] { return !desk_.latest().planning; });
    }
    [[nodiscard]] fs::path out() const { return folder_.path() / "out"; }

    test::TemporaryFolder folder_;
    PackageRequest request_;
    PackageDesk desk_;
};

TEST_F(PackageDesks, PlansWhatThereIsAndPutsItTogether) {
    ASSERT_TRUE(planned());
    const PackageState state = desk_.latest();
    ASSERT_TRUE(state.plan && state.choices) << in_english(state.problem);
    EXPECT_EQ(state.choices->interviews.size(), 1u);
    EXPECT_EQ(state.plan->items.size(), 1u);
    desk_.write(out(), true);
    EXPECT_TRUE(desk_.latest().writing) << "from the moment it was asked for";
    ASSERT_TRUE(test::eventually([&] { return !desk_.latest().writing; }));
    const auto written = desk_.latest().written;
    ASSERT_TRUE(written) << in_english(desk_.latest().problem);
    EXPECT_EQ(test::run("cd '" + written->folder.string() + "' && sha256sum -c --strict SHA256SUMS").exit_code, 0);
    EXPECT_TRUE(fs::exists(written->zip));
    EXPECT_DOUBLE_EQ(desk_.latest().share, 1.0);
}

TEST_F(PackageDesks, NothingIsReadOrCopiedWhileATakeIsRecorded) {
    ASSERT_TRUE(planned());
    desk_.hold(true);
    desk_.write(out(), false);
    add_take(2, "pass");
    desk_.plan(request_);
    // What it would do without being held takes a few milliseconds.
    EXPECT_FALSE(test::eventually([&] { return !desk_.latest().writing || !desk_.latest().planning; },
                                  std::chrono::milliseconds(500)));
    EXPECT_TRUE(desk_.latest().held);
    desk_.hold(false);
    ASSERT_TRUE(test::eventually([&] { return !desk_.latest().writing && !desk_.latest().planning; }));
    EXPECT_TRUE(desk_.latest().written);
    EXPECT_EQ(desk_.latest().choices->interviews.size(), 2u);
}

TEST_F(PackageDesks, StoppedItLeavesNothingBehindAndCanBeginAgain) {
    ASSERT_TRUE(planned());
    desk_.hold(true);  // so that it is still being written when it is stopped
    desk_.write(out(), false);
    desk_.stop();
    ASSERT_TRUE(test::eventually([&] { return !desk_.latest().writing; }));
    EXPECT_FALSE(desk_.latest().written);
    EXPECT_EQ(desk_.latest().problem, say("Stopped: nothing was put together."));
    EXPECT_TRUE(!fs::exists(out()) || fs::is_empty(out()));
    desk_.hold(false);
    desk_.write(out(), false);
    ASSERT_TRUE(test::eventually([&] { return !desk_.latest().writing; }));
    EXPECT_TRUE(desk_.latest().written);
}

TEST_F(PackageDesks, WhatCannotBePlannedSaysWhyAndNothingIsWritten) {
    request_.interview = 9;
    ASSERT_TRUE(planned());
    EXPECT_FALSE(desk_.latest().plan);
    EXPECT_FALSE(desk_.latest().problem.empty());
    desk_.write(out(), false);
    EXPECT_FALSE(desk_.latest().writing);
    request_.interview = 0;
    ASSERT_TRUE(planned());
    EXPECT_TRUE(desk_.latest().plan);
    EXPECT_TRUE(desk_.latest().problem.empty());
}

TEST(PackageWriter, ACopyThatIsBrokenOffLeavesNothing) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "from") << "x";
    fs::resize_file(folder.path() / "from", 5'000'000);
    std::int64_t seen = 0;
    const auto copied = copy_verified(folder.path() / "from", folder.path() / "to", [&](std::int64_t bytes) {
        seen = bytes;
        return bytes < 3'000'000;
    });
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().kind, ErrorKind::EndOfStream);
    EXPECT_LT(seen, 5'000'000);
    EXPECT_FALSE(fs::exists(folder.path() / "to"));
}

TEST(PackageWriter, AZipThatIsBrokenOffLeavesNothing) {
    const test::TemporaryFolder folder;
    fs::create_directory(folder.path() / "package");
    std::ofstream(folder.path() / "package/take.mp4") << "x";
    fs::resize_file(folder.path() / "package/take.mp4", 5'000'000);
    const auto zipped = zip_folder(folder.path() / "package", folder.path() / "package.zip", [] { return false; });
    ASSERT_FALSE(zipped);
    EXPECT_EQ(zipped.error().kind, ErrorKind::EndOfStream);
    EXPECT_FALSE(fs::exists(folder.path() / "package.zip"));
}

}  // namespace
}  // namespace changji
