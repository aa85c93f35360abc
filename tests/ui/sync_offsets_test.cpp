#include "ui/project/sync_offsets.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

#include "tests/support/media.hpp"
#include "tests/support/sound_server.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

class SyncOffsets : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "changji" / "sync.toml"; }
    void write(const std::string& text) const {
        std::filesystem::create_directories(file().parent_path());
        std::ofstream(file()) << text;
    }
    [[nodiscard]] std::string text() const {
        std::ostringstream content;
        content << std::ifstream(file()).rdbuf();
        return content.str();
    }

    test::TemporaryFolder folder_;
    test::Environment config_{"XDG_CONFIG_HOME", folder_.path().string()};
};

TEST_F(SyncOffsets, NothingIsStoredAtFirst) {
    EXPECT_EQ(sync_offsets_file(), file());
    EXPECT_EQ(sync_offset("Studio Cam", "Desk Microphone"), 0ms);
    const auto pairs = list_sync_offsets();
    ASSERT_TRUE(pairs);
    EXPECT_TRUE(pairs->empty());
    EXPECT_FALSE(std::filesystem::exists(file())) << "asking writes nothing";
}

TEST_F(SyncOffsets, APairKeepsItsOwnOffset) {
    ASSERT_TRUE(store_sync_offset({"Studio Cam", "Desk Microphone", 80ms}));
    ASSERT_TRUE(store_sync_offset({"Studio Cam", "领夹麦 \"左\"", -35ms}));
    ASSERT_TRUE(store_sync_offset({"Studio Cam", "Desk Microphone", 95ms}));
    EXPECT_EQ(sync_offset("Studio Cam", "Desk Microphone"), 95ms) << "the newer replaces the older";
    EXPECT_EQ(sync_offset("Studio Cam", "领夹麦 \"左\""), -35ms);
    EXPECT_EQ(sync_offset("Other Cam", "Desk Microphone"), 0ms);
    const auto pairs = list_sync_offsets();
    ASSERT_TRUE(pairs);
    EXPECT_EQ(pairs->size(), 2U);
}

TEST_F(SyncOffsets, WhatIsForgottenIsZeroAgain) {
    ASSERT_TRUE(store_sync_offset({"A", "B", 80ms}));
    ASSERT_TRUE(store_sync_offset({"A", "C", 20ms}));
    const auto forgotten = forget_sync_offset("A", "B");
    ASSERT_TRUE(forgotten);
    EXPECT_TRUE(*forgotten);
    EXPECT_EQ(sync_offset("A", "B"), 0ms);
    EXPECT_EQ(sync_offset("A", "C"), 20ms);
    const auto again = forget_sync_offset("A", "B");
    ASSERT_TRUE(again);
    EXPECT_FALSE(*again);
}

TEST_F(SyncOffsets, MoreThanASecondIsRefused) {
    EXPECT_TRUE(store_sync_offset({"A", "B", -1000ms}));
    const Status refused = store_sync_offset({"A", "B", 1001ms});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidConfig);
    EXPECT_EQ(sync_offset("A", "B"), -1000ms);
}

TEST_F(SyncOffsets, ABrokenFileIsNamedAndLeftAsItIs) {
    const std::string broken = "[[pair]]\ncamera = \"A\nmicrophone = \"B\"\noffset_ms = 40\n";
    write(broken);
    EXPECT_EQ(sync_offset("A", "B"), 0ms);
    const auto pairs = list_sync_offsets();
    ASSERT_FALSE(pairs);
    EXPECT_EQ(pairs.error().kind, ErrorKind::InvalidConfig);
    EXPECT_NE(in_english(pairs.error().message).find("line 2"), std::string::npos);
    EXPECT_FALSE(store_sync_offset({"A", "B", 50ms}));
    EXPECT_FALSE(forget_sync_offset("A", "B"));
    EXPECT_EQ(text(), broken);
}

TEST_F(SyncOffsets, APairOutOfRangeIsNamedByItsLineAndKept) {
    const std::string wrong = "[[pair]]\ncamera = \"A\"\nmicrophone = \"B\"\noffset_ms = 4000\n";
    write(wrong);
    const auto pairs = list_sync_offsets();
    ASSERT_FALSE(pairs);
    EXPECT_NE(in_english(pairs.error().message).find("line 1"), std::string::npos) << in_english(pairs.error().message);
    EXPECT_EQ(sync_offset("A", "B"), 0ms);
    EXPECT_FALSE(store_sync_offset({"C", "D", 50ms}));
    EXPECT_EQ(text(), wrong);
}

TEST_F(SyncOffsets, WhatElseStandsInTheFileIsKept) {
    write("note = \"hall\"\n\n[[pair]]\ncamera = \"A\"\nmicrophone = \"B\"\noffset_ms = 40\nby = \"clap\"\n");
    ASSERT_TRUE(store_sync_offset({"C", "D", 50ms}));
    EXPECT_NE(text().find("hall"), std::string::npos);
    EXPECT_NE(text().find("clap"), std::string::npos);
    EXPECT_EQ(sync_offset("A", "B"), 40ms);
    EXPECT_EQ(sync_offset("C", "D"), 50ms);
}

TEST_F(SyncOffsets, WithoutAnyFolderNothingIsStoredAndThatIsSaid) {
    const test::Environment config("XDG_CONFIG_HOME", "");
    const test::Environment home("HOME", "");
    EXPECT_EQ(sync_offset("A", "B"), 0ms);
    const Status stored = store_sync_offset({"A", "B", 50ms});
    ASSERT_FALSE(stored);
    EXPECT_EQ(stored.error().kind, ErrorKind::Io);
}

}  // namespace
}  // namespace changji
