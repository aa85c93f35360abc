#include "capture/recording/open.hpp"
#include "tests/capture/recorder_support.hpp"

#include <csignal>
#include <thread>

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace changji {
namespace {

using namespace std::chrono_literals;
using namespace test;

/// A disk that fails once it has taken so many bytes, or at the n-th sync.
class FailingSink final : public ByteSink {
public:
    struct Faults {
        std::int64_t bytes_until_full = -1;
        int good_syncs = -1;
    };
    FailingSink(std::unique_ptr<ByteSink> disk, Faults faults) : disk_(std::move(disk)), faults_(faults) {}

    Status write(std::span<const std::uint8_t> bytes) override {
        const auto size = static_cast<std::int64_t>(bytes.size());
        if (faults_.bytes_until_full >= 0 && written_ + size > faults_.bytes_until_full) {
            const auto fits = static_cast<std::size_t>(faults_.bytes_until_full - written_);
            static_cast<void>(disk_->write(bytes.first(fits)));
            written_ += static_cast<std::int64_t>(fits);
            return Error{ErrorKind::DiskFull, say("full")};
        }
        written_ += size;
        return disk_->write(bytes);
    }
    Status sync() override {
        if (faults_.good_syncs >= 0 && syncs_++ >= faults_.good_syncs) return Error{ErrorKind::Io, say("bad sector")};
        return disk_->sync();
    }

private:
    std::unique_ptr<ByteSink> disk_;
    const Faults faults_;
    std::int64_t written_ = 0;
    int syncs_ = 0;
};

std::unique_ptr<Recorder> open_failing(const RecorderSettings& settings, FailingSink::Faults faults) {
    Result<std::unique_ptr<ByteSink>> disk = open_file_sink(settings.part_file);
    EXPECT_TRUE(disk.has_value());
    Result<std::unique_ptr<Recorder>> recorder =
        open_recorder(settings, std::make_unique<FailingSink>(*std::move(disk), faults));
    EXPECT_TRUE(recorder.has_value());
    return *std::move(recorder);
}

TEST(RecorderFaults, FullDiskEndsTheTakeAndKeepsWhatWasWritten) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "take.part.mp4";
    const auto recorder = open_failing(settings_for(file), {.bytes_until_full = 600'000, .good_syncs = -1});
    play(*recorder, 150);
    const Status finished = recorder->finish();
    ASSERT_FALSE(finished.has_value());
    EXPECT_EQ(finished.error().kind, ErrorKind::DiskFull);
    ASSERT_TRUE(recorder->fault().has_value());
    EXPECT_EQ(recorder->fault()->kind, ErrorKind::DiskFull);
    EXPECT_EQ(std::filesystem::file_size(file), 600'000U);
    EXPECT_GE(picture_packets(file), 12) << "at least the first fragment plays";
}

TEST(RecorderFaults, DiskFullAtAnyByteNeverHangs) {
    const TemporaryFolder folder;
    for (const std::int64_t bytes : {0, 1, 40, 700, 1500, 100'000}) {
        RecorderSettings settings = settings_for(folder.path() / (std::to_string(bytes) + ".part.mp4"));
        const auto recorder = open_failing(settings, {.bytes_until_full = bytes, .good_syncs = -1});
        play(*recorder, 40);
        const Status finished = recorder->finish();
        ASSERT_FALSE(finished.has_value()) << bytes;
        EXPECT_EQ(finished.error().kind, ErrorKind::DiskFull);
    }
}

TEST(RecorderFaults, FailedSyncIsAFault) {
    const TemporaryFolder folder;
    const auto recorder =
        open_failing(settings_for(folder.path() / "take.part.mp4"), {.bytes_until_full = -1, .good_syncs = 0});
    play(*recorder, 30);
    const Status finished = recorder->finish();
    ASSERT_FALSE(finished.has_value());
    EXPECT_EQ(finished.error().kind, ErrorKind::Io);
}

TEST(RecorderFaults, SmallRealDiskFillsUpAndStaysPlayable) {
    const TemporaryFolder folder;
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
        GTEST_SKIP() << "NOT TESTED: no right to mount a small file system on this machine";
    }
    const auto unmount = [](const std::filesystem::path* mounted) { ::umount2(mounted->c_str(), MNT_DETACH); };
    const std::unique_ptr<const std::filesystem::path, decltype(unmount)> mounted(&folder.path(), unmount);

    const auto file = folder.path() / "take.part.mp4";
    Result<std::unique_ptr<Recorder>> recorder = open_recorder(settings_for(file));
    ASSERT_TRUE(recorder.has_value());
    play(**recorder, 200);
    const Status finished = (*recorder)->finish();
    ASSERT_FALSE(finished.has_value());
    EXPECT_EQ(finished.error().kind, ErrorKind::DiskFull);
    EXPECT_NE(in_english(finished.error().message).find("take.part.mp4"), std::string::npos);
    EXPECT_GE(picture_packets(file), 12);
}

TEST(RecorderFaults, KilledInTheMiddleLeavesAPlayablePart) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "take.part.mp4";
    const pid_t child = ::fork();
    if (child == 0) {
        Result<std::unique_ptr<Recorder>> recorder = open_recorder(settings_for(file));
        const CaptureTime start = CaptureTime::clock::now();
        for (int index = 0; recorder && index < 1000; ++index) {
            const CaptureTime now = start + tick_time(index, rate_25);
            std::this_thread::sleep_until(now);
            (*recorder)->write(sound_with_beep(index * 1920, 1920, start, start));
            (*recorder)->write(moving_picture(index, now));
        }
        ::_exit(1);
    }
    ASSERT_GT(child, 0);
    // Until the child has written for a while, however slow the machine is.
    std::error_code unreadable;
    for (int tries = 0; tries < 600 && picture_packets(file) < 25; ++tries) std::this_thread::sleep_for(50ms);
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";

    EXPECT_GE(picture_packets(file), 25);
    EXPECT_EQ(decoder_errors(file), "");
    EXPECT_GE(number(probe(file, "a:0", "stream=nb_read_packets"), "nb_read_packets"), 40);
}

TEST(RecorderFaults, OnlyOneProgramWritesATake) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "take.part.mp4";
    const Result<std::unique_ptr<ByteSink>> first = open_file_sink(file);
    ASSERT_TRUE(first.has_value());
    const Result<std::unique_ptr<ByteSink>> second = open_file_sink(file);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().kind, ErrorKind::DeviceBusy);
}

TEST(RecorderFaults, SpaceReservedAheadIsGivenBack) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "take.part.mp4";
    {
        Result<std::unique_ptr<ByteSink>> sink = open_file_sink(file);
        ASSERT_TRUE(sink.has_value());
        const std::vector<std::uint8_t> bytes(1000, 7);
        ASSERT_TRUE((*sink)->write(bytes).has_value());
        EXPECT_EQ(std::filesystem::file_size(file), 1000U) << "what is reserved is not yet part of the file";
    }
    EXPECT_EQ(std::filesystem::file_size(file), 1000U);
    EXPECT_LE(std::stol(run("stat -c %b '" + file.string() + "'").output), 64);
}

}  // namespace
}  // namespace changji
