#include <gtest/gtest.h>

#include "analysis/verdict.hpp"
#include "tests/analysis/evidence.hpp"

namespace changji {
namespace {

using test::good_readings;
using test::good_take;
using test::judge_one;
using test::log_of;
using test::shipped_preset;

TEST(CrewCheck, WhatIsNotEnteredOrSignedOffIsToBeConfirmed) {
    Evidence evidence = good_take();
    evidence.crew = CrewEvidence{};
    for (const char* check : {"crew.guest", "crew.opening", "crew.place", "crew.topics", "crew.confirmation"}) {
        const Finding finding = judge_one(evidence, check);
        EXPECT_EQ(finding.status, FindingStatus::Confirm) << check;
        EXPECT_FALSE(finding.advice.empty()) << check;
    }
}

TEST(CrewCheck, OpeningLineShowsTheGuest) {
    Evidence evidence = good_take();
    evidence.crew->confirmed_clauses.clear();
    const Finding finding = judge_one(evidence, "crew.opening");
    EXPECT_EQ(finding.status, FindingStatus::Confirm);
    EXPECT_NE(in_english(finding.message).find("嘉宾是嘉宾甲。"), std::string::npos) << in_english(finding.message);
}

TEST(CrewCheck, WhatWasHeardOfTheOpeningLineStillAsksAPerson) {
    Evidence evidence = good_take();
    evidence.crew->confirmed_clauses.clear();
    evidence.opening = LineCheck{LineHeard::Heard, -7.25, 1.2, 9.8, 60.0};
    const Finding heard = judge_one(evidence, "crew.opening");
    EXPECT_EQ(heard.status, FindingStatus::Confirm) << "a name and a wrong word can't be told by the sound";
    EXPECT_NE(in_english(heard.message).find("from 1.2 s to 9.8 s"), std::string::npos) << in_english(heard.message);
    EXPECT_EQ(heard.value, "z −7.2");
    ASSERT_EQ(heard.spans.size(), 1u);
    EXPECT_EQ(heard.spans[0].from_s, 1.2);

    evidence.opening = LineCheck{LineHeard::CantTell, -4.0, 1.2, 9.8, 60.0};
    EXPECT_EQ(judge_one(evidence, "crew.opening").status, FindingStatus::Confirm);
    EXPECT_TRUE(judge_one(evidence, "crew.opening").spans.empty());

    evidence.opening = LineCheck{LineHeard::NotHeard, 0.4, 1.2, 9.8, 60.0};
    const Finding missing = judge_one(evidence, "crew.opening");
    EXPECT_EQ(missing.status, FindingStatus::Confirm);
    EXPECT_NE(in_english(missing.message).find("not heard in the first 60.0 s"), std::string::npos);
}

TEST(CrewCheck, APersonsWordForTheOpeningLineStandsAgainstWhatWasHeard) {
    Evidence evidence = good_take();
    evidence.opening = LineCheck{LineHeard::NotHeard, 0.4, 0.0, 0.0, 60.0};
    const Finding finding = judge_one(evidence, "crew.opening");
    EXPECT_EQ(finding.status, FindingStatus::Pass);
    EXPECT_NE(in_english(finding.message).find("didn't hear it"), std::string::npos) << in_english(finding.message);
}

TEST(CrewCheck, MissingRequiredTopicsAreNamed) {
    Evidence evidence = good_take();
    evidence.crew->topics_covered = {2, 5};
    const Finding finding = judge_one(evidence, "crew.topics");
    EXPECT_EQ(finding.status, FindingStatus::Confirm);
    EXPECT_EQ(finding.value, "2, 5");
    EXPECT_EQ(finding.limit, "1, 2, 9");
    EXPECT_EQ(finding.message.args, std::vector<std::string>{"1, 9"});
}

TEST(CrewCheck, PlaceNeedsBothTheEntryAndTheTick) {
    Evidence evidence = good_take();
    evidence.crew->confirmed_clauses = {"四.5-a", "四.5-b"};
    EXPECT_EQ(judge_one(evidence, "crew.place").status, FindingStatus::Confirm);
    evidence = good_take();
    evidence.crew->place = "  ";
    EXPECT_EQ(judge_one(evidence, "crew.place").status, FindingStatus::Confirm);
}

}  // namespace
}  // namespace changji
