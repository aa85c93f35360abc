#include "ui/project/report.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/media.hpp"

namespace changji {
namespace {

using Json = nlohmann::json;

TakeReport small_report() {
    TakeReport report;
    report.preset = "hunan-2022-interview";
    report.take = 3;
    report.file = "take-003.mp4";
    report.started_at = "2026-11-23T10:00:00+08:00";
    report.duration_s = 12.0;
    report.slate.guest = "林安";
    report.losses = Losses{};
    report.encoder = EncoderChoice{};
    report.encoder_chosen = "default";
    report.measures = {{Measure::LightFaceLuma, std::nullopt, 58.123456, 55.0, 61.0},
                       {Measure::SoundLoudness, -22.84, std::nullopt, std::nullopt, std::nullopt}};
    Finding finding;
    finding.clause = "四.3-c";
    finding.check = "light.face_luma_percent";
    finding.status = FindingStatus::Pass;
    finding.spans = {{0.0, 3.2}};
    report.verdict.findings = {finding};
    report.verdict.status = VerdictStatus::Pass;
    return report;
}

TEST(Report, HasThePartsOfTheContract) {
    const Json document = Json::parse(take_report_json(small_report()));
    EXPECT_EQ(document["schema"], "changji.take/1");
    EXPECT_EQ(document["verdict"], "pass");
    EXPECT_EQ(document["slate"]["guest"], "林安");
    EXPECT_EQ(document["losses"]["frames_dropped"], 0);
    EXPECT_EQ(document["encoder"]["name"], "libx264");
    EXPECT_EQ(document["findings"][0]["spans_s"], Json::parse("[[0.0, 3.2]]"));
    EXPECT_EQ(document["findings"][0]["status"], "pass");
    EXPECT_TRUE(document["marks"].is_array());
}

TEST(Report, AMeasureHasValueOrPercentilesNeverInventedOnes) {
    const Json measures = Json::parse(take_report_json(small_report()))["measures"];
    EXPECT_NEAR(measures["light.face_luma_percent"]["median"].get<double>(), 58.12, 0.01);
    EXPECT_FALSE(measures["light.face_luma_percent"].contains("value"));
    EXPECT_TRUE(measures["sound.loudness_lufs"].contains("value"));
    EXPECT_FALSE(measures["sound.loudness_lufs"].contains("median"));
    EXPECT_EQ(measures["sound.loudness_lufs"]["unit"], "LUFS");
    EXPECT_FALSE(measures.contains("background.clutter")) << "not measured, not there";
}

TEST(Report, LossesAreReadBackAsTheyWereWritten) {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "take-003.json";
    EXPECT_FALSE(stored_losses(file)) << "no report tells nothing";
    TakeReport report = small_report();
    report.losses->frames_lost = 7;
    report.losses->camera_lost = 1;
    report.losses->audio_drift_ppm = -12.5;
    report.losses->camera_gaps = {{1.0, 2.5}};
    std::ofstream(file) << take_report_json(report);
    const auto losses = stored_losses(file);
    ASSERT_TRUE(losses);
    EXPECT_EQ(losses->frames_lost, 7);
    EXPECT_EQ(losses->camera_lost, 1);
    EXPECT_EQ(losses->audio_drift_ppm, -12.5);
    EXPECT_EQ(losses->camera_gaps, (std::vector<Stretch>{{1.0, 2.5}}));
    std::ofstream(file) << R"({"losses": {"frames_lost": "many", "camera_gaps_s": [[1], "x"]}})";
    ASSERT_TRUE(stored_losses(file)) << "what is broken counts as not told";
    EXPECT_EQ(stored_losses(file)->frames_lost, 0);
    EXPECT_TRUE(stored_losses(file)->camera_gaps.empty());
}

TEST(Report, WhatIsNoUtf8DoesNotBreakTheDocument) {
    TakeReport report = small_report();
    report.file = "take-\xff\xfe.mp4";
    EXPECT_FALSE(Json::parse(take_report_json(report), nullptr, false).is_discarded());
}

TEST(TakeList, SaysWhyATakeHasNoVerdict) {
    const test::TemporaryFolder folder;
    const auto touch = [&](const char* name, const std::string& content) {
        std::ofstream(folder.path() / name) << content;
    };
    touch("take-001.mp4", "x");
    touch("take-001.json", take_report_json(small_report()));
    touch("take-002.mp4", "x");
    touch("take-003.mp4", "x");
    touch("take-003.json", "{ half a rep");
    touch("take-004.part.mp4", "x");
    touch("take-005.mp4", "x");
    touch("take-005.json", "[1, 2]");
    const auto takes = summarise_takes(folder.path());
    ASSERT_EQ(takes.size(), 5u);
    EXPECT_EQ(takes[0].verdict, VerdictStatus::Pass);
    EXPECT_DOUBLE_EQ(takes[0].duration_s, 12.0);
    for (std::size_t i = 1; i < takes.size(); ++i) {
        EXPECT_FALSE(takes[i].verdict) << i;
        EXPECT_FALSE(takes[i].problem.empty()) << i;
    }
    EXPECT_TRUE(takes[3].unfinished);
}

TEST(WallTime, IsIso8601WithAnOffset) {
    const std::string now = wall_time();
    ASSERT_EQ(now.size(), 25u) << now;
    EXPECT_EQ(now[10], 'T');
    EXPECT_EQ(now[22], ':');
}

}  // namespace
}  // namespace changji
