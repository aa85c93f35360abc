#include "analysis/compare.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

constexpr const char* luma = "light.face_luma_percent";

Preset preset_with_luma() {
    Preset preset;
    MeterLimit limit;
    limit.measure = luma;
    limit.clause = "四.3-c";
    limit.pass_min = 45, limit.pass_max = 72, limit.warn_min = 35, limit.warn_max = 80;
    preset.meters = {limit};
    return preset;
}

Finding finding(const char* check, FindingStatus status, const char* value = "") {
    Finding one;
    one.clause = "四.3-c";
    one.check = check;
    one.status = status;
    one.value = value;
    return one;
}

ComparedTake take(int number, std::vector<Finding> findings, std::optional<double> value = std::nullopt,
                  int crew_rates = 0) {
    ComparedTake made;
    made.number = number;
    made.verdict.status = worst_of(findings);
    made.verdict.findings = std::move(findings);
    made.values.set(Measure::LightFaceLuma, value);
    made.crew_rates = crew_rates;
    return made;
}

TEST(Compare, TheBetterStatusIsBetter) {
    const auto compared = compare(take(1, {finding(luma, FindingStatus::Warn, "40 %")}, 40),
                                  take(2, {finding(luma, FindingStatus::Pass, "58 %")}, 58), preset_with_luma());
    ASSERT_EQ(compared.size(), 1u);
    EXPECT_EQ(compared[0].better, Better::Second);
    EXPECT_EQ(compared[0].first_value, "40 %");
    EXPECT_EQ(compared[0].second_value, "58 %");
}

TEST(Compare, OfTwoPassesTheOneFurtherInsideItsLimitsIsBetter) {
    const auto better = [](double a, double b) {
        return compare(take(1, {finding(luma, FindingStatus::Pass)}, a),
                       take(2, {finding(luma, FindingStatus::Pass)}, b), preset_with_luma())[0]
            .better;
    };
    EXPECT_EQ(better(58, 46), Better::First);
    EXPECT_EQ(better(71, 60), Better::Second);
    EXPECT_EQ(better(58.0, 58.2), Better::Neither) << "nobody would see that";
}

TEST(Compare, ACheckThatOneTakeLacksIsUnmeasuredThere) {
    const auto compared = compare(take(1, {finding("video.size", FindingStatus::Pass)}),
                                  take(2, {finding("decode", FindingStatus::Fail)}), preset_with_luma());
    ASSERT_EQ(compared.size(), 2u);
    EXPECT_EQ(compared[0].check, "video.size");
    EXPECT_EQ(compared[0].better, Better::First);
    EXPECT_EQ(compared[1].check, "decode");
    EXPECT_EQ(compared[1].better, Better::First) << "what fails is worse than what is not known";
}

TEST(Suggest, TheCrewsRefusalWeighsMoreThanEveryMeasure) {
    const std::vector<ComparedTake> takes{take(1, {finding(luma, FindingStatus::Pass)}, 58, -1),
                                          take(2, {finding(luma, FindingStatus::Warn)}, 40)};
    const auto best = suggest(takes, preset_with_luma());
    ASSERT_TRUE(best);
    EXPECT_EQ(best->take, 1u);
    EXPECT_EQ(in_english(best->reasons.front()), "The crew didn't refuse it, as it did take 1.");
}

TEST(Suggest, ATakeThatFailsIsNotSuggestedEvenWhenTheCrewLikesIt) {
    const std::vector<ComparedTake> takes{take(1, {finding(luma, FindingStatus::Fail)}, 20, 1),
                                          take(2, {finding(luma, FindingStatus::Warn)}, 40)};
    const auto best = suggest(takes, preset_with_luma());
    EXPECT_EQ(best->take, 1u);
    EXPECT_EQ(in_english(best->reasons.front()), "It fails nothing; take 1 fails.");
}

TEST(Suggest, OfTakesThatCanBeSentInTheCrewsChoiceIsBest) {
    const std::vector<ComparedTake> takes{take(1, {finding(luma, FindingStatus::Warn)}, 40, 1),
                                          take(2, {finding(luma, FindingStatus::Pass)}, 58)};
    EXPECT_EQ(suggest(takes, preset_with_luma())->take, 0u);
}

TEST(Suggest, FewerWarningsThenBetterMeasuresThenTheLaterOne) {
    const Preset preset = preset_with_luma();
    const std::vector<ComparedTake> warnings{
        take(1, {finding(luma, FindingStatus::Warn), finding("losses", FindingStatus::Warn)}, 40),
        take(2, {finding(luma, FindingStatus::Warn), finding("losses", FindingStatus::Pass)}, 40)};
    EXPECT_EQ(suggest(warnings, preset)->take, 1u);
    EXPECT_EQ(in_english(suggest(warnings, preset)->reasons[0]), "Warnings: 1; of take 1: 2.");
    const std::vector<ComparedTake> measures{take(1, {finding(luma, FindingStatus::Pass)}, 58),
                                             take(2, {finding(luma, FindingStatus::Pass)}, 46)};
    EXPECT_EQ(suggest(measures, preset)->take, 0u);
    const std::vector<ComparedTake> equal{take(1, {finding(luma, FindingStatus::Pass)}, 58),
                                          take(2, {finding(luma, FindingStatus::Pass)}, 58)};
    EXPECT_EQ(suggest(equal, preset)->take, 1u);
    EXPECT_EQ(in_english(suggest(equal, preset)->reasons[0]), "It equals take 1 and is the later one.");
}

TEST(Suggest, WithoutTakesThereIsNoneAndOneIsTheOnlyOne) {
    EXPECT_FALSE(suggest({}, preset_with_luma()));
    const std::vector<ComparedTake> one{take(7, {})};
    EXPECT_EQ(in_english(suggest(one, preset_with_luma())->reasons.at(0)), "It is the only take.");
}

}  // namespace
}  // namespace changji
