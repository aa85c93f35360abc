#include "analysis/judging/event_list.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

TEST(EventList, EventsWithinTheGapAreOne) {
    EventList list;
    list.add({0, 10}, 5);
    list.add({15, 20}, 5);
    list.add({26, 30}, 5);
    EXPECT_EQ(list.count(), 2);
    EXPECT_EQ(list.kept(), (std::vector<FrameRange>{{0, 20}, {26, 30}}));
}

TEST(EventList, CountGoesOnWhenNoMoreAreKept) {
    EventList list;
    for (std::int64_t i = 0; i < 700; ++i) {
        list.add({i * 100, i * 100 + 10}, 5);
        list.add({i * 100 + 12, i * 100 + 20}, 5);
    }
    EXPECT_EQ(list.count(), 700);
    ASSERT_EQ(list.kept().size(), EventList::most_kept);
    EXPECT_EQ(list.kept().back(), (FrameRange{49'900, 49'920}));
}

TEST(EventList, AppendingIsAsIfAllHadBeenAdded) {
    for (const std::int64_t cut : {0, 1, 200, 550, 700}) {
        EventList whole, first, second;
        for (std::int64_t i = 0; i < 700; ++i) {
            const FrameRange event{i * 100, i * 100 + (i % 3 == 0 ? 98 : 10)};
            whole.add(event, 5);
            (i < cut ? first : second).add(event, 5);
        }
        first.append(second, 5);
        EXPECT_EQ(first, whole) << cut;
        first.add({70'000, 70'001}, 90);
        whole.add({70'000, 70'001}, 90);
        EXPECT_EQ(first, whole) << cut;
    }
}

}  // namespace
}  // namespace changji
