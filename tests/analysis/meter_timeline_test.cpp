#include "analysis/meter_timeline.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

constexpr Measure luma = Measure::LightFaceLuma;

/// Rows 0.2 s apart whose value is their number.
TakeLog counted(int rows) {
    TakeLog log;
    for (int i = 0; i < rows; ++i) {
        Readings readings;
        readings.set(luma, i);
        log.add(i * row_interval_s, readings);
    }
    return log;
}

TEST(MeterTimeline, EachColumnHoldsTheLowestAndHighestOfItsTime) {
    const MeterTimeline timeline(counted(100));
    const auto columns = timeline.columns(luma, 0.0, 20.0, 10);
    ASSERT_EQ(columns.size(), 10u);
    for (int c = 0; c < 10; ++c) {
        EXPECT_FLOAT_EQ(columns[c].low, static_cast<float>(c * 10)) << c;
        EXPECT_FLOAT_EQ(columns[c].high, static_cast<float>(c * 10 + 9)) << c;
    }
}

TEST(MeterTimeline, ASinglePeakShowsAtEveryZoom) {
    TakeLog log = counted(0);
    for (int i = 0; i < 4500; ++i) {
        Readings readings;
        readings.set(luma, i == 3210 ? 99.0 : 50.0);
        log.add(i * row_interval_s, readings);
    }
    const MeterTimeline timeline(log);
    for (const int count : {1, 7, 100, 640, 1920, 4500}) {
        float highest = 0;
        for (const MeterColumn& column : timeline.columns(luma, 0.0, timeline.end_s(), count)) {
            ASSERT_FALSE(column.empty());
            highest = std::max(highest, column.high);
        }
        EXPECT_FLOAT_EQ(highest, 99.0F) << count;
    }
}

TEST(MeterTimeline, BetweenTwoRowsLiesTheLineThatJoinsThem) {
    const MeterTimeline timeline(counted(3));
    const auto columns = timeline.columns(luma, 0.2, 0.4, 10);
    for (int c = 1; c < 10; ++c) {
        EXPECT_NEAR(columns[c].low, 1.0 + (c + 0.5) / 10.0, 1e-4) << c;
        EXPECT_EQ(columns[c].low, columns[c].high);
    }
}

TEST(MeterTimeline, WhereRowsOrValuesAreMissingThereIsNothing) {
    TakeLog log = counted(10);
    Readings readings;
    readings.set(luma, 1.0);
    log.add(5.0, readings);
    log.add(5.2, Readings());
    log.add(5.4, readings);
    const MeterTimeline timeline(log);
    const auto columns = timeline.columns(luma, 0.0, 6.0, 60);
    EXPECT_FALSE(columns[0].empty());
    EXPECT_TRUE(columns[30].empty()) << "no rows from 1.8 to 5 s";
    EXPECT_FALSE(columns[50].empty());
    EXPECT_TRUE(columns[51].empty()) << "nothing joins a value with none";
    EXPECT_TRUE(columns[52].empty()) << "the row of 5.2 s has no value";
    EXPECT_TRUE(columns[59].empty()) << "behind the end";
}

TEST(MeterTimeline, RowsOfADamagedFileAreBroughtIntoOrder) {
    TakeLog log;
    for (const double at : {0.4, -1.0, 0.0, 0.2}) {
        Readings readings;
        readings.set(luma, at * 10);
        log.add(at, readings);
    }
    const MeterTimeline timeline(log);
    const auto columns = timeline.columns(luma, 0.0, 0.6, 3);
    for (int c = 0; c < 3; ++c) EXPECT_FLOAT_EQ(columns[c].high, static_cast<float>(c * 2)) << c;
}

TEST(MeterTimeline, AMeasureThatWasNeverTakenIsEmptyEverywhere) {
    const MeterTimeline timeline(counted(10));
    EXPECT_TRUE(timeline.has(luma));
    EXPECT_FALSE(timeline.has(Measure::SoundHum));
    for (const MeterColumn& column : timeline.columns(Measure::SoundHum, 0, 2, 5)) EXPECT_TRUE(column.empty());
    EXPECT_TRUE(timeline.columns(luma, 0, 2, 0).empty());
    EXPECT_TRUE(timeline.columns(luma, 2, 2, 3)[1].empty());
    EXPECT_EQ(MeterTimeline(TakeLog()).end_s(), 0.0);
}

}  // namespace
}  // namespace changji
