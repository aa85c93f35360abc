#include "analysis/calibrating/rank_statistics.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace changji {
namespace {

using Values = std::vector<double>;

TEST(RankStatistics, EqualValuesShareTheAverageOfTheirRanks) {
    EXPECT_EQ(average_ranks(Values{10, 20, 20, 5}), (Values{2, 3.5, 3.5, 1}));
    EXPECT_TRUE(average_ranks(Values{}).empty());
}

TEST(RankStatistics, AucIsTheShareOfPairsInOrder) {
    // Of nine pairs only 4 > 3. U = 1, its mean 4.5, its variance 9·7/12; z = (3.5 − .5)/2.291 = 1.309.
    const Separation found = mann_whitney(Values{1, 2, 4}, Values{3, 5, 6});
    EXPECT_DOUBLE_EQ(found.auc, 1.0 / 9.0);
    EXPECT_NEAR(found.p_value, 0.1904, 1e-4);
    EXPECT_DOUBLE_EQ(mann_whitney(Values{3, 5, 6}, Values{1, 2, 4}).auc, 8.0 / 9.0);
}

TEST(RankStatistics, ATieCountsHalfAndNarrowsWhatChanceGives) {
    // Pairs: 1-1 ½, 1-2 0, 1-1 ½, 1-2 0. Variance 4/12·(5 − 24/12) = 1, z = (1 − .5)/1.
    const Separation found = mann_whitney(Values{1, 1}, Values{1, 2});
    EXPECT_DOUBLE_EQ(found.auc, 0.25);
    EXPECT_NEAR(found.p_value, 0.6171, 1e-4);
}

TEST(RankStatistics, ThreeAgainstThreeAreNeverToldFromChanceButFourAgainstFourAre) {
    // Exactly, perfect order comes by chance in 2 of 20 and in 2 of 70 cases.
    EXPECT_NEAR(mann_whitney(Values{1, 2, 3}, Values{4, 5, 6}).p_value, 0.0809, 1e-4);
    EXPECT_NEAR(mann_whitney(Values{1, 2, 3, 4}, Values{5, 6, 7, 8}).p_value, 0.0304, 1e-4);
}

TEST(RankStatistics, GroupsThatAreAllAlikeAreHalfAndCertainlyChance) {
    const Separation found = mann_whitney(Values{7, 7, 7}, Values{7, 7});
    EXPECT_DOUBLE_EQ(found.auc, 0.5);
    EXPECT_DOUBLE_EQ(found.p_value, 1.0);
}

TEST(RankStatistics, SpearmanWithTiesIsPearsonOfTheAverageRanks) {
    // Ranks of y: 1, 2, 3.5, 5, 3.5. Σxy = 8, Σxx = 10, Σyy = 9.5 about the middle rank.
    EXPECT_NEAR(*spearman(Values{1, 2, 3, 4, 5}, Values{5, 6, 7, 8, 7}), 8.0 / std::sqrt(95.0), 1e-12);
    EXPECT_DOUBLE_EQ(*spearman(Values{1, 2, 3}, Values{100, 10, 1}), -1.0);
}

TEST(RankStatistics, SpearmanOfAConstantOrOfNothingIsAbsent) {
    EXPECT_FALSE(spearman(Values{1, 2, 3}, Values{4, 4, 4}));
    EXPECT_FALSE(spearman(Values{1}, Values{4}));
    EXPECT_FALSE(spearman(Values{}, Values{}));
}

}  // namespace
}  // namespace changji
