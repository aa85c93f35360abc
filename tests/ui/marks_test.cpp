#include "ui/project/marks.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

TEST(TakeMarks, ATopicIsTickedTakenBackAndTickedAnew) {
    TakeMarks marks;
    marks.add({10.0, MarkKind::Topic, 1});
    marks.add({12.0, MarkKind::Topic, 2});
    ASSERT_EQ(marks.all().size(), 2u);
    marks.add({20.0, MarkKind::Topic, 1});
    EXPECT_FALSE(find_topic(marks.all(), 1)) << "the second press takes the tick away";
    marks.add({30.0, MarkKind::Topic, 1});
    ASSERT_TRUE(find_topic(marks.all(), 1));
    EXPECT_EQ(find_topic(marks.all(), 1)->at_s, 30.0);
    EXPECT_EQ(topics_in(marks.all()), (std::vector<int>{1, 2}));
}

TEST(TakeMarks, MomentsAddUpInTheOrderOfTime) {
    TakeMarks marks;
    marks.add({3.0, MarkKind::Bad, 0});
    marks.add({3.0, MarkKind::Bad, 0});
    marks.add({1.0, MarkKind::Good, 0});
    ASSERT_EQ(marks.all().size(), 3u);
    EXPECT_EQ(marks.all()[0].kind, MarkKind::Good);
    EXPECT_TRUE(topics_in(marks.all()).empty());
}

TEST(MarksJournal, GivesBackWhatTheCrewSaw) {
    TakeMarks marks;
    std::string journal;
    for (const Mark& mark : {Mark{1.04, MarkKind::Topic, 1}, Mark{2.0, MarkKind::Good, 0}, Mark{3.0, MarkKind::Bad, 0},
                             Mark{4.0, MarkKind::Topic, 9}, Mark{5.0, MarkKind::Topic, 1}}) {
        marks.add(mark);
        journal += journal_line(mark);
    }
    EXPECT_EQ(read_journal(journal).all(), marks.all());
    EXPECT_EQ(topics_in(marks.all()), std::vector<int>{9});
}

TEST(MarksJournal, KeepsThePlaceInTheScript) {
    const Mark topic{4.0, MarkKind::Topic, 3, 120}, question{5.0, MarkKind::Script, 0, 240},
        plain{6.0, MarkKind::Good, 0};
    EXPECT_EQ(read_journal(journal_line(topic) + journal_line(question) + journal_line(plain)).all(),
              (std::vector<Mark>{topic, question, plain}));
    EXPECT_EQ(journal_line(question), "{\"at_s\":5.0,\"kind\":\"script\",\"character\":240}\n");
    EXPECT_EQ(journal_line(plain).find("character"), std::string::npos);
}

TEST(MarksJournal, ALineThatACrashCutOffCountsForNothing) {
    const std::string whole = journal_line({1.0, MarkKind::Topic, 2});
    const std::string cut = journal_line({2.0, MarkKind::Good, 0});
    for (std::size_t kept = 0; kept + 2 < cut.size(); ++kept) {
        EXPECT_EQ(read_journal(whole + cut.substr(0, kept)).all().size(), 1u) << kept;
    }
    EXPECT_TRUE(read_journal("\n[]\n{\"at_s\":\"x\",\"topic\":1}\n{\"at_s\":1}\n{\"at_s\":1,\"kind\":\"best\"}\n\xff\n")
                    .all()
                    .empty());
    EXPECT_TRUE(read_journal("").all().empty());
}

}  // namespace
}  // namespace changji
