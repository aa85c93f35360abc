#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "ui/tablet/private_address.hpp"
#include "ui/tablet/prompter_feed.hpp"
#include "ui/tablet/qr_code.hpp"
#include "ui/tablet/rate_limit.hpp"
#include "ui/tablet/token.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

TEST(PrivateAddress, KnowsWhoCanReachIt) {
    for (const char* address : {"127.0.0.1", "127.255.255.254"})
        EXPECT_EQ(reach_of(address), AddressReach::ThisMachine);
    for (const char* address : {"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.7",
                                "192.168.255.1", "169.254.3.4"}) {
        EXPECT_EQ(reach_of(address), AddressReach::LocalNetwork) << address;
    }
    for (const char* address : {"0.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0",
                                "192.167.1.1", "192.169.1.1", "169.253.1.1", "126.1.1.1", "128.0.0.1", "100.64.0.1",
                                "192.0.2.2", "224.0.0.1", "255.255.255.255"}) {
        EXPECT_EQ(reach_of(address), AddressReach::Anyone) << address;
        EXPECT_FALSE(check_private(address)) << address;
    }
    for (const char* address :
         {"", "localhost", "10.0.0", "010.0.0.1", "10.0.0.1 ", "::1", "0x7f000001", "10.0.0.256"}) {
        EXPECT_EQ(reach_of(address), AddressReach::None) << address;
        EXPECT_FALSE(check_private(address)) << address;
    }
}

TEST(PrivateAddress, ThisMachineComesFirst) {
    const auto found = machine_addresses();
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().reach, AddressReach::ThisMachine);
    EXPECT_EQ(found.front().address, "127.0.0.1");
}

TEST(Token, IsLongNeverTheSameAndHasNoCharacterThatIsMistaken) {
    std::set<std::string> seen;
    std::set<char> letters;
    for (int number = 0; number < 1000; ++number) {
        const std::string token = make_token();
        EXPECT_EQ(token.size(), 16U);
        EXPECT_EQ(token.find_first_of("ilouILOU"), std::string::npos) << token;
        letters.insert(token.begin(), token.end());
        EXPECT_TRUE(seen.insert(token).second);
    }
    EXPECT_EQ(letters.size(), 32U) << "five bits a character";
}

TEST(Token, OnlyTheSameIsTheSame) {
    EXPECT_TRUE(same_token("abc", "abc"));
    for (const char* other : {"", "ab", "abcd", "abd", "xbc", "ABC"}) EXPECT_FALSE(same_token("abc", other)) << other;
}

TEST(RateLimit, LetsABurstThenAnEvenPaceThroughEachAddressApart) {
    RateLimit limit(3, 10);
    const std::chrono::steady_clock::time_point start{};
    for (int number = 0; number < 3; ++number) EXPECT_TRUE(limit.allows("a", start));
    EXPECT_FALSE(limit.allows("a", start));
    EXPECT_TRUE(limit.allows("b", start));
    EXPECT_TRUE(limit.allows("a", start + 100ms));
    EXPECT_FALSE(limit.allows("a", start + 100ms));
    for (int number = 0; number < 3; ++number) EXPECT_TRUE(limit.allows("a", start + 1h));
    EXPECT_FALSE(limit.allows("a", start + 1h)) << "no more than a burst is saved up";
    for (int number = 0; number < 5000; ++number) {
        EXPECT_TRUE(limit.allows(std::to_string(number), start + 2h + number * 1s)) << "addresses don't pile up";
    }
}

TEST(QrCode, HasItsThreeFindersAndGrowsWithTheText) {
    const auto code = qr_code("http://192.168.100.100:8460/0123456789abcdef/");
    ASSERT_TRUE(code);
    EXPECT_EQ(code->modules, 33) << "version 4 holds 62 bytes with medium correction";
    const int last = code->modules - 7;
    for (const auto& [column, line] : {std::pair(0, 0), std::pair(last, 0), std::pair(0, last)}) {
        for (int at = 0; at < 7; ++at) {
            EXPECT_TRUE(code->is_dark(column + at, line)) << column << "," << line;
            EXPECT_TRUE(code->is_dark(column, line + at));
        }
        EXPECT_FALSE(code->is_dark(column + 1, line + 1));
        EXPECT_TRUE(code->is_dark(column + 3, line + 3));
    }
    EXPECT_FALSE(qr_code(std::string(5000, 'x'))) << "no code holds that";
}

TEST(PrompterFeed, GivesEveryCharacterItsPlaceAsAPageCounts) {
    const Script script("战疫情，你好。", "# 部分\n问：𠀀[停]一二。\n[微笑]");
    const auto made = nlohmann::json::parse(script_json(script));
    ASSERT_EQ(made["paragraphs"].size(), script.paragraphs().size());
    std::size_t counted = 0;
    for (const auto& paragraph : made["paragraphs"]) {
        EXPECT_TRUE(paragraph["characters"].empty() || paragraph["first"] == counted);
        counted += paragraph["characters"].size();
    }
    EXPECT_EQ(counted, script.characters());
    EXPECT_EQ(made["characters"], script.characters());
    EXPECT_EQ(made["paragraphs"][0]["kind"], "opening");
    EXPECT_EQ(made["paragraphs"][0]["characters"], nlohmann::json({0, 1, 2, 4, 5}));
    EXPECT_EQ(made["paragraphs"][1]["kind"], "heading");
    EXPECT_TRUE(made["paragraphs"][1]["characters"].empty()) << "shown, not read";
    EXPECT_EQ(made["paragraphs"][2]["label"], "问：");
    EXPECT_EQ(made["paragraphs"][2]["characters"], nlohmann::json({0, 2, 3})) << "𠀀 takes two UTF-16 units";
    EXPECT_EQ(made["paragraphs"][2]["cues"], nlohmann::json::parse(R"([{"at": 2, "text": "停"}])"));
    EXPECT_EQ(made["paragraphs"][3]["cues"], nlohmann::json::parse(R"([{"at": 0, "text": "微笑"}])"));
}

TEST(PrompterFeed, IsOneLineWhateverTheScriptHolds) {
    const Script script({}, "一\xFF二\r\x01三\"</script>\xE2\x80\xA8四");
    const std::string made = script_json(script);
    EXPECT_EQ(made.find_first_of("\r\n"), std::string::npos) << "an event ends with a line";
    EXPECT_FALSE(nlohmann::json::parse(made, nullptr, false).is_discarded());
}

TEST(PrompterFeed, TellsTheStateToAHundredthOfACharacter) {
    PrompterState state;
    state.character = 12.34567;
    state.running = true;
    const std::string text = state_json(state);
    const auto made = nlohmann::json::parse(with_moment(text, CaptureTime(1500ms)));
    EXPECT_EQ(made["character"], 12.35);
    EXPECT_EQ(made["running"], true);
    EXPECT_EQ(made["per_min"], 240);
    EXPECT_EQ(made["at_ms"], 1500);
    state.character += 0.001;
    EXPECT_EQ(state_json(state), text) << "what nobody can see is no news";
}

}  // namespace
}  // namespace changji
