#include "presets/preset.hpp"
#include "tests/support/media.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

namespace changji {
namespace {
namespace fs = std::filesystem;

fs::path write(const fs::path& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
    return file;
}

std::vector<PresetFault> faults_of(const PresetOutcome& outcome) {
    if (std::holds_alternative<Preset>(outcome)) return {};
    return std::get<1>(outcome);
}

void expect_unreadable(const fs::path& file) {
    const auto faults = faults_of(load_preset(file));
    ASSERT_EQ(faults.size(), 1u) << file;
    EXPECT_EQ(faults[0].kind, FaultKind::Unreadable);
    EXPECT_EQ(faults[0].file, file.string());
    EXPECT_EQ(faults[0].line, 0);
    EXPECT_NE(faults[0].detail, "");
}

TEST(PresetFiles, MissingFileFolderAndPipeAreUnreadable) {
    const test::TemporaryFolder folder;
    expect_unreadable(folder.path() / "none.toml");
    expect_unreadable(folder.path());
    expect_unreadable("/dev/null");
}

TEST(PresetFiles, FileTooLargeForAPresetIsNotRead) {
    const test::TemporaryFolder folder;
    expect_unreadable(write(folder.path() / "large.toml", std::string(100'000, '#')));
}

TEST(PresetFiles, EmptyFileLacksEveryRequiredKey) {
    std::vector<std::string> keys;
    for (const PresetFault& fault : faults_of(parse_preset("", "empty.toml"))) {
        EXPECT_EQ(fault.kind, FaultKind::MissingKey);
        EXPECT_EQ(fault.line, 1);
        keys.push_back(fault.key);
    }
    EXPECT_EQ(keys, (std::vector<std::string>{"format", "id", "title", "source", "clause", "duration", "file"}));
}

TEST(PresetFiles, SyntaxErrorNamesItsLine) {
    const auto faults = faults_of(parse_preset("format = 1\nid = \"a\"\n[duration\n", "broken.toml"));
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].kind, FaultKind::Syntax);
    EXPECT_EQ(faults[0].line, 3);
    EXPECT_NE(faults[0].detail, "");
}

TEST(PresetFiles, BinaryGarbageIsASyntaxError) {
    std::string garbage;
    unsigned state = 12345;
    for (int i = 0; i < 20'000; ++i) garbage += static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
    const test::TemporaryFolder folder;
    const auto faults = faults_of(load_preset(write(folder.path() / "garbage.toml", garbage)));
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].kind, FaultKind::Syntax);
    EXPECT_GE(faults[0].line, 1);
}

TEST(PresetFiles, DeepNestingIsRefusedWithoutACrash) {
    const test::TemporaryFolder folder;
    const std::string brackets = "a = " + std::string(20'000, '[');
    std::string dots = "a";
    while (dots.size() < 48'000) dots += ".a";
    const std::string inline_tables = [] {
        std::string text = "a = ";
        while (text.size() < 40'000) text += "{a=";
        return text;
    }();
    for (const std::string& toml : {brackets, dots + " = 1\n", '[' + dots + "]\n", inline_tables}) {
        EXPECT_FALSE(faults_of(load_preset(write(folder.path() / "deep.toml", toml))).empty());
    }
}

TEST(PresetFiles, EveryBeginningOfAPresetIsRefusedWithoutACrash) {
    std::ifstream stream(preset_folder() / "hunan-2022-message.toml", std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(stream), {}};
    ASSERT_GT(whole.size(), 1000u);
    const std::size_t file_table = whole.find("[file]");
    for (std::size_t length = 0; length < file_table; length += 97) {
        EXPECT_FALSE(faults_of(parse_preset(whole.substr(0, length), "cut.toml")).empty()) << length;
    }
}

TEST(PresetFiles, FolderListsIdsSortedAndNothingElse) {
    const test::TemporaryFolder folder;
    write(folder.path() / "b.toml", "");
    write(folder.path() / "a-2023.toml", "");
    write(folder.path() / "README.md", "");
    fs::create_directory(folder.path() / "c.toml");
    EXPECT_EQ(list_presets(folder.path()), (std::vector<std::string>{"a-2023", "b"}));
    EXPECT_TRUE(list_presets(folder.path() / "none").empty());
}

TEST(PresetFiles, EnvironmentNamesTheFolderElseTheSourceTreeServes) {
    ::unsetenv("CHANGJI_PRESETS_DIR");
    const auto shipped = list_presets(preset_folder());
    EXPECT_EQ(shipped, (std::vector<std::string>{"hunan-2022-interview", "hunan-2022-message"}));
    ::setenv("CHANGJI_PRESETS_DIR", "/somewhere/else", 1);
    EXPECT_EQ(preset_folder(), "/somewhere/else");
    ::unsetenv("CHANGJI_PRESETS_DIR");
}

}  // namespace
}  // namespace changji
