// A disk that is too slow is told of while nothing is lost yet.

#include <gtest/gtest.h>
#include <chrono>

#include "tests/soak/soak.hpp"
#include "tests/support/child.hpp"
#include "tests/support/fake_camera.hpp"
#include "tests/support/fake_disk.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

TEST(Soak, ASlowDiskIsToldOfBeforeFramesAreLost) {
    const TemporaryFolder project;
    fs::create_directories(project.path() / "takes");
    FakeDisk disk(project.path());
    FakeCameras cameras;
    cameras.plug_in(42, "name Studio Cam\nmode mjpeg 1920x1080 25 " + cameras.mjpeg_frames(1920, 1080) + "\n");
    Child recording(cameras.environment() + disk.environment() +
                    changji_command("record --camera /dev/video42 --microphone none --duration 25 --json "
                                    "--encoder libx264:ultrafast --project '" +
                                    project.path().string() + "'"));
    const auto part = project.path() / "takes" / "take-001.part.mp4";
    ASSERT_TRUE(eventually([&] { return fs::exists(part) && fs::file_size(part) > 1'000'000; })) << recording.errors();
    disk.set_rules("throttle 100000");  // a small part of what this take needs
    const auto slow_since = std::chrono::steady_clock::now();
    const bool told = recording.says("disk", 20s);
    const double after_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - slow_since).count();
    const std::string said_by_then = recording.errors();
    disk.set_rules("");
    EXPECT_EQ(said_by_then.find("frames lost"), std::string::npos) << said_by_then;
    ASSERT_TRUE(told) << recording.errors();
    const auto exit_code = recording.wait(2min);
    ASSERT_EQ(exit_code, 0) << recording.errors();
    const auto losses = json_of({*exit_code, recording.output(), recording.errors()})["losses"];
    EXPECT_EQ(losses.value("frames_lost", -1), 0) << "and nothing is lost, for the packets wait in memory";
    tell("a slow disk was told of after " + std::to_string(after_s) + " s; losses " + losses.dump());
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + (project.path() / "takes" / "take-001.mp4").string() + "' -f null -")
                  .errors,
              "");
}

}  // namespace
}  // namespace changji::test
