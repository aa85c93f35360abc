#include "analysis/take_log.hpp"

#include <algorithm>
#include <clocale>
#include <set>

#include <gtest/gtest.h>

namespace changji {
namespace {

Readings with(Measure measure, double value) {
    Readings readings;
    readings.set(measure, value);
    return readings;
}

TEST(Measures, IdsAndColumnsAreUniqueAndFound) {
    std::set<std::string_view> ids, columns;
    for (const MeasureInfo& row : all_measures()) {
        EXPECT_TRUE(ids.insert(row.id).second) << row.id;
        EXPECT_TRUE(columns.insert(row.column).second) << row.column;
        EXPECT_EQ(find_measure(row.id), &info(row.measure));
    }
    EXPECT_EQ(find_measure("light.nonsense"), nullptr);
}

TEST(Readings, MergeTakesOverOnlyWhatTheOtherHas) {
    Readings all = with(Measure::LightFaceLuma, 50.0);
    Readings other = with(Measure::SoundTruePeak, -3.0);
    all.merge(other);
    EXPECT_EQ(all[Measure::LightFaceLuma], 50.0);
    EXPECT_EQ(all[Measure::SoundTruePeak], -3.0);
}

TEST(TakeLog, MeasuresOverTimeHavePercentilesAndWholeTakeMeasuresTheirLastValue) {
    TakeLog log;
    for (int i = 0; i <= 100; ++i) {
        Readings readings = with(Measure::LightFaceLuma, 100 - i);
        readings.set(Measure::SoundLoudness, -40.0 + i);
        log.add(i * row_interval_s, readings);
    }
    const auto summaries = log.summarise();
    ASSERT_EQ(summaries.size(), 2u);
    EXPECT_EQ(summaries[0].measure, Measure::LightFaceLuma);
    EXPECT_DOUBLE_EQ(*summaries[0].median, 50.0);
    EXPECT_DOUBLE_EQ(*summaries[0].p05, 5.0);
    EXPECT_DOUBLE_EQ(*summaries[0].p95, 95.0);
    EXPECT_FALSE(summaries[0].value);
    EXPECT_DOUBLE_EQ(*summaries[1].value, 60.0);
    EXPECT_FALSE(summaries[1].median);
}

TEST(TakeLog, SpansEndWhereTheValueReturnsOrIsMissing) {
    TakeLog log;
    const std::array<std::optional<double>, 7> values{10.0, 90.0, 90.0, std::nullopt, 90.0, 10.0, 90.0};
    for (std::size_t i = 0; i < values.size(); ++i) {
        Readings readings;
        readings.set(Measure::LightFaceLuma, values[i]);
        log.add(static_cast<double>(i), readings);
    }
    const auto spans = log.spans(Measure::LightFaceLuma, [](double value) { return value > 80.0; });
    const std::vector<Stretch> expected{{1.0, 2.2}, {4.0, 4.2}, {6.0, 6.2}};
    EXPECT_EQ(spans, expected);
}

TEST(MetersCsv, RowsComeBackWithinTheirDecimals) {
    TakeLog log;
    Readings full;
    for (const MeasureInfo& row : all_measures()) full.set(row.measure, -12.3456 + static_cast<double>(row.measure));
    log.add(0.2, full);
    log.add(0.4, with(Measure::BackgroundClutter, 0.1234));
    const TakeLog back =
        parse_meters_csv(csv_header() + "\n" + csv_row(log.rows()[0]) + "\n" + csv_row(log.rows()[1]) + "\n");
    ASSERT_EQ(back.rows().size(), 2u);
    for (const MeasureInfo& row : all_measures()) {
        EXPECT_NEAR(*back.rows()[0].readings[row.measure], *full[row.measure], 0.051) << row.id;
    }
    EXPECT_DOUBLE_EQ(back.rows()[1].time_s, 0.4);
    EXPECT_NEAR(*back.rows()[1].readings[Measure::BackgroundClutter], 0.1234, 0.0006);
    EXPECT_FALSE(back.rows()[1].readings[Measure::LightFaceLuma]);
}

TEST(MetersCsv, HeaderNamesTheColumnsOfTheContract) {
    EXPECT_TRUE(csv_header().starts_with("time_s,light_face_luma_percent,"));
    EXPECT_NE(csv_header().find(",audio_noise_floor_dbfs,"), std::string::npos);
}

TEST(MetersCsv, DecimalPointDoesNotFollowTheLocale) {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* locale : {"de_DE.UTF-8", "fr_FR.UTF-8"}) std::setlocale(LC_ALL, locale);
    EXPECT_TRUE(csv_row({0.2, with(Measure::LightFaceLuma, 58.125)}).starts_with("0.200,58.1"));
    std::setlocale(LC_ALL, before.c_str());
}

TEST(MetersCsv, DamagedLinesAreSkippedAndTheRestIsKept) {
    const std::string good = csv_row({1.0, with(Measure::LightFaceLuma, 50.0)});
    const std::string csv = csv_header() + "\r\n" + good + "\r\nrubbish\n" +
                            std::string(std::count(good.begin(), good.end(), ','), ',') + "\n1.2,notanumber" +
                            std::string(measure_count - 1, ',') + "\n" + good + "\n1.4,5";
    EXPECT_EQ(parse_meters_csv(csv).rows().size(), 2u);
    EXPECT_TRUE(parse_meters_csv("").rows().empty());
    EXPECT_TRUE(parse_meters_csv("1,2,3\n").rows().empty());
}

TEST(MetersCsv, ColumnsOfAnotherVersionAreLeftOutByName) {
    const TakeLog log = parse_meters_csv("time_s,future_measure,light_face_luma_percent\n0.2,7,50.5\n");
    ASSERT_EQ(log.rows().size(), 1u);
    EXPECT_DOUBLE_EQ(*log.rows()[0].readings[Measure::LightFaceLuma], 50.5);
}

}  // namespace
}  // namespace changji
