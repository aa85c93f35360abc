#include "analysis/calibrating/limit_edges.hpp"

#include <initializer_list>

#include <gtest/gtest.h>

namespace changji {
namespace {

std::vector<LabelledValue> sorted_by_people(std::initializer_list<double> good, std::initializer_list<double> bad) {
    std::vector<LabelledValue> samples;
    for (const double value : good) samples.push_back({value, true});
    for (const double value : bad) samples.push_back({value, false});
    return samples;
}

TEST(LimitEdges, BetweenSeparateGroupsThePassEdgeIsTheMiddleAndTheRestOfTheGapWarns) {
    const auto lower = fit_edges(sorted_by_people({0.05, 0.11}, {0.29, 0.4}), GoodWhen::Lower, 2);
    EXPECT_FALSE(lower.pass_min);
    EXPECT_DOUBLE_EQ(*lower.pass_max, 0.2);
    EXPECT_DOUBLE_EQ(*lower.warn_max, 0.28) << "the mildest bad one still fails";
    const auto higher = fit_edges(sorted_by_people({40, 30}, {10, 20}), GoodWhen::Higher, 0);
    EXPECT_FALSE(higher.pass_max);
    EXPECT_DOUBLE_EQ(*higher.pass_min, 25.0);
    EXPECT_DOUBLE_EQ(*higher.warn_min, 21.0);
}

TEST(LimitEdges, WhereGroupsOverlapThePassEdgeHasTheGreatestJAndNoGoodOneFails) {
    // J after 9: 9/10 − 0; after 12: 10/10 − 2/10.
    const auto edges =
        fit_edges(sorted_by_people({1, 2, 3, 4, 5, 6, 7, 8, 9, 12}, {10, 11, 13, 14, 15, 16, 17, 18, 19, 20}),
                  GoodWhen::Lower, 1);
    EXPECT_DOUBLE_EQ(*edges.pass_max, 9.5);
    EXPECT_DOUBLE_EQ(*edges.warn_max, 12.0);
}

TEST(LimitEdges, OfTwentyGoodOnesOneMayFail) {
    const auto edges =
        fit_edges(sorted_by_people({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 22.5, 27.5},
                                   {19, 20, 21, 25, 30}),
                  GoodWhen::Lower, 1);
    EXPECT_DOUBLE_EQ(*edges.pass_max, 18.5) << "J .9; after 22.5 it is .95 − .6";
    EXPECT_DOUBLE_EQ(*edges.warn_max, 22.5) << "27.5 is the one in twenty";
}

TEST(LimitEdges, OfEqualJTheOneThatLetsMoreGoodOnesPass) {
    // After 1: 1/2 − 0; after 3: 1 − 1/2.
    EXPECT_DOUBLE_EQ(*fit_edges(sorted_by_people({1, 3}, {2, 4}), GoodWhen::Lower, 1).pass_max, 3.5);
}

TEST(LimitEdges, ARangeHasBothEdgesAndOnlyThoseThatABadOneAsksFor) {
    const auto both = fit_edges(sorted_by_people({50, 55, 60}, {20, 30, 80, 90}), GoodWhen::Within, 0);
    EXPECT_DOUBLE_EQ(*both.warn_min, 31.0);
    EXPECT_DOUBLE_EQ(*both.pass_min, 40.0);
    EXPECT_DOUBLE_EQ(*both.pass_max, 70.0);
    EXPECT_DOUBLE_EQ(*both.warn_max, 79.0);
    const auto below = fit_edges(sorted_by_people({50, 55, 60}, {20, 30}), GoodWhen::Within, 0);
    EXPECT_DOUBLE_EQ(*below.pass_min, 40.0);
    EXPECT_FALSE(below.pass_max);
    EXPECT_FALSE(below.warn_max);
}

TEST(LimitEdges, ARangeLeavesOutAGoodOneThatStandsAmongTheBad) {
    // 10 is good: the range from it would let 20 and 30 in. 50 to 60: 3/4 − 0.
    const auto edges = fit_edges(sorted_by_people({10, 50, 55, 60}, {20, 30, 80}), GoodWhen::Within, 0);
    EXPECT_DOUBLE_EQ(*edges.pass_min, 40.0);
    EXPECT_DOUBLE_EQ(*edges.pass_max, 70.0);
    EXPECT_DOUBLE_EQ(*edges.warn_min, 10.0) << "the good one may not fail";
}

TEST(LimitEdges, OfTwentyBadOnesTheNearestMayWarn) {
    auto samples = sorted_by_people({1, 2}, {5});
    for (int i = 0; i < 19; ++i) samples.push_back({10.0 + i, false});
    const auto edges = fit_edges(samples, GoodWhen::Lower, 1);
    EXPECT_DOUBLE_EQ(*edges.pass_max, 3.5);
    EXPECT_DOUBLE_EQ(*edges.warn_max, 9.9);
}

TEST(LimitEdges, OfTwentyGoodOnesNoneMayFailOnEitherSideOfARange) {
    auto samples = sorted_by_people({10}, {20, 30, 90});
    for (int i = 0; i < 19; ++i) samples.push_back({50.0 + i, true});
    const auto edges = fit_edges(samples, GoodWhen::Within, 0);
    EXPECT_DOUBLE_EQ(*edges.pass_min, 40.0);
    EXPECT_DOUBLE_EQ(*edges.warn_min, 10.0);
}

TEST(LimitEdges, RoundingNeverMovesAValueToTheOtherSide) {
    EXPECT_DOUBLE_EQ(*fit_edges(sorted_by_people({0.1104}, {0.1106}), GoodWhen::Lower, 2).pass_max, 0.1105);
    const auto counted = fit_edges(sorted_by_people({0, 0}, {1, 3}), GoodWhen::Lower, 0);
    EXPECT_DOUBLE_EQ(*counted.pass_max, 0.0) << "a count between none and one is none";
    EXPECT_DOUBLE_EQ(*counted.warn_max, 0.0);
}

TEST(LimitEdges, LeftOutOnesAreJudgedByTheOthersAlone) {
    // All: equal J after 2 and after 4, so 4.5: only the bad 3 is judged wrong. Left out, 4 meets 2.5 and 3 meets 4.5.
    const auto samples = sorted_by_people({1, 2, 4}, {3, 5, 6});
    const auto edges = fit_edges(samples, GoodWhen::Lower, 1);
    EXPECT_DOUBLE_EQ(*edges.pass_max, 4.5);
    EXPECT_EQ(count_right(samples, edges), 5);
    EXPECT_EQ(count_right_left_out(samples, GoodWhen::Lower, 1), 4);
}

TEST(LimitEdges, EqualValuesAreLeftOutOneByOne) {
    // With one 5 away the other still stands for it: 7 of 7.
    const auto samples = sorted_by_people({1, 5, 5}, {9, 9, 12, 12});
    EXPECT_EQ(count_right_left_out(samples, GoodWhen::Lower, 0), 7);
}

}  // namespace
}  // namespace changji
