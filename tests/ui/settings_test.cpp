#include "ui/settings.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

#include "tests/support/media.hpp"
#include "tests/support/sound_server.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

class SettingsFile : public testing::Test {
protected:
    void write(const std::string& text) const {
        fs::create_directories(settings_file().parent_path());
        std::ofstream(settings_file()) << text;
    }
    [[nodiscard]] static std::string text_of(const fs::path& file) {
        std::ostringstream content;
        content << std::ifstream(file).rdbuf();
        return content.str();
    }
    [[nodiscard]] fs::path aside() const { return settings_file().parent_path() / "settings.set-aside-1.toml"; }

    test::TemporaryFolder folder_;
    test::Environment config_{"XDG_CONFIG_HOME", folder_.path().string()};
};

TEST_F(SettingsFile, WithoutAFileThereAreTheProgramsOwnAndNothingToTell) {
    const LoadedSettings loaded = load_settings();
    EXPECT_EQ(loaded.settings, Settings{});
    EXPECT_TRUE(loaded.notices.empty());
    EXPECT_FALSE(fs::exists(settings_file())) << "asking writes nothing";
}

TEST_F(SettingsFile, WhatWasSavedComesBack) {
    Settings settings;
    settings.language = "en";
    settings.theme = "light";
    settings.zoom_percent = 175;
    settings.compact = true;
    settings.countdown_s = 10;
    settings.cue = false;
    settings.guide_done = true;
    settings.characters_per_min = 300;
    settings.prompter_with_take = true;
    TalentSettings talent;
    talent.display = "HDMI-1 #2";
    talent.open = talent.mirror_across = talent.mirror_down = talent.light = true;
    talent.size_px = 160;
    talent.width_percent = 60;
    talent.reading_line_percent = 20;
    talent.clocks = false;
    settings.talents = {talent, TalentSettings{}};
    settings.talents[1].display = "DP-1";
    settings.keys = {{"record", "PageDown"}, {"zebra", ""}};
    ASSERT_TRUE(save_settings(settings));
    const LoadedSettings loaded = load_settings();
    EXPECT_EQ(loaded.settings, settings);
    EXPECT_TRUE(loaded.notices.empty());
}

TEST_F(SettingsFile, ATalentsDisplayWithImpossibleValuesKeepsWhatIsPossible) {
    write(
        "version = 1\ncharacters_per_min = 9000\n[[talent]]\ndisplay = \"HDMI-1\"\nsize_px = 4\nlight = true\n"
        "[[talent]]\nsize_px = 90\n");
    const LoadedSettings loaded = load_settings();
    EXPECT_EQ(loaded.settings.characters_per_min, 240);
    ASSERT_EQ(loaded.settings.talents.size(), 1U) << "one without a display's name is none";
    EXPECT_EQ(loaded.settings.talents[0].size_px, TalentSettings{}.size_px);
    EXPECT_TRUE(loaded.settings.talents[0].light);
    EXPECT_EQ(loaded.notices.size(), 2U);
}

TEST_F(SettingsFile, KeysOfAnotherVersionAreKept) {
    write("version = 1\nbrightness_of_tomorrow = 7\n");
    ASSERT_TRUE(save_settings(Settings{}));
    EXPECT_NE(text_of(settings_file()).find("brightness_of_tomorrow = 7"), std::string::npos);
}

TEST_F(SettingsFile, ABrokenFileIsSetAsideWholeAndTold) {
    write("version = 1\ntheme = \"li\nght\n");
    const LoadedSettings loaded = load_settings();
    EXPECT_EQ(loaded.settings, Settings{});
    ASSERT_EQ(loaded.notices.size(), 2U);
    EXPECT_NE(in_english(loaded.notices[0]).find("line 2"), std::string::npos) << in_english(loaded.notices[0]);
    EXPECT_FALSE(fs::exists(settings_file()));
    EXPECT_EQ(text_of(aside()), "version = 1\ntheme = \"li\nght\n");
    write("= =\n");
    EXPECT_FALSE(load_settings().notices.empty());
    EXPECT_TRUE(fs::exists(settings_file().parent_path() / "settings.set-aside-2.toml")) << "the first one stays";
}

TEST_F(SettingsFile, OneOfANewerVersionIsSetAside) {
    write("version = 99\ntheme = \"light\"\n");
    const LoadedSettings loaded = load_settings();
    EXPECT_EQ(loaded.settings, Settings{});
    EXPECT_EQ(loaded.notices.size(), 2U);
    EXPECT_TRUE(fs::exists(aside()));
}

TEST_F(SettingsFile, AnImpossibleValueIsTheDefaultAndTold) {
    write("theme = \"pink\"\nzoom_percent = 3000\nlanguage = 5\ncompact = true\ncountdown_s = 4\n");
    const LoadedSettings loaded = load_settings();
    EXPECT_EQ(loaded.settings.theme, "dark");
    EXPECT_EQ(loaded.settings.zoom_percent, 100);
    EXPECT_EQ(loaded.settings.language, "zh_CN");
    EXPECT_EQ(loaded.settings.countdown_s, 3);
    EXPECT_TRUE(loaded.settings.compact) << "what is right is used";
    EXPECT_EQ(loaded.notices.size(), 4U);
}

TEST_F(SettingsFile, AFileThatBrokeWhileTheProgramRanIsNotOverwritten) {
    write("= =\n");
    const Status saved = save_settings(Settings{});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::InvalidConfig);
    EXPECT_EQ(text_of(settings_file()), "= =\n");
}

TEST_F(SettingsFile, WithoutAHomeSavingSaysSo) {
    const test::Environment no_home{"HOME", ""};
    const test::Environment no_config{"XDG_CONFIG_HOME", ""};
    EXPECT_TRUE(load_settings().notices.empty());
    const Status saved = save_settings(Settings{});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::Io);
}

}  // namespace
}  // namespace changji
