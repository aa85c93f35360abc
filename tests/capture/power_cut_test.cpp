// What a power cut leaves: a file whose end has its right size and the wrong content. Every case is made by hand from a
// whole recording, so that what remains is known.

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/index.hpp"
#include "capture/probe.hpp"
#include "capture/takes.hpp"
#include "tests/capture/part_file.hpp"

namespace changji {
namespace {
namespace fs = std::filesystem;

class PowerCut : public test::PartFile {
protected:
    void SetUp() override {
        if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: the ffmpeg program is not on this machine";
        // Six seconds in halves, with noise so that they have some size.
        static const std::string once = test::make_fragments("testsrc2=s=640x360:r=25:d=6,noise=alls=20:allf=t",
                                                             "anoisesrc=r=48000:d=6:a=0.2:seed=1", "128k");
        whole_ = once;
        ASSERT_FALSE(whole_.empty());
        write_part(whole_);
        const auto file = mp4::open_byte_file(files_.part);
        fragments_ = mp4::read_index(*file).whole_fragments;
        ASSERT_GE(fragments_.size(), 11U);
        whole_.resize(static_cast<std::size_t>(fragments_.back().end));
    }
    /// Where the n-th fragment from the end begins (its moof), and its media data.
    [[nodiscard]] std::size_t moof(std::size_t from_end) const {
        return static_cast<std::size_t>(fragments_[fragments_.size() - from_end].begin);
    }
    [[nodiscard]] std::size_t media(std::size_t from_end) const { return whole_.find("mdat", moof(from_end)) + 4; }
    [[nodiscard]] std::size_t end(std::size_t from_end) const {
        return static_cast<std::size_t>(fragments_[fragments_.size() - from_end].end);
    }

    /// Finishes `damaged`: exactly what lies before the n-th fragment from the end remains, and it decodes.
    void expect_cut_before(std::size_t from_end, const std::string& damaged) {
        write_part(whole_.substr(0, moof(from_end)));
        const auto expected = finish_take(files_);
        ASSERT_TRUE(expected);
        EXPECT_EQ(expected->damaged_s, 0.0);
        fs::remove(files_.video);

        write_part(damaged);
        const auto finished = finish_take(files_);
        ASSERT_TRUE(finished) << in_english(finished.error().message);
        EXPECT_EQ(finished->sha256, expected->sha256);
        EXPECT_EQ(finished->frames, expected->frames);
        const auto decoded = decode_file(files_.video);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->errors, 0);
        EXPECT_EQ(decoded->frames_decoded, finished->frames);
        EXPECT_FALSE(fs::exists(files_.part));
        damaged_s_ = finished->damaged_s;
    }
    [[nodiscard]] std::string with(
        std::size_t from, std::size_t to, const std::function<char()>& byte = [] { return '\0'; }) const {
        std::string damaged = whole_;
        for (std::size_t at = from; at < to; ++at) damaged[at] = byte();
        return damaged;
    }
    [[nodiscard]] std::string with_rubbish(std::size_t from, std::size_t to) const {
        std::mt19937 random(7);
        return with(from, to, [&] { return static_cast<char>(random() & 0xFF); });
    }

    std::string whole_;
    std::vector<mp4::Fragment> fragments_;
    double damaged_s_ = 0.0;
};

TEST_F(PowerCut, AnUndamagedEndLosesNothing) {
    write_part(whole_);
    const auto finished = finish_take(files_);
    ASSERT_TRUE(finished) << in_english(finished.error().message);
    EXPECT_EQ(finished->frames, 150);
    EXPECT_EQ(finished->damaged_s, 0.0);
}

TEST_F(PowerCut, ZerosInTheLastMediaDataCutTheLastFragment) {
    expect_cut_before(1, with(media(1), end(1)));
    EXPECT_NEAR(damaged_s_, 0.5, 0.1);
}

TEST_F(PowerCut, OneZeroPageInTheLastMediaDataCutsTheLastFragment) {
    const std::size_t middle = (media(1) + end(1)) / 2;
    expect_cut_before(1, with(middle, middle + 4096));
}

TEST_F(PowerCut, RubbishInTheLastMediaDataCutsTheLastFragment) { expect_cut_before(1, with_rubbish(media(1), end(1))); }

TEST_F(PowerCut, RubbishInASingleSectorCutsTheLastFragment) {
    const std::size_t middle = (media(1) + end(1)) / 2;
    expect_cut_before(1, with_rubbish(middle, middle + 4096));
}

TEST_F(PowerCut, DamageTwoFragmentsBackCutsThemBoth) {
    expect_cut_before(2, with_rubbish(media(2), end(2)));
    EXPECT_NEAR(damaged_s_, 1.0, 0.1);
}

TEST_F(PowerCut, ZerosFromSomewhereToTheEndCutAtTheFragmentTheyBeginIn) {
    // The size of the file had been stored, its last second had not.
    const std::size_t from = (media(3) + end(3)) / 2;
    expect_cut_before(3, with(from, whole_.size()));
}

TEST_F(PowerCut, ZerosBehindTheLastFragmentAreNoDamage) {
    expect_cut_before(1, whole_.substr(0, end(2)) + std::string(300'000, '\0'));
    EXPECT_EQ(damaged_s_, 0.0);
}

TEST_F(PowerCut, RubbishBehindTheLastFragmentIsNoDamage) {
    expect_cut_before(1, whole_.substr(0, end(2)) + with_rubbish(0, 50'000).substr(0, 50'000));
}

TEST_F(PowerCut, ATruncatedHeaderOfTheLastFragmentIsCutOff) { expect_cut_before(1, whole_.substr(0, moof(1) + 30)); }

TEST_F(PowerCut, AHeaderWithoutMediaDataIsCutOff) { expect_cut_before(1, whole_.substr(0, media(1) - 8)); }

TEST_F(PowerCut, AHeaderFullOfRubbishIsCutOff) { expect_cut_before(1, with_rubbish(moof(1) + 8, media(1) - 8)); }

TEST_F(PowerCut, ADecodeTimeOutOfNowhereCutsTheFragment) {
    const std::size_t time = whole_.find("tfdt", moof(1)) + 8;  // behind version and flags
    expect_cut_before(1, with_rubbish(time + 4, time + 8));
}

TEST_F(PowerCut, ASampleSizeThatIsWrongCutsTheFragment) {
    const std::size_t run = whole_.find("trun", moof(1));
    std::string damaged = whole_;
    damaged[run + 27] = static_cast<char>(damaged[run + 27] ^ 0x5A);
    expect_cut_before(1, damaged);
}

TEST_F(PowerCut, OnlyTheHeaderOfTheFileIsCorruptAndKept) {
    const std::string header = whole_.substr(0, static_cast<std::size_t>(fragments_.front().begin));
    write_part(header);
    const auto finished = finish_take(files_);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(test::content_of(files_.part), header);
}

TEST_F(PowerCut, WhereEverythingIsDamagedNothingIsTouched) {
    const std::string damaged = with(media(fragments_.size()), end(fragments_.size()));
    write_part(damaged);
    const auto finished = finish_take(files_);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(test::content_of(files_.part), damaged);
    EXPECT_FALSE(fs::exists(files_.video));
}

TEST_F(PowerCut, AFinishedFileIsComparedWithTheUndamagedPart) {
    // Power was lost between the rename and the removal of the damaged fragments.
    const std::string damaged = with(media(1), end(1));
    write_part(damaged);
    std::string sha256;
    {
        const auto first = finish_take(files_);  // locked for as long as it lives
        ASSERT_TRUE(first);
        sha256 = first->sha256;
    }
    write_part(damaged);
    const auto second = finish_take(files_);
    ASSERT_TRUE(second) << in_english(second.error().message);
    EXPECT_EQ(second->sha256, sha256);
    EXPECT_FALSE(fs::exists(files_.part));
}

}  // namespace
}  // namespace changji
