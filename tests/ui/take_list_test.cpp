#include "ui/review/take_list.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

ListedTake listed(int number, VerdictStatus verdict, Rating rating, const std::string& guest, const std::string& note) {
    ListedTake take;
    take.files = take_files("takes", number);
    take.stored.state = ReportState::Whole;
    take.stored.verdict = verdict;
    take.stored.report.verdict.status = verdict;
    take.stored.rating = rating;
    take.stored.note = note;
    take.stored.report.slate.guest = guest;
    take.stored.report.started_at = "2026-11-23T10:00:00+08:00";
    take.stored.report.duration_s = 60;
    take.size_bytes = 1'000'000;
    return take;
}

std::vector<ListedTake> some_takes() {
    return {listed(1, VerdictStatus::Fail, Rating::No, "林安", "too DARK"),
            listed(2, VerdictStatus::Pass, Rating::Good, "林安", "结尾最好"),
            listed(3, VerdictStatus::Warn, Rating::None, "王宁", "")};
}

std::vector<int> numbers(const std::vector<ListedTake>& takes) {
    std::vector<int> all;
    for (const ListedTake& take : takes) all.push_back(take.files.number);
    return all;
}

TEST(TakeList, IsSearchedForEveryWordInSlateNoteFileAndDate) {
    const auto found = [](const std::string& search) { return numbers(filtered(some_takes(), {search, {}, {}})); };
    EXPECT_EQ(found("林安"), (std::vector{1, 2}));
    EXPECT_EQ(found("林安 结尾"), (std::vector{2}));
    EXPECT_EQ(found("dark"), (std::vector{1}));
    EXPECT_EQ(found("TAKE-003"), (std::vector{3}));
    EXPECT_EQ(found("2026-11"), (std::vector{1, 2, 3}));
    EXPECT_EQ(found("2027"), std::vector<int>{});
    EXPECT_EQ(found(""), (std::vector{1, 2, 3}));
}

TEST(TakeList, IsFilteredByVerdictAndRating) {
    EXPECT_EQ(numbers(filtered(some_takes(), {"", VerdictStatus::Pass, {}})), (std::vector{2}));
    EXPECT_EQ(numbers(filtered(some_takes(), {"", {}, Rating::None})), (std::vector{3}));
    EXPECT_EQ(numbers(filtered(some_takes(), {"", VerdictStatus::Fail, Rating::Good})), std::vector<int>{});
    auto takes = some_takes();
    takes[1].unfinished = true;
    EXPECT_EQ(numbers(filtered(takes, {"", VerdictStatus::Pass, {}})), std::vector<int>{})
        << "what is not finished has no verdict";
}

TEST(TakeList, TotalsCountEachTakeOnce) {
    auto takes = some_takes();
    takes.push_back(ListedTake{});
    const TakeTotals totals = totals_of(takes);
    EXPECT_EQ(totals.takes, 4);
    EXPECT_EQ(totals.pass + totals.warn + totals.fail + totals.unjudged, 4);
    EXPECT_EQ(totals.unjudged, 1);
    EXPECT_EQ(totals.good, 1);
    EXPECT_EQ(totals.duration_s, 180.0);
    EXPECT_EQ(totals.size_bytes, 3'000'000);
}

TEST(TakeList, AsCsvQuotesWhatNeedsItAndDisarmsFormulas) {
    const std::string csv =
        takes_csv({listed(1, VerdictStatus::Pass, Rating::Good, "=HYPERLINK(\"x\")", "a, \"b\"\nc")});
    EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBFtake,verdict,rating,"));
    EXPECT_NE(csv.find("\"'=HYPERLINK(\"\"x\"\")\""), std::string::npos) << csv;
    EXPECT_NE(csv.find("\"a, \"\"b\"\"\nc\"\r\n"), std::string::npos) << csv;
    EXPECT_NE(csv.find("\r\n1,pass,good,60,"), std::string::npos) << csv;
}

TEST(TakeList, SuggestsAmongFinishedTakesWithWholeReportsOnly) {
    auto takes = some_takes();
    takes[1].unfinished = true;
    const auto best = suggest_take(takes, Preset{});
    ASSERT_TRUE(best);
    EXPECT_EQ(best->take, 2u) << "the second isn't finished, the first fails";
    EXPECT_FALSE(suggest_take({ListedTake{}}, Preset{}));
}

}  // namespace
}  // namespace changji
