#include "ui/review/review_desk.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <thread>

#include "capture/take_lock.hpp"
#include "tests/presets/shipped_preset.hpp"
#include "tests/support/media.hpp"
#include "tests/support/stored_take.hpp"
#include "ui/language/language.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class ReviewDeskTest : public testing::Test {
protected:
    void SetUp() override {
        use_language(Language::English);
        test::store_take(folder_.path(), test::dark_report(1));
        test::store_take(folder_.path(), test::good_report(2));
        test::store_take(folder_.path(), test::dark_report(3));
    }
    template <typename Condition>
    [[nodiscard]] std::shared_ptr<const ReviewContent> content_when(Condition condition) const {
        for (const auto until = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < until;) {
            const auto content = desk_.latest();
            if (content && condition(*content)) return content;
            std::this_thread::sleep_for(5ms);
        }
        return nullptr;
    }
    [[nodiscard]] ReviewWish wish(int take = 0) const { return {folder_.path(), take, 0, ""}; }
    [[nodiscard]] DeskNotice notice() {
        for (int tries = 0; tries < 4000; ++tries) {
            auto notices = desk_.take_notices();
            if (!notices.empty()) return notices.front();
            std::this_thread::sleep_for(5ms);
        }
        return {};
    }
    static constexpr auto any = [](const ReviewContent&) { return true; };

    test::TemporaryFolder folder_;
    ReviewDesk desk_{{test::shipped_preset()}};
};

TEST_F(ReviewDeskTest, ShowsTheLastTakeAndComparesItWithTheBestOne) {
    EXPECT_EQ(desk_.latest(), nullptr);
    desk_.look_at(wish());
    const auto content = content_when(any);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->takes.size(), 3u);
    EXPECT_EQ(content->shown->files.number, 3);
    ASSERT_TRUE(content->best);
    EXPECT_EQ(content->takes[content->best->take].files.number, 2);
    ASSERT_TRUE(content->other);
    EXPECT_EQ(content->other->files.number, 2);
    ASSERT_TRUE(content->better);
    EXPECT_EQ(content->better->take, 1u);
    EXPECT_FALSE(content->better->reasons.empty());
    EXPECT_TRUE(std::ranges::any_of(content->compared, [](const ComparedCheck& check) {
        return check.check == "light.face_luma_percent" && check.better == Better::Second;
    }));
}

TEST_F(ReviewDeskTest, WhatIsWrittenShowsAndAlikeThingsStayTheSame) {
    desk_.look_at(wish(2));
    const auto before = content_when(any);
    ASSERT_TRUE(before);
    desk_.ask({folder_.path(), 1, ReportEdit{Rating::Good, "第二次说得好"}});
    const auto after =
        content_when([](const ReviewContent& each) { return each.takes[0].stored.rating == Rating::Good; });
    ASSERT_TRUE(after);
    EXPECT_EQ(after->takes[0].stored.note, "第二次说得好");
    EXPECT_EQ(after->shown, before->shown) << "the other take is not read again";
    EXPECT_EQ(desk_.changes(), 1);
    EXPECT_TRUE(desk_.take_notices().empty());
}

TEST_F(ReviewDeskTest, ATopicTickedAfterwardsIsJudgedAnew) {
    desk_.look_at(wish(3));
    ASSERT_TRUE(content_when(any));
    desk_.ask({folder_.path(), 3, CrewEdit{Mark{30.0, MarkKind::Topic, 2}, std::nullopt}});
    const auto after = content_when(
        [](const ReviewContent& each) { return each.shown && each.shown->take.stored.report.marks.size() == 3; });
    ASSERT_TRUE(after);
    EXPECT_EQ(after->shown->take.stored.report.marks[1].topic, 2);
    EXPECT_EQ(after->shown->take.stored.report.marks[2].kind, MarkKind::Good) << "other marks stay";
}

TEST_F(ReviewDeskTest, AnEditOfATakeThatIsRecordedIsRefusedAndTold) {
    const TakeFiles files = take_files(folder_.path() / "takes", 1);
    const auto lock = TakeLock::acquire(files.video);
    ASSERT_TRUE(lock);
    desk_.ask({folder_.path(), 1, ReportEdit{Rating::No, std::nullopt}});
    const DeskNotice refused = notice();
    EXPECT_FALSE(refused.words.empty());
    EXPECT_FALSE(refused.done);
    EXPECT_EQ(read_report(files.report).rating, Rating::None);
}

TEST_F(ReviewDeskTest, TheSearchNarrowsTheListAndItsTotals) {
    desk_.ask({folder_.path(), 2, ReportEdit{std::nullopt, "library"}});
    ReviewWish narrow = wish();
    narrow.search = "library";
    desk_.look_at(narrow);
    const auto content = content_when([](const ReviewContent& each) { return each.matching.size() == 1; });
    ASSERT_TRUE(content);
    EXPECT_EQ(content->takes[content->matching[0]].files.number, 2);
    EXPECT_EQ(content->totals.takes, 1);
    EXPECT_EQ(content->takes.size(), 3u);
}

TEST_F(ReviewDeskTest, TheLogAndAReportAreWrittenAndSaidWhere) {
    desk_.ask({folder_.path(), 0, ExportLog{}});
    const DeskNotice log = notice();
    EXPECT_TRUE(log.done);
    EXPECT_NE(in_english(log.words).find("take-log.csv"), std::string::npos);
    EXPECT_TRUE(fs::exists(folder_.path() / "take-log.csv"));
    desk_.ask({folder_.path(), 3, ExportReport{}});
    EXPECT_NE(in_english(notice().words).find("take-003.html"), std::string::npos);
    EXPECT_TRUE(fs::exists(folder_.path() / "takes" / "take-003.html"));
    desk_.ask({folder_.path(), 9, ExportReport{}});
    EXPECT_EQ(notice().words.id, "The report is missing.");
}

TEST_F(ReviewDeskTest, AFilmThatIsReplacedWhileItIsShownIsNoticed) {
    desk_.look_at(wish(2));
    const auto before = content_when(any);
    ASSERT_TRUE(before);
    test::write_text(folder_.path() / "new", std::string(1200, 'n'));
    fs::rename(folder_.path() / "new", before->shown->files.video);
    const auto after = content_when([&](const ReviewContent& each) { return each.shown != before->shown; });
    ASSERT_TRUE(after);
    EXPECT_FALSE(after->shown->problems.empty());
    EXPECT_NE(after->shown->film_mark.inode, before->shown->film_mark.inode);
}

TEST_F(ReviewDeskTest, ATakeThatAppearsOrGoesIsNoticed) {
    desk_.look_at(wish());
    ASSERT_TRUE(content_when(any));
    test::store_take(folder_.path(), test::good_report(4));
    ASSERT_TRUE(content_when([](const ReviewContent& each) { return each.shown->files.number == 4; }));
    for (const char* const file : {"take-004.mp4", "take-004.json", "take-004.meters.csv"}) {
        fs::remove(folder_.path() / "takes" / file);
    }
    EXPECT_TRUE(content_when([](const ReviewContent& each) { return each.shown->files.number == 3; }));
}

TEST_F(ReviewDeskTest, AProjectWithoutTakesShowsNone) {
    const test::TemporaryFolder empty;
    desk_.look_at(ReviewWish{empty.path(), 0, 0, ""});
    const auto content = content_when([](const ReviewContent& each) { return each.takes.empty(); });
    ASSERT_TRUE(content);
    EXPECT_EQ(content->shown, nullptr);
    EXPECT_FALSE(content->best);
}

}  // namespace
}  // namespace changji
