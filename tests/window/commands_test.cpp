#include "ui/window/commands.hpp"

#include <gtest/gtest.h>
#include <set>

#include "ui/language/language.hpp"

namespace changji {
namespace {

TEST(Commands, EveryIdAndEveryDefaultKeyIsThereOnce) {
    std::set<std::string> ids;
    std::set<std::pair<KeyPlace, std::string>> keys;
    for (const Command& each : commands()) {
        EXPECT_TRUE(ids.insert(each.id).second) << each.id;
        EXPECT_TRUE(keys.insert({place_of(each), each.key}).second) << each.key;
        EXPECT_FALSE(each.meaning.empty()) << each.id;
    }
}

TEST(KeyMap, ADefaultKeyFindsItsCommand) {
    const KeyMap keys;
    ASSERT_TRUE(keys.command_for("Space"));
    EXPECT_STREQ(keys.command_for("Space")->id, "record");
    EXPECT_EQ(keys.command_for("Ctrl+Alt+Z"), nullptr);
    EXPECT_EQ(keys.command_for(""), nullptr);
}

TEST(KeyMap, AKeyOfAPresenterRemoteMayRecord) {
    const std::map<std::string, std::string> chosen{{"record", "PageDown"}};
    const KeyMap keys(chosen);
    ASSERT_TRUE(keys.command_for("PageDown"));
    EXPECT_STREQ(keys.command_for("PageDown")->id, "record");
    EXPECT_EQ(keys.command_for("Space"), nullptr) << "the old key does nothing now";
    EXPECT_EQ(keys.key_for("record"), "PageDown");
}

TEST(KeyMap, AKeyMayMeanOneThingLiveAndAnotherInTheReview) {
    KeyMap keys({{"record-next", "Space"}, {"play", "F7"}});
    EXPECT_STREQ(keys.command_for("Space")->id, "record");
    EXPECT_STREQ(keys.command_for("Space", KeyPlace::Review)->id, "record-next");
    keys.bind("loop", "F7");
    EXPECT_EQ(keys.key_for("play"), "") << "who had it in the review";
    EXPECT_EQ(keys.key_for("peaking"), "F7") << "not who has it on the live screen";
}

TEST(KeyMap, WhoHadTheKeyLosesIt) {
    KeyMap keys;
    keys.bind("zebra", "F5");
    EXPECT_STREQ(keys.command_for("F5")->id, "zebra");
    EXPECT_EQ(keys.key_for("false-colour"), "");
    keys.bind("zebra", "F6");
    keys.bind("false-colour", "F5");
    EXPECT_TRUE(keys.chosen().empty()) << "all as by default: nothing to keep";
}

TEST(KeyMap, FaultsInTheSettingsAreToldAndLeaveTheDefault) {
    std::vector<Message> faults;
    const KeyMap keys({{"fly", "F"}, {"zebra", "Z"}, {"mirror", "Z"}, {"guides", std::string(60, 'x')}}, &faults);
    EXPECT_EQ(faults.size(), 3U);
    EXPECT_STREQ(keys.command_for("Z")->id, "mirror") << "the first of the two";
    EXPECT_EQ(keys.key_for("zebra"), "F6");
    EXPECT_EQ(keys.key_for("guides"), "F8");
}

TEST(KeyMap, WhatWritesBelongsToTheFieldWhileAPersonTypes) {
    for (const char* key : {"Space", "Return", "Escape", "A", "7", "Shift+A", "Keypad 5", "Left", "é"}) {
        EXPECT_TRUE(belongs_to_text(key)) << key;
    }
    for (const char* key : {"F1", "F11", "Ctrl+Q", "PageDown", "Alt+A", "AudioPlay"}) {
        EXPECT_FALSE(belongs_to_text(key)) << key;
    }
}

TEST(KeyMap, KeysAreSpokenInTheLanguageInUse) {
    use_language(Language::Chinese);
    EXPECT_EQ(key_words("Space"), "空格");
    use_language(Language::English);
    EXPECT_EQ(key_words("Space"), "Space");
    EXPECT_EQ(key_words("Ctrl+Left"), "Ctrl ←");
}

}  // namespace
}  // namespace changji
