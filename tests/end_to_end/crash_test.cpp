// A crash in the middle of a take, and what the next start makes of it.

#include <gtest/gtest.h>
#include <chrono>
#include <thread>

#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

/// Starts a long recording, kills it once `wait` of it is on disk, and returns the project folder's part file.
fs::path killed_recording(const fs::path& project, std::chrono::milliseconds wait) {
    const auto part = project / "takes" / "take-001.part.mp4";
    const std::string command = changji_command(
        "record --camera 'lavfi:testsrc2=size=1920x1080:rate=25[out0];sine=sample_rate=48000[out1]' --microphone "
        "camera "
        "--duration 60 --project '" +
        project.string() + "'");
    const std::string script = "exec setsid " + command + " >/dev/null 2>&1 & echo $!";
    const auto pid = run(script).output;
    for (int i = 0; i < 400 && (!fs::exists(part) || fs::file_size(part) < 100'000); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    std::this_thread::sleep_for(wait);
    static_cast<void>(run("kill -9 " + pid));
    return part;
}

TEST(Crash, AKilledRecordingIsPlayableAndRecovered) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    const TemporaryFolder folder;
    const auto part = killed_recording(folder.path(), std::chrono::seconds(3));
    ASSERT_TRUE(fs::exists(part));
    EXPECT_EQ(run("ffmpeg -v error -i '" + part.string() + "' -t 1 -f null -").exit_code, 0)
        << "playable before recovery";

    const auto recovered = changji("takes recover --json '" + folder.path().string() + "'");
    ASSERT_EQ(recovered.exit_code, 0) << recovered.errors << recovered.output;
    EXPECT_TRUE(json_of(recovered)["takes"][0].value("rescued", false));
    const auto take = folder.path() / "takes" / "take-001.mp4";
    ASSERT_TRUE(fs::exists(take));
    EXPECT_FALSE(fs::exists(part));
    EXPECT_GE(std::stod(ffprobe(take)["format"].value("duration", "0")), 2.0);
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take.string() + "' -f null -").errors, "");
    const auto report = json_of(changji("takes show --json '" + folder.path().string() + "'"));
    EXPECT_EQ(report.value("schema", ""), "changji.take/1");
}

TEST(Crash, TheNextRecordingRescuesTheTakeWithoutBeingAsked) {
    const TemporaryFolder folder;
    const auto part = killed_recording(folder.path(), std::chrono::seconds(1));
    ASSERT_TRUE(fs::exists(part));
    const auto next = changji(
        "record --camera 'lavfi:testsrc2=size=1920x1080:rate=25' --microphone none --duration 1 --json --project '" +
        folder.path().string() + "'");
    EXPECT_EQ(next.exit_code, 0) << next.errors;
    EXPECT_EQ(json_of(next).value("take", 0), 2);
    EXPECT_TRUE(fs::exists(folder.path() / "takes" / "take-001.mp4"));
    EXPECT_NE(next.errors.find("rescued"), std::string::npos) << next.errors;
}

TEST(Crash, ATakeThatIsBeingRecordedIsNotRescued) {
    const TemporaryFolder folder;
    const std::string record = changji_command(
        "record --camera 'lavfi:testsrc2=size=1920x1080:rate=25' --microphone none --duration 4 --json --project '" +
        folder.path().string() + "'");
    std::thread recording([&] { EXPECT_EQ(run(record).exit_code, 0); });
    const auto part = folder.path() / "takes" / "take-001.part.mp4";
    for (int i = 0; i < 200 && (!fs::exists(part) || fs::file_size(part) < 50'000); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    const auto recovered = json_of(changji("takes recover --json '" + folder.path().string() + "'"));
    ASSERT_EQ(recovered["takes"].size(), 1u);
    EXPECT_FALSE(recovered["takes"][0].value("rescued", true));
    recording.join();
    EXPECT_TRUE(fs::exists(folder.path() / "takes" / "take-001.mp4"));
}

}  // namespace
}  // namespace changji::test
