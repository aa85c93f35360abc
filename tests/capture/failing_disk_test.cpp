// A disk that fails at any moment of a recording: all but the last second must be there and be finished later.

#include <algorithm>
#include <csignal>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/index.hpp"
#include "capture/recording/encoders.hpp"
#include "capture/recording/fragment_writer.hpp"
#include "capture/takes.hpp"
#include "tests/capture/recorder_support.hpp"

namespace changji {
namespace {

using namespace test;
namespace fs = std::filesystem;

constexpr int pictures = 75;  // three seconds

/// Three seconds of packets in the order in which the encoders gave them, to be written again and again.
struct Encoded {
    Result<PictureEncoder> picture = PictureEncoder::open({"libx264", "ultrafast"}, rate_25, 12'000);
    Result<SoundEncoder> sound = SoundEncoder::open();
    std::vector<std::pair<bool, av::PacketPtr>> packets;  ///< true: picture

    Encoded() {
        const auto keep = [this](bool is_picture) {
            return [this, is_picture](av::PacketPtr packet) { packets.emplace_back(is_picture, std::move(packet)); };
        };
        const std::vector<float> silence(1920 * sound_channels, 0.0F);
        for (int index = 0; index < pictures; ++index) {
            EXPECT_TRUE(picture->encode(moving_picture(index, take_start), index, keep(true)).has_value());
            EXPECT_TRUE(sound->encode(silence, keep(false)).has_value());
        }
        EXPECT_TRUE(picture->flush(keep(true)).has_value());
        EXPECT_TRUE(sound->flush(keep(false)).has_value());
    }
};
const Encoded& encoded() {
    static const Encoded once;
    return once;
}

struct Counts {
    int writes = 0;
    int syncs = 0;
};

/// Fails from the n-th write or sync on (counted from 1); of that write half is stored.
class FailingSink final : public ByteSink {
public:
    FailingSink(std::unique_ptr<ByteSink> disk, Counts first_bad, Counts& done)
        : disk_(std::move(disk)), first_bad_(first_bad), done_(done) {}
    Status write(std::span<const std::uint8_t> bytes) override {
        if (++done_.writes < first_bad_.writes || first_bad_.writes == 0) return disk_->write(bytes);
        if (done_.writes == first_bad_.writes) static_cast<void>(disk_->write(bytes.first(bytes.size() / 2)));
        return Error{ErrorKind::DiskFull, say("full")};
    }
    Status sync() override {
        if (++done_.syncs < first_bad_.syncs || first_bad_.syncs == 0) return disk_->sync();
        return Error{ErrorKind::Io, say("bad sector")};
    }

private:
    std::unique_ptr<ByteSink> disk_;
    const Counts first_bad_;
    Counts& done_;
};

struct Outcome {
    Counts done;
    int pictures_given = 0;  ///< before the fault showed
    std::optional<Error> error;
};

/// Writes the packets to `file` as the recorder's thread does, until something fails.
Outcome record(const fs::path& file, Counts first_bad) {
    Outcome outcome;
    Result<std::unique_ptr<ByteSink>> disk = open_file_sink(file);
    EXPECT_TRUE(disk.has_value());
    auto sink = std::make_unique<FailingSink>(*std::move(disk), first_bad, outcome.done);
    auto writer = FragmentWriter::open(std::move(sink), encoded().picture->context(), &encoded().sound->context());
    if (!writer) {
        outcome.error = writer.error();
        return outcome;
    }
    for (const auto& [is_picture, packet] : encoded().packets) {
        av::PacketPtr copy(av_packet_clone(packet.get()));
        const Status written =
            is_picture ? (*writer)->write_video(std::move(copy)) : (*writer)->write_audio(std::move(copy));
        if (!written) {
            outcome.error = written.error();
            return outcome;
        }
        outcome.pictures_given += is_picture ? 1 : 0;
    }
    if (const Status finished = (*writer)->finish(); !finished) outcome.error = finished.error();
    return outcome;
}

std::int64_t pictures_in(const fs::path& file) {
    const auto bytes = mp4::open_byte_file(file);
    const mp4::Index index = mp4::read_index(*bytes);
    for (const mp4::Track& track : index.tracks) {
        if (track.handler == mp4::four_cc("vide")) return track.samples;
    }
    return 0;
}

TEST(FailingDisk, AnyWriteThatFailsCostsLessThanASecond) {
    const TemporaryFolder folder;
    const Outcome healthy = record(folder.path() / "healthy.mp4", {});
    ASSERT_FALSE(healthy.error);
    ASSERT_EQ(pictures_in(folder.path() / "healthy.mp4"), pictures);
    ASSERT_GE(healthy.done.writes, 7);
    for (int bad = 1; bad <= healthy.done.writes; ++bad) {
        SCOPED_TRACE("write " + std::to_string(bad));
        const TakeFiles files = take_files(folder.path(), bad);
        const Outcome outcome = record(files.part, {.writes = bad, .syncs = 0});
        ASSERT_TRUE(outcome.error);
        EXPECT_EQ(outcome.error->kind, ErrorKind::DiskFull);
        EXPECT_EQ(outcome.done.writes, bad) << "nothing is written behind a hole";
        EXPECT_GT(pictures_in(files.part), outcome.pictures_given - 25);
        if (bad % 4 != 0 || pictures_in(files.part) == 0) continue;
        const auto finished = finish_take(files);
        ASSERT_TRUE(finished) << in_english(finished.error().message);
        EXPECT_GT(finished->frames, outcome.pictures_given - 25);
    }
}

TEST(FailingDisk, ASyncThatFailsIsReportedAndWhatWasWrittenCanBeFinished) {
    // Packets come faster here than in a recording, so only the last sync is sure to happen.
    const TemporaryFolder folder;
    const TakeFiles files = take_files(folder.path(), 1);
    const Outcome outcome = record(files.part, {.writes = 0, .syncs = 1});
    ASSERT_TRUE(outcome.error);
    EXPECT_EQ(outcome.error->kind, ErrorKind::Io);
    EXPECT_GT(pictures_in(files.part), outcome.pictures_given - 25);
    EXPECT_TRUE(finish_take(files));
}

TEST(FailingDisk, AShortWriteIsContinuedUntilTheDiskSaysWhy) {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "take-001.part.mp4";
    constexpr std::size_t limit_bytes = 300'001;
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit limit{limit_bytes, limit_bytes};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
        Result<std::unique_ptr<ByteSink>> sink = open_file_sink(file);
        const std::vector<std::uint8_t> half(200'000, 7);
        const bool first = sink && (*sink)->write(half).has_value();
        const Status second = first ? (*sink)->write(half) : Status();
        ::_exit(first && !second && second.error().kind == ErrorKind::DiskFull ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(fs::file_size(file), limit_bytes);
}

}  // namespace
}  // namespace changji
