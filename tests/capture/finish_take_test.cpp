#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/index.hpp"
#include "capture/probe.hpp"
#include "capture/takes.hpp"
#include "tests/capture/part_file.hpp"
#include "tests/support/mediaconch.hpp"

namespace changji {
namespace {
namespace fs = std::filesystem;
using mp4::four_cc;

/// Timestamps and sizes of one stream's packets as an independent program reads them.
std::string packets_of(const fs::path& file, const std::string& stream) {
    return test::run("ffprobe -v error -select_streams " + stream +
                     " -show_packets -show_entries packet=pts,dts,size -of csv " + file.string() +
                     " | sed -n 's/,side_data.*//; /^packet/p'")
        .output;
}

class FinishTake : public test::PartFile {
protected:
    void SetUp() override {
        if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: the ffmpeg program is not on this machine";
        // Six seconds at 25 pictures a second, AAC with its priming in an edit list.
        static const std::string once =
            test::make_fragments("testsrc2=s=320x180:r=25:d=6", "sine=997:r=48000:d=6", "64k");
        fragments_ = once;
        ASSERT_FALSE(fragments_.empty());
        write_part(fragments_);
    }

    /// Nothing but the untouched part file is in the folder.
    void expect_only_part(const std::string& bytes) {
        EXPECT_EQ(test::content_of(files_.part), bytes);
        EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
    }
    std::string fragments_;
};

TEST_F(FinishTake, TimestampsAndPayloadsStayAsTheyWere) {
    const std::string video = packets_of(files_.part, "v"), sound = packets_of(files_.part, "a");
    ASSERT_NE(sound.find("packet,-1024,-1024,"), std::string::npos);
    const auto finished = finish_take(files_);
    ASSERT_TRUE(finished) << in_english(finished.error().message);
    EXPECT_EQ(packets_of(files_.video, "v"), video);
    EXPECT_EQ(packets_of(files_.video, "a"), sound);
    EXPECT_FALSE(fs::exists(files_.part));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

TEST_F(FinishTake, DeliverableIsFlatIsoMp4AtConstantRateWithTheIndexFirst) {
    const auto finished = finish_take(files_);
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->frames, 150);
    EXPECT_DOUBLE_EQ(finished->duration_s, 6.0);
    EXPECT_EQ(finished->size_bytes, static_cast<std::int64_t>(fs::file_size(files_.video)));
    const auto facts = probe_file(files_.video);
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->iso_mp4);
    EXPECT_TRUE(facts->moov_first);
    EXPECT_FALSE(facts->fragmented);
    EXPECT_TRUE(facts->video->constant_frame_rate);
    EXPECT_EQ(facts->video->frame_rate, (Rational{25, 1}));
    EXPECT_EQ(facts->video->start, Nanoseconds{0});
    EXPECT_LT(std::abs(facts->audio->start.count()), 1'000'000'000 / 48'000);
    EXPECT_EQ(facts->audio->duration, std::chrono::seconds(6));  // the last sound packet is kept short
    EXPECT_EQ(test::run("ffprobe -v error -show_entries stream=time_base -select_streams v -of csv=p=0 " +
                        files_.video.string())
                  .output,
              "1/12800\n");
}

TEST_F(FinishTake, Sha256IsThatOfTheFile) {
    if (!test::have_program("sha256sum")) GTEST_SKIP() << "NOT TESTED: no sha256sum on this machine";
    const auto finished = finish_take(files_);
    ASSERT_TRUE(finished);
    EXPECT_EQ(test::run("sha256sum " + files_.video.string()).output.substr(0, 64), finished->sha256);
}

TEST_F(FinishTake, FortyCutsLoseNoMoreThanTheLastFragment) {
    // Where fragments end and how many pictures they hold, from the whole file.
    const auto file = mp4::open_byte_file(files_.part);
    std::vector<std::pair<std::int64_t, std::int64_t>> ends;  // a fragment's first byte and the end of its media data
    for (const mp4::TopBox& box : mp4::top_boxes(*file)) {
        if (box.type == four_cc("moof")) ends.emplace_back(box.offset, 0);
        if (box.type == four_cc("mdat")) ends.back().second = box.end();
    }
    ASSERT_GE(ends.size(), 10U);
    std::vector<std::int64_t> cuts = {ends[3].first + 4, ends[3].first + 20, ends[3].second, ends[3].second - 1,
                                      ends[3].second + 8};
    std::mt19937 random(1);
    while (cuts.size() < 40) {
        cuts.push_back(std::uniform_int_distribution<std::int64_t>(ends[0].second, file->size_bytes() - 1)(random));
    }
    for (const std::int64_t cut : cuts) {
        SCOPED_TRACE("cut at byte " + std::to_string(cut));
        std::int64_t whole = 0;
        for (const auto& fragment : ends) whole += fragment.second <= cut ? 1 : 0;
        write_part(fragments_.substr(0, static_cast<std::size_t>(cut)));
        const auto part = mp4::open_byte_file(files_.part);
        EXPECT_EQ(std::ssize(mp4::read_index(*part).whole_fragments), whole);
        const auto finished = finish_take(files_);
        ASSERT_TRUE(finished) << in_english(finished.error().message);
        EXPECT_GE(finished->duration_s, 0.5 * static_cast<double>(whole - 1) - 0.01);
        const auto decoded = decode_file(files_.video);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->errors, 0);
        EXPECT_TRUE(decoded->reached_end);
        EXPECT_EQ(decoded->frames_decoded, finished->frames);
        fs::remove(files_.video);
    }
}

TEST_F(FinishTake, ZerosAndRubbishBehindTheLastFragmentAreCutOff) {
    const std::size_t tail = fragments_.rfind("mfra") - 4;
    write_part(fragments_.substr(0, tail) + std::string(100'000, '\0'));
    ASSERT_TRUE(finish_take(files_));
    fs::remove(files_.video);
    write_part(fragments_.substr(0, tail) + "\x01\x02\x03\x04 rubbish that is no box at all");
    const auto finished = finish_take(files_);
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->frames, 150);
}

TEST_F(FinishTake, PartWithoutAWholeFragmentIsCorruptAndKept) {
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{5}, std::size_t{40}, fragments_.find("moof") + 10}) {
        write_part(fragments_.substr(0, bytes));
        const auto finished = finish_take(files_);
        ASSERT_FALSE(finished);
        EXPECT_EQ(finished.error().kind, ErrorKind::Corrupt);
        EXPECT_NE(in_english(finished.error().message).find("take-001.part.mp4"), std::string::npos);
        expect_only_part(fragments_.substr(0, bytes));
    }
}

TEST_F(FinishTake, CrashBetweenRenameAndRemovalIsFinished) {
    std::string sha256;
    {
        const auto first = finish_take(files_);
        ASSERT_TRUE(first);
        sha256 = first->sha256;
    }
    write_part(fragments_);
    const auto again = finish_take(files_);
    ASSERT_TRUE(again) << in_english(again.error().message);
    EXPECT_EQ(again->sha256, sha256);
    EXPECT_FALSE(fs::exists(files_.part));
}

TEST_F(FinishTake, CrashBeforeTheReportIsDescribedAgain) {
    std::string sha256;
    {
        const auto first = finish_take(files_);
        ASSERT_TRUE(first);
        sha256 = first->sha256;
        const auto meanwhile = finish_take(files_);  // by another program, before the report is there
        ASSERT_FALSE(meanwhile);
        EXPECT_EQ(meanwhile.error().kind, ErrorKind::DeviceBusy);
    }
    const auto again = finish_take(files_);
    ASSERT_TRUE(again) << in_english(again.error().message);
    EXPECT_EQ(again->sha256, sha256);
    EXPECT_EQ(again->frames, 150);
}

TEST_F(FinishTake, LeftOverTemporaryFileIsUsedUp) {
    std::ofstream(folder_.path() / "take-001.finish.tmp.mp4") << std::string(3'000'000, 'x');
    const auto finished = finish_take(files_);
    ASSERT_TRUE(finished) << in_english(finished.error().message);
    EXPECT_EQ(finished->frames, 150);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

TEST_F(FinishTake, ForeignFileOfTheSameNameIsNeverReplaced) {
    std::ofstream(files_.video) << "something else";
    const auto finished = finish_take(files_);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().kind, ErrorKind::Io);
    EXPECT_EQ(test::content_of(files_.video), "something else");
    EXPECT_EQ(test::content_of(files_.part), fragments_);
}

TEST_F(FinishTake, FullDiskKeepsTheFragments) {
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit limit{fragments_.size() / 2, fragments_.size() / 2};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
        const auto finished = finish_take(files_);
        ::_exit(!finished && finished.error().kind == ErrorKind::DiskFull ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    expect_only_part(fragments_);
}

TEST_F(FinishTake, RealFullFileSystemKeepsTheFragments) {
    const test::TemporaryFolder mount;
    if (test::run("mount -t tmpfs -o size=800k tmpfs " + mount.path().string()).exit_code != 0) {
        GTEST_SKIP() << "NOT TESTED: a file system can't be mounted here";
    }
    const TakeFiles files = take_files(mount.path(), 1);
    {
        std::ofstream part(files.part, std::ios::binary);
        part << fragments_.substr(0, 600'000);
    }
    const auto finished = finish_take(files);
    const bool kept = test::content_of(files.part) == fragments_.substr(0, 600'000);
    EXPECT_EQ(test::run("umount " + mount.path().string()).exit_code, 0);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().kind, ErrorKind::DiskFull);
    EXPECT_TRUE(kept);
}

TEST_F(FinishTake, FolderThatTakesNoFilesIsAnIoErrorAndKeepsTheFragments) {
    // Root writes where permissions forbid it, so the temporary file's name is taken by a folder instead.
    fs::create_directories(folder_.path() / "take-001.finish.tmp.mp4" / "inside");
    const auto finished = finish_take(files_);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().kind, ErrorKind::Io);
    EXPECT_EQ(test::content_of(files_.part), fragments_);
    EXPECT_FALSE(fs::exists(files_.video));
}

TEST_F(FinishTake, CompliantTakePassesAnIndependentPolicy) {
    ASSERT_EQ(
        test::run("ffmpeg -y -v error -f lavfi -i testsrc2=s=1920x1080:r=25:d=2 -f lavfi -i sine=997:r=48000:d=2 -ac 2 "
                  "-vf setsar=1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 25 -bf 0 -c:a aac "
                  "-movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration 500000 -f mp4 " +
                  files_.part.string())
            .exit_code,
        0);
    ASSERT_TRUE(finish_take(files_));
    const auto verdict = test::mediaconch_verdict(files_.video);
    if (!verdict) GTEST_SKIP() << "NOT TESTED: mediaconch or its policy is not on this machine";
    EXPECT_TRUE(verdict->starts_with("pass!")) << *verdict;
}

}  // namespace
}  // namespace changji
