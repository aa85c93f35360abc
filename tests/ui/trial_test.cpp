#include "ui/session/trial.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <fstream>
#include <thread>

#include "tests/presets/shipped_preset.hpp"
#include "tests/support/media.hpp"
#include "ui/session/session.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

Result<std::unique_ptr<Session>> open_demo(const fs::path& folder, const char* camera = "demo") {
    SessionOptions options;
    options.preset = test::shipped_preset();
    options.project.folder = folder;
    options.camera = *parse_camera_spec(camera);
    options.microphone = *parse_microphone_spec("camera");
    return open_session(std::move(options));
}

template <typename Condition>
bool comes_true(Condition condition) {
    for (int i = 0; i < 2000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

bool is_judged(const Session& session) {
    const auto trial = session.snapshot().trial;
    return trial && trial->result;
}

bool has_pictures(const Session& session) { return session.snapshot().readings[Measure::LightPictureLuma].has_value(); }

std::size_t files_in(const fs::path& folder) {
    std::error_code none;
    const fs::directory_iterator entries(folder, none);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

Finding finding(const char* check, FindingStatus status) {
    Finding made;
    made.check = check;
    made.status = status;
    return made;
}

TEST(Trial, TellsTheWorstFirstAndLeavesOutWhatFiveSecondsCannotSay) {
    TakeReport report;
    report.verdict.findings = {finding("duration", FindingStatus::Pass),
                               finding("light.clipped_percent", FindingStatus::Warn),
                               finding("light.flicker_percent", FindingStatus::Unmeasured),
                               finding("sound.noise_floor_dbfs", FindingStatus::Fail),
                               finding("crew.guest", FindingStatus::Confirm),
                               finding("crew.topics", FindingStatus::Confirm)};
    const TrialResult result = trial_result(report, test::shipped_preset());
    ASSERT_EQ(result.open.size(), 2U);
    EXPECT_EQ(result.open[0].check, "sound.noise_floor_dbfs");
    EXPECT_EQ(result.status, VerdictStatus::Fail);
}

MeasureSummary of_take(Measure measure, double value) {
    MeasureSummary summary;
    summary.measure = measure;
    summary.value = value;
    return summary;
}

TEST(Trial, WithoutAPauseTheRoomIsNotMeasuredRatherThanLoud) {
    TakeReport report;
    report.measures = {of_take(Measure::SoundNoiseFloor, -52.8), of_take(Measure::SoundSpeechToNoise, 12.0),
                       of_take(Measure::SoundNoiseEstimated, 1.0)};
    report.verdict.findings = {finding("sound.noise_floor_dbfs", FindingStatus::Warn),
                               finding("sound.speech_to_noise_db", FindingStatus::Warn)};
    const TrialResult result = trial_result(report, test::shipped_preset());
    ASSERT_EQ(result.open.size(), 1U);
    EXPECT_EQ(result.open[0].status, FindingStatus::Unmeasured);
    EXPECT_EQ(in_english(result.open[0].advice),
              "Stay silent for two seconds of the test, so that the room can be heard alone.");
    const auto sound = std::ranges::find(result.meters, Aspect::Sound, &LiveMeter::aspect);
    ASSERT_NE(sound, result.meters.end());
    EXPECT_EQ(sound->status, FindingStatus::Unmeasured) << "nothing is said of what wasn't heard";

    report.measures[2].value = 0.0;
    EXPECT_EQ(trial_result(report, test::shipped_preset()).open.size(), 2U) << "heard in a pause, it counts";
}

TEST(Trial, FlickerThatWasMeasuredCounts) {
    TakeReport report;
    report.verdict.findings = {finding("light.flicker_percent", FindingStatus::Warn)};
    EXPECT_EQ(trial_result(report, test::shipped_preset()).status, VerdictStatus::Warn);
}

TEST(Trial, NobodySpeakingIsNoPass) {
    TakeReport report;
    report.verdict.findings = {finding("sound.loudness_lufs", FindingStatus::Unmeasured)};
    EXPECT_EQ(trial_result(report, test::shipped_preset()).status, VerdictStatus::Warn);
}

TEST(Trial, IsJudgedAtOnceAndLeavesTheNumbersOfTheTakesAlone) {
    const test::TemporaryFolder folder;
    auto opened = open_demo(folder.path());
    ASSERT_TRUE(opened) << in_english(opened.error().message);
    Session& session = **opened;
    ASSERT_TRUE(comes_true([&] { return has_pictures(session); }));
    ASSERT_TRUE(session.start_trial());
    EXPECT_EQ(session.snapshot().stage, Stage::Watching);
    ASSERT_TRUE(comes_true([&] { return is_judged(session); }));
    const TrialResult result = *session.snapshot().trial->result;
    EXPECT_TRUE(result.problem.empty()) << in_english(result.problem);
    for (const LiveMeter& meter : result.meters) EXPECT_TRUE(meter.measure) << in_english(meter.advice);
    EXPECT_EQ(result.video, folder.path() / "trial" / "trial.mp4");
    EXPECT_TRUE(fs::exists(result.video));
    EXPECT_EQ(files_in(folder.path() / "trial"), 1U) << "nothing but its film is left";
    EXPECT_FALSE(fs::exists(folder.path() / "takes"));
    EXPECT_EQ(session.snapshot().take_number, 1);
    EXPECT_FALSE(session.last_report());
    session.dismiss_trial();
    EXPECT_FALSE(session.snapshot().trial);

    ASSERT_TRUE(session.start_take());
    EXPECT_TRUE(comes_true([&] { return session.snapshot().elapsed_s > 1.0; }));
    EXPECT_EQ(session.snapshot().take_number, 1);
    session.stop_take();
    ASSERT_TRUE(comes_true([&] { return session.last_report().has_value(); }));
    EXPECT_FALSE(session.last_report()->measures.empty()) << "the meters belong to the take again";
}

TEST(Trial, IsRefusedWhileATakeIsRecorded) {
    const test::TemporaryFolder folder;
    auto opened = open_demo(folder.path());
    ASSERT_TRUE(opened);
    ASSERT_TRUE((*opened)->start_take());
    const Status refused = (*opened)->start_trial();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::DeviceBusy);
    EXPECT_EQ((*opened)->snapshot().stage, Stage::Recording);
}

TEST(Trial, ATakeThatBeginsBreaksItOffAndIsWhole) {
    const test::TemporaryFolder folder;
    auto opened = open_demo(folder.path());
    ASSERT_TRUE(opened);
    Session& session = **opened;
    ASSERT_TRUE(comes_true([&] { return has_pictures(session); }));
    ASSERT_TRUE(session.start_trial());
    ASSERT_TRUE(comes_true([&] { return session.snapshot().trial && session.snapshot().trial->elapsed_s > 1.0; }));
    ASSERT_TRUE(session.start_take());
    EXPECT_FALSE(session.snapshot().trial);
    EXPECT_EQ(files_in(folder.path() / "trial"), 0U);
    EXPECT_TRUE(comes_true([&] { return session.snapshot().elapsed_s > 2.0; }));
    session.stop_take();
    ASSERT_TRUE(comes_true([&] { return session.last_report().has_value(); }));
    EXPECT_EQ(session.last_report()->take, 1);
    EXPECT_TRUE(session.last_report()->problem.empty());
    EXPECT_GE(session.last_report()->duration_s, 2.0);
    const std::vector<MeasureSummary> measures = session.last_report()->measures;
    EXPECT_TRUE(std::ranges::any_of(measures, [](const auto& each) { return each.measure == Measure::LightFaceLuma; }));
}

TEST(Trial, OneThatASessionLeavesRunningLeavesNothing) {
    const test::TemporaryFolder folder;
    {
        auto opened = open_demo(folder.path());
        ASSERT_TRUE(opened);
        ASSERT_TRUE((*opened)->start_trial());
    }
    EXPECT_EQ(files_in(folder.path() / "trial"), 0U);
}

TEST(Trial, WhatACrashLeftIsTakenAwayAndFilesOfOthersStay) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "take-003.part.mp4") << "broken off";
    std::ofstream(folder.path() / "take-003.meters.csv") << "time";
    std::ofstream(folder.path() / "holiday.mp4") << "mine";
    clear_trials(folder.path());
    EXPECT_EQ(files_in(folder.path()), 1U);
    EXPECT_TRUE(fs::exists(folder.path() / "holiday.mp4"));
}

}  // namespace
}  // namespace changji
