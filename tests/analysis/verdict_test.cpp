#include "analysis/verdict.hpp"

#include "tests/analysis/evidence.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace changji {
namespace {

using test::good_readings;
using test::good_take;
using test::judge_one;
using test::log_of;
using test::shipped_preset;

TEST(Verdict, TakeThatMeetsEverythingPasses) {
    const Verdict verdict = judge(shipped_preset(), good_take());
    for (const Finding& finding : verdict.findings) {
        EXPECT_EQ(finding.status, FindingStatus::Pass) << finding.check << ": " << in_english(finding.message);
        EXPECT_TRUE(finding.advice.empty()) << finding.check;
        EXPECT_FALSE(finding.message.empty()) << finding.check;
    }
    EXPECT_EQ(verdict.status, VerdictStatus::Pass);
}

TEST(Verdict, EveryTakeClauseHasAFindingAndEveryDeliveryClauseIsLeft) {
    const Preset preset = shipped_preset();
    for (const Evidence& evidence : {good_take(), Evidence{}}) {
        const Verdict verdict = judge(preset, evidence);
        for (const Clause& clause : preset.clauses) {
            const bool found = std::any_of(verdict.findings.begin(), verdict.findings.end(),
                                           [&](const Finding& finding) { return finding.clause == clause.id; });
            const bool left =
                std::count(verdict.left_to_delivery.begin(), verdict.left_to_delivery.end(), clause.id) == 1;
            EXPECT_EQ(found, clause.scope == ClauseScope::Take) << clause.id;
            EXPECT_EQ(left, clause.scope == ClauseScope::Delivery) << clause.id;
        }
    }
}

TEST(Verdict, NothingKnownIsNeverAPassAndNeverAFail) {
    const Verdict verdict = judge(shipped_preset(), Evidence{});
    EXPECT_EQ(verdict.status, VerdictStatus::Warn);
    for (const Finding& finding : verdict.findings) {
        EXPECT_TRUE(finding.status == FindingStatus::Unmeasured || finding.status == FindingStatus::Confirm)
            << finding.check;
        EXPECT_FALSE(finding.message.empty()) << finding.check;
    }
}

TEST(Verdict, WorstFindingDecides) {
    const auto of = [](std::vector<FindingStatus> statuses) {
        std::vector<Finding> findings(statuses.size());
        for (std::size_t i = 0; i < statuses.size(); ++i) findings[i].status = statuses[i];
        return worst_of(findings);
    };
    EXPECT_EQ(of({FindingStatus::Pass}), VerdictStatus::Pass);
    EXPECT_EQ(of({FindingStatus::Pass, FindingStatus::Confirm}), VerdictStatus::Warn);
    EXPECT_EQ(of({FindingStatus::Pass, FindingStatus::Unmeasured}), VerdictStatus::Warn);
    EXPECT_EQ(of({FindingStatus::Warn, FindingStatus::Fail, FindingStatus::Pass}), VerdictStatus::Fail);
}

TEST(Verdict, ClauseThatNothingDecidesStaysOpen) {
    Preset preset;
    preset.clauses = {{"x", "measured by nobody", DecidedBy::Measured, ClauseScope::Take},
                      {"y", "for the crew", DecidedBy::Confirmed, ClauseScope::Take}};
    const Verdict verdict = judge(preset, Evidence{});
    const auto status_for = [&](const std::string& clause) {
        return std::find_if(verdict.findings.begin(), verdict.findings.end(),
                            [&](const Finding& f) { return f.clause == clause; })
            ->status;
    };
    EXPECT_EQ(status_for("x"), FindingStatus::Unmeasured);
    EXPECT_EQ(status_for("y"), FindingStatus::Confirm);
}

struct FileCase {
    const char* name;
    void (*change)(MediaFacts&);
    const char* check;
    FindingStatus status;
};
class FileCheck : public testing::TestWithParam<FileCase> {};

TEST_P(FileCheck, FindsIt) {
    Evidence evidence = good_take();
    GetParam().change(*evidence.file);
    const Finding finding = judge_one(evidence, GetParam().check);
    EXPECT_EQ(finding.status, GetParam().status) << in_english(finding.message);
    EXPECT_EQ(finding.clause, std::string(GetParam().check) == "duration" ? "四.2-a" : "四.4");
    EXPECT_EQ(finding.advice.empty(), finding.status == FindingStatus::Pass);
}

using S = FindingStatus;
INSTANTIATE_TEST_SUITE_P(
    Each, FileCheck,
    testing::Values(
        FileCase{"QuickTime", [](MediaFacts& f) { f.iso_mp4 = false, f.major_brand = "qt  "; }, "container.brand",
                 S::Fail},
        FileCase{"MoovLast", [](MediaFacts& f) { f.moov_first = false; }, "container.moov_first", S::Warn},
        FileCase{"Fragmented", [](MediaFacts& f) { f.fragmented = true; }, "container.moov_first", S::Warn},
        FileCase{"Hevc", [](MediaFacts& f) { f.video->codec = "hevc"; }, "video.codec", S::Fail},
        FileCase{"NoVideo", [](MediaFacts& f) { f.video.reset(), f.video_streams = 0; }, "video.codec", S::Fail},
        FileCase{"Coded720", [](MediaFacts& f) { f.video->coded_width_px = 1280, f.video->coded_height_px = 720; },
                 "video.size", S::Fail},
        FileCase{"Shown1440", [](MediaFacts& f) { f.video->width_px = 1440; }, "video.size", S::Fail},
        FileCase{"FourThirds",
                 [](MediaFacts& f) {
                     f.video->display_aspect_ratio = {4, 3};
                 },
                 "video.aspect", S::Fail},
        FileCase{"UnreducedSixteenNine",
                 [](MediaFacts& f) {
                     f.video->display_aspect_ratio = {1920, 1080};
                 },
                 "video.aspect", S::Pass},
        FileCase{"Anamorphic",
                 [](MediaFacts& f) {
                     f.video->sample_aspect_ratio = {4, 3};
                 },
                 "video.sample_aspect", S::Fail},
        FileCase{"NoSampleAspect",
                 [](MediaFacts& f) {
                     f.video->sample_aspect_ratio = {0, 1};
                 },
                 "video.sample_aspect", S::Pass},
        FileCase{"Rotated", [](MediaFacts& f) { f.video->orientation.rotation_degrees = 90; }, "video.rotation",
                 S::Fail},
        FileCase{"Mirrored", [](MediaFacts& f) { f.video->orientation.mirrored = true; }, "video.rotation", S::Fail},
        FileCase{"Interlaced", [](MediaFacts& f) { f.video->scan = "interlaced"; }, "video.scan", S::Fail},
        FileCase{"ScanUnknown", [](MediaFacts& f) { f.video->scan = ""; }, "video.scan", S::Unmeasured},
        FileCase{"VariableRate", [](MediaFacts& f) { f.video->constant_frame_rate = false; }, "video.frame_rate",
                 S::Fail},
        FileCase{"OddRate",
                 [](MediaFacts& f) {
                     f.video->frame_rate = {15, 1};
                 },
                 "video.frame_rate", S::Fail},
        FileCase{"UnreducedRate",
                 [](MediaFacts& f) {
                     f.video->frame_rate = {50, 2};
                 },
                 "video.frame_rate", S::Pass},
        FileCase{"TenBit", [](MediaFacts& f) { f.video->pixel_format = "yuv420p10le"; }, "video.pixel_format", S::Fail},
        FileCase{"FullRange", [](MediaFacts& f) { f.video->color_range = "pc"; }, "video.color", S::Fail},
        FileCase{"Bt601", [](MediaFacts& f) { f.video->color_space = "smpte170m"; }, "video.color", S::Fail},
        FileCase{"Untagged", [](MediaFacts& f) { f.video->color_space = ""; }, "video.color", S::Warn},
        FileCase{"NoSound", [](MediaFacts& f) { f.audio.reset(), f.audio_streams = 0; }, "audio.present", S::Fail},
        FileCase{"Mp3", [](MediaFacts& f) { f.audio->codec = "mp3"; }, "audio.codec", S::Fail},
        FileCase{"Rate44100", [](MediaFacts& f) { f.audio->sample_rate_hz = 44'100; }, "audio.sample_rate", S::Fail},
        FileCase{"Mono", [](MediaFacts& f) { f.audio->channels = 1; }, "audio.channels", S::Fail},
        FileCase{"TwoVideos", [](MediaFacts& f) { f.video_streams = 2; }, "streams.count", S::Fail},
        FileCase{"DataTrack", [](MediaFacts& f) { f.other_streams = 1; }, "streams.count", S::Warn},
        FileCase{"SoundFortyLonger", [](MediaFacts& f) { f.audio->duration = std::chrono::milliseconds(12'040); },
                 "av.length", S::Pass},
        FileCase{"SoundFortyOneLonger", [](MediaFacts& f) { f.audio->duration = std::chrono::milliseconds(12'041); },
                 "av.length", S::Warn},
        FileCase{"SoundMuchShorter", [](MediaFacts& f) { f.audio->duration = std::chrono::seconds(9); }, "av.length",
                 S::Fail},
        FileCase{"LateSound", [](MediaFacts& f) { f.audio->start = std::chrono::milliseconds(500); }, "av.start",
                 S::Warn},
        FileCase{"FifteenMinutes", [](MediaFacts& f) { f.video->frames = 22'500; }, "duration", S::Pass},
        FileCase{"OneFrameTooMany", [](MediaFacts& f) { f.video->frames = 22'501; }, "duration", S::Fail},
        FileCase{
            "VariableRateTooLong",
            [](MediaFacts& f) { f.video->constant_frame_rate = false, f.video->duration = std::chrono::seconds(901); },
            "duration", S::Fail}),
    [](const auto& case_info) { return std::string(case_info.param.name); });

TEST(FileCheck, OneFrameTooManyIsNotRoundedAway) {
    Evidence evidence = good_take();
    evidence.file->video->frames = 22'501;
    const Finding finding = judge_one(evidence, "duration");
    EXPECT_EQ(finding.value, "15:00.04");
    EXPECT_EQ(finding.limit, "≤ 15:00");
    ASSERT_EQ(finding.spans.size(), 1u);
    EXPECT_DOUBLE_EQ(finding.spans[0].from_s, 900.0);
}

TEST(FileCheck, DamageNamesTheDecodersProblemAndItsPlace) {
    Evidence evidence = good_take();
    evidence.decoded = DecodeFacts{100, 3, std::chrono::seconds(4), true, say("Broken at {0} s.", "4")};
    const Finding finding = judge_one(evidence, "decode");
    EXPECT_EQ(finding.status, FindingStatus::Fail);
    EXPECT_EQ(in_english(finding.message), "Broken at 4 s.");
    EXPECT_EQ(finding.spans, (std::vector<Stretch>{{4.0, 4.0}}));
    evidence.decoded.reset();
    EXPECT_EQ(judge_one(evidence, "decode").status, FindingStatus::Pass) << "finishing verified every packet";
    evidence.own_take = false;
    EXPECT_EQ(judge_one(evidence, "decode").status, FindingStatus::Unmeasured);
}

TEST(RecordingCheck, EnlargedPictureFailsTheResolution) {
    Evidence evidence = good_take();
    evidence.enlarged = true;
    evidence.enlarged_from = "1280x720";
    const Finding finding = judge_one(evidence, "video.enlarged");
    EXPECT_EQ(finding.status, FindingStatus::Fail);
    EXPECT_EQ(finding.value, "1280x720");
}

TEST(RecordingCheck, LossesWarnWithTheirCounts) {
    Evidence evidence = good_take();
    evidence.losses->frames_lost = 7;
    EXPECT_EQ(judge_one(evidence, "losses").status, FindingStatus::Warn);
    EXPECT_NE(in_english(judge_one(evidence, "losses").message).find('7'), std::string::npos);
    evidence.losses = Losses{};
    evidence.losses->microphone_lost = 1;
    EXPECT_EQ(judge_one(evidence, "losses").status, FindingStatus::Warn);
}

TEST(RecordingCheck, LossesShowWhereCameraAndMicrophoneWereAway) {
    Evidence evidence = good_take();
    evidence.losses->camera_lost = evidence.losses->microphone_lost = 1;
    evidence.losses->camera_gaps = {{4.0, 6.5}};
    evidence.losses->microphone_gaps = {{1.0, 2.0}};
    EXPECT_EQ(judge_one(evidence, "losses").spans, (std::vector<Stretch>{{1.0, 2.0}, {4.0, 6.5}}));
}

TEST(RecordingCheck, RescuedTakeWarnsWithWhatIsMissing) {
    Evidence evidence = good_take();
    evidence.rescued = say("The last second is missing.");
    EXPECT_EQ(judge_one(evidence, "rescued").status, FindingStatus::Warn);
    EXPECT_EQ(in_english(judge_one(evidence, "rescued").message), "The last second is missing.");
}

TEST(MeterCheck, MedianDecidesAndSpansShowWhereItWasOutside) {
    Evidence evidence = good_take();
    TakeLog log = log_of(good_readings(), 50);
    Readings dark = good_readings();
    dark.set(Measure::LightFaceLuma, 30.0);
    for (int i = 50; i < 60; ++i) log.add(i * row_interval_s, dark);
    evidence.log = log;
    const Finding finding = judge_one(evidence, "light.face_luma_percent");
    EXPECT_EQ(finding.status, FindingStatus::Pass);
    EXPECT_EQ(finding.value, "58.0 %");
    EXPECT_EQ(finding.limit, "45–72 %");
    ASSERT_EQ(finding.spans.size(), 1u);
    EXPECT_NEAR(finding.spans[0].from_s, 10.0, 1e-9);
    EXPECT_NEAR(finding.spans[0].to_s, 12.0, 1e-9);
}

TEST(MeterCheck, ProvisionalLimitNeverClaimsAStandard) {
    Evidence evidence = good_take();
    Readings busy = good_readings();
    busy.set(Measure::BackgroundClutter, 0.5);
    evidence.log = log_of(busy);
    const Finding finding = judge_one(evidence, "background.clutter");
    EXPECT_EQ(finding.status, FindingStatus::Fail);
    EXPECT_EQ(finding.clause, "四.3-b");
    EXPECT_NE(in_english(finding.message).find("own experience"), std::string::npos);
}

TEST(MeterCheck, AdvisoryLimitNeverFails) {
    Evidence evidence = good_take();
    Readings quiet = good_readings();
    quiet.set(Measure::SoundLoudness, -45.0);
    evidence.log = log_of(quiet);
    EXPECT_EQ(judge_one(evidence, "sound.loudness_lufs").status, FindingStatus::Warn);
    EXPECT_EQ(judge(shipped_preset(), evidence).status, VerdictStatus::Warn);
}

TEST(MeterCheck, AbsentMeasureIsUnmeasuredWithItsReason) {
    Evidence evidence = good_take();
    Readings silent = good_readings();
    silent.set(Measure::SoundSpeechToNoise, std::nullopt);
    silent.set(Measure::BackgroundClutter, std::nullopt);
    evidence.log = log_of(silent);
    EXPECT_EQ(judge_one(evidence, "sound.speech_to_noise_db").status, FindingStatus::Unmeasured);
    const Finding background = judge_one(evidence, "background.clutter");
    EXPECT_EQ(background.status, FindingStatus::Unmeasured);
    EXPECT_FALSE(background.message.empty());
    EXPECT_TRUE(background.value.empty());
}

TEST(MeterCheck, EveryMeasureThatIsAbsentIsUnmeasuredAndASentenceSaysSo) {
    const Preset preset = shipped_preset();
    for (const MeterLimit& limit : preset.meters) {
        const MeasureInfo* const measure = find_measure(limit.measure);
        ASSERT_NE(measure, nullptr) << limit.measure;
        Evidence evidence = good_take();
        evidence.own_take = false;  // an own take has no overlay by its making
        Readings readings = good_readings();
        readings.set(measure->measure, std::nullopt);
        if (measure->measure == Measure::LightFaceLuma) readings.set(Measure::LightPictureLuma, 50.0);
        if (measure->measure == Measure::PictureFocus) readings.set(Measure::PictureFaceDetail, std::nullopt);
        evidence.log = log_of(readings);
        const Finding finding = test::find(judge(preset, evidence), limit.measure);
        EXPECT_EQ(finding.status, FindingStatus::Unmeasured) << limit.measure;
        EXPECT_TRUE(finding.value.empty()) << limit.measure;
        EXPECT_TRUE(in_english(finding.message).ends_with('.')) << limit.measure << ": a sentence says why";
        EXPECT_EQ(in_english(finding.message).find("Within"), std::string::npos) << limit.measure;
    }
}

TEST(MeterCheck, AnEstimateOfTheRoomSaysThatItIsOne) {
    Evidence evidence = good_take();
    Readings estimated = good_readings();
    estimated.set(Measure::SoundNoiseEstimated, 1.0);
    evidence.log = log_of(estimated);
    for (const char* check : {"sound.noise_floor_dbfs", "sound.speech_to_noise_db"}) {
        const Finding finding = judge_one(evidence, check);
        EXPECT_EQ(finding.status, FindingStatus::Pass);
        EXPECT_NE(in_english(finding.message).find("estimate"), std::string::npos);
    }
    estimated.set(Measure::SoundNoiseEstimated, 0.0);
    evidence.log = log_of(estimated);
    EXPECT_EQ(in_english(judge_one(evidence, "sound.noise_floor_dbfs").message).find("estimate"), std::string::npos);
}

TEST(MeterCheck, WithoutAFaceTheDarkFailsAndTheRestIsUnmeasured) {
    Evidence evidence = good_take();
    Readings nobody = good_readings();
    nobody.set(Measure::LightFaceLuma, std::nullopt);
    nobody.set(Measure::LightPictureLuma, 11.0);
    evidence.log = log_of(nobody);
    EXPECT_EQ(judge_one(evidence, "light.face_luma_percent").status, FindingStatus::Fail);
    nobody.set(Measure::LightPictureLuma, 55.0);
    evidence.log = log_of(nobody);
    EXPECT_EQ(judge_one(evidence, "light.face_luma_percent").status, FindingStatus::Unmeasured);
}

TEST(MeterCheck, ChannelDeadForAMomentFailsAndAPauseDoesNot) {
    Evidence evidence = good_take();
    const auto with_dead = [&](double state, int rows) {
        TakeLog log = log_of(good_readings(), 300);
        Readings dead = good_readings();
        dead.set(Measure::SoundDeadChannel, state);
        for (int i = 0; i < rows; ++i) log.add(60.0 + i * row_interval_s, dead);
        evidence.log = log;
        return judge_one(evidence, "sound.dead_channel");
    };
    EXPECT_EQ(with_dead(1, 1).status, FindingStatus::Fail);
    EXPECT_EQ(with_dead(1, 1).value, "R");
    EXPECT_EQ(with_dead(3, 10).status, FindingStatus::Pass) << "a pause of 4 s in a quiet room";
    EXPECT_EQ(with_dead(3, 60).status, FindingStatus::Fail);
}

TEST(MeterCheck, TakeWithoutMicrophoneFailsTheSoundClauseAndSaysSo) {
    Evidence evidence = good_take();
    evidence.no_microphone = true;
    evidence.log = log_of(good_readings());
    const Finding finding = judge_one(evidence, "sound.noise_floor_dbfs");
    EXPECT_EQ(finding.status, FindingStatus::Fail);
    EXPECT_EQ(finding.clause, "四.3-d");
    EXPECT_NE(in_english(finding.message).find("without a microphone"), std::string::npos);
    EXPECT_EQ(judge_one(evidence, "light.face_luma_percent").status, FindingStatus::Pass);
}

TEST(MeterCheck, ForeignFileIsUnmeasuredAndPointsToTheMeasureCommand) {
    Evidence evidence;
    evidence.file = good_take().file;
    evidence.decoded = good_take().decoded;
    const Finding finding = judge_one(evidence, "sound.noise_floor_dbfs");
    EXPECT_EQ(finding.status, FindingStatus::Unmeasured);
    EXPECT_NE(in_english(finding.message).find("changji measure"), std::string::npos);
    EXPECT_EQ(judge_one(evidence, "packaging").status, FindingStatus::Unmeasured);
    EXPECT_EQ(judge(shipped_preset(), evidence).status, VerdictStatus::Warn);
}

TEST(MeterCheck, UnknownMeasureOfANewerPresetIsUnmeasured) {
    Preset preset = shipped_preset();
    preset.meters.front().measure = "light.future";
    EXPECT_EQ(test::find(judge(preset, good_take()), "light.future").status, FindingStatus::Unmeasured);
}

TEST(StatusId, IsWhatReportsWrite) {
    EXPECT_EQ(status_id(FindingStatus::Unmeasured), "unmeasured");
    EXPECT_EQ(status_id(FindingStatus::Confirm), "confirm");
    EXPECT_EQ(status_id(VerdictStatus::Fail), "fail");
}

}  // namespace
}  // namespace changji
