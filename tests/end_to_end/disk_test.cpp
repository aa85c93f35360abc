// Disks that fail while the real program records or finishes: afterwards the fragments or the finished file are whole,
// and the next `takes recover` on a disk that works makes the deliverable.

#include <gtest/gtest.h>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/child.hpp"
#include "tests/support/fake_disk.hpp"
#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

/// A project in which a take of two seconds was broken off.
struct BrokenOff {
    TemporaryFolder folder;
    fs::path takes = folder.path() / "takes";
    fs::path part = takes / "take-001.part.mp4";
    fs::path video = takes / "take-001.mp4";

    explicit BrokenOff(const std::string& fragments) {
        fs::create_directories(takes);
        std::ofstream(part, std::ios::binary) << fragments;
    }
    [[nodiscard]] std::string recover() const { return "takes recover --json '" + folder.path().string() + "'"; }
};

std::string make_fragments() {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "part.mp4").string();
    const auto made = run(
        "ffmpeg -v error -f lavfi -i testsrc2=s=640x360:r=25:d=2 -f lavfi -i sine=997:r=48000:d=2 -ac 2 -vf setsar=1 "
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 25 -bf 0 -video_track_timescale 12800 -c:a aac "
        "-movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration 500000 -f mp4 " +
        file);
    return made.exit_code == 0 ? content_of(file) : "";
}

enum class Complaints { Forbidden, Expected /*of a file that breaks off*/ };

std::int64_t decoded_pictures(const fs::path& file, Complaints complaints = Complaints::Forbidden) {
    const auto counted =
        run("ffprobe -v error -count_frames -select_streams v:0 -show_entries stream=nb_read_frames -of csv=p=0 '" +
            file.string() + "'");
    if (complaints == Complaints::Forbidden && !counted.errors.empty()) return -1;
    return counted.output.empty() ? -1 : std::stoll(counted.output);
}

TEST(Disk, WhateverFailsWhileFinishingTheTakeIsWholeAndFinishedLater) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const std::string fragments = make_fragments();
    ASSERT_FALSE(fragments.empty());

    // Every single thing that is done to the disk fails once.
    std::vector<std::string> faults;
    {
        const BrokenOff healthy(fragments);
        const FakeDisk disk(healthy.folder.path());
        ASSERT_EQ(run(disk.environment() + changji_command(healthy.recover())).exit_code, 0);
        for (const std::string operation : {"write", "sync", "rename", "truncate", "allocate", "remove"}) {
            const std::size_t times = disk.count(operation);
            EXPECT_GT(times, 0U) << operation;
            for (std::size_t n = 1; n <= times; ++n) {
                faults.push_back(operation + " " + std::to_string(n) +
                                 (operation == "write" || operation == "allocate" ? " ENOSPC" : " EIO"));
            }
        }
        faults.emplace_back("write 1 EIO");
        faults.emplace_back("write 1 EINTR");
        faults.emplace_back("write 1+ ENOSPC");
    }
    for (const std::string& fault : faults) {
        SCOPED_TRACE(fault);
        const BrokenOff project(fragments);
        {
            FakeDisk disk(project.folder.path());
            disk.set_rules("fail " + fault);
            const auto failing = run(disk.environment() + changji_command(project.recover()));
            EXPECT_LT(failing.exit_code, 128) << "died: " << failing.errors;
        }
        const bool kept = fs::exists(project.part);
        if (kept) {
            EXPECT_EQ(content_of(project.part), fragments);
        } else {
            EXPECT_EQ(decoded_pictures(project.video), 50);
        }

        EXPECT_EQ(changji(project.recover()).exit_code, 0);
        EXPECT_EQ(decoded_pictures(project.video), 50);
        std::set<std::string> left;
        for (const auto& entry : fs::directory_iterator(project.takes)) left.insert(entry.path().filename().string());
        EXPECT_EQ(left, (std::set<std::string>{"take-001.mp4", "take-001.json"}));
    }
}

TEST(Disk, AFullDiskDuringARecordingCostsTheLastSecondOnly) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    CHANGJI_NEEDS_SMALL_DISK(disk, 30 << 20);  // less than is reserved ahead
    const fs::path part = disk->path() / "takes" / "take-001.part.mp4";
    Child recording(changji_command(
        "record --camera "
        "'lavfi:testsrc2=size=1920x1080:rate=25,noise=alls=40:allf=t[out0];sine=sample_rate=48000[out1]' "
        "--microphone camera --encoder libx264:ultrafast --duration 8 --json --project '" +
        disk->path().string() + "'"));
    ASSERT_TRUE(eventually([&] { return fs::exists(part) && fs::file_size(part) > 1'000'000; }));
    // Another program takes what is left.
    const fs::path other = disk->path() / "other";
    static_cast<void>(run("cat /dev/zero > '" + other.string() + "'"));
    EXPECT_EQ(recording.wait(), 3) << recording.errors();
    ASSERT_TRUE(fs::exists(part));
    // The disk may have had no room for the report, so the printed one tells.
    const auto report = nlohmann::json::parse(recording.output(), nullptr, false);
    const std::int64_t there = decoded_pictures(part, Complaints::Expected);
    // A second, and what waits in the queue of a busy machine.
    ASSERT_FALSE(report.is_discarded());
    const auto& losses = report["losses"];
    EXPECT_GE(there, losses.value("frames_captured", 1000) - losses.value("frames_dropped", 0) +
                         losses.value("frames_repeated", 0) - 50);
    EXPECT_GE(there, 12);

    fs::remove(other);
    const auto recovered = changji("takes recover --json '" + disk->path().string() + "'");
    EXPECT_EQ(recovered.exit_code, 0) << recovered.errors;
    EXPECT_GE(decoded_pictures(disk->path() / "takes" / "take-001.mp4"), there - 13) << "but for half a fragment";
    EXPECT_FALSE(fs::exists(part));
}

TEST(Disk, AnErrorInTheMiddleOfARecordingLeavesATakeThatIsFinishedLater) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    for (const std::string fault : {"write 40+ ENOSPC", "sync 8+ EIO"}) {
        SCOPED_TRACE(fault);
        const TemporaryFolder folder;
        FakeDisk disk(folder.path());
        disk.set_rules("fail " + fault);
        const auto recorded = run(
            disk.environment() +
            changji_command("record --camera "
                            "'lavfi:testsrc2=size=1920x1080:rate=25[out0];sine=sample_rate=48000[out1]' --microphone "
                            "camera --encoder libx264:ultrafast --duration 20 --json --project '" +
                            folder.path().string() + "'"));
        EXPECT_EQ(recorded.exit_code, 3) << recorded.errors;
        const auto recovered = changji("takes recover --json '" + folder.path().string() + "'");
        EXPECT_EQ(recovered.exit_code, 0) << recovered.errors;
        EXPECT_GE(decoded_pictures(folder.path() / "takes" / "take-001.mp4"), 12);
        EXPECT_FALSE(fs::exists(folder.path() / "takes" / "take-001.part.mp4"));
    }
}

}  // namespace
}  // namespace changji::test
