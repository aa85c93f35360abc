#include "tests/analysis/evidence.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace changji::test {

Readings good_readings() {
    Readings readings;
    const auto set = [&](Measure measure, double value) { readings.set(measure, value); };
    set(Measure::LightFaceLuma, 58.0);
    set(Measure::LightPictureLuma, 50.0);
    set(Measure::LightKeyFillRatio, 2.0);
    set(Measure::LightBacklight, 0.2);
    set(Measure::LightClipped, 0.1);
    set(Measure::LightCrushed, 0.2);
    set(Measure::LightFaceClipped, 0.0);
    set(Measure::LightFaceCrushed, 0.0);
    set(Measure::LightContrast, 0.2);
    set(Measure::LightColourCast, 1.5);
    set(Measure::LightFlicker, 0.05);
    set(Measure::PictureNoise, 0.8);
    set(Measure::PictureFaceDetail, 40.0);
    set(Measure::PictureSharpness, 0.95);
    set(Measure::PictureFocus, 0.4);
    set(Measure::PictureBlack, 0.0);
    set(Measure::PictureFrozen, 0.0);
    set(Measure::BackgroundClutter, 0.08);
    set(Measure::BackgroundBars, 0.0);
    set(Measure::BackgroundOverlay, 0.0);
    set(Measure::FramingHeadroom, 9.0);
    set(Measure::FramingEyeLine, 34.0);
    set(Measure::FramingSideRoom, 38.0);
    set(Measure::SoundLoudness, -23.2);
    set(Measure::SoundTruePeak, -3.0);
    set(Measure::SoundNoiseFloor, -66.0);
    set(Measure::SoundSpeechToNoise, 38.0);
    set(Measure::SoundHum, -120.0);
    set(Measure::SoundRumble, -4.0);
    set(Measure::SoundHiss, -10.0);
    set(Measure::SoundClippedRuns, 0.0);
    set(Measure::SoundSuddenNoises, 0.0);
    set(Measure::SoundDropouts, 0.0);
    set(Measure::SoundSilent, 0.1);
    set(Measure::SoundPhase, 0.9);
    set(Measure::SoundDeadChannel, 0.0);
    return readings;
}

TakeLog log_of(const Readings& readings, int rows) {
    TakeLog log;
    for (int i = 0; i < rows; ++i) log.add(i * row_interval_s, readings);
    return log;
}

Evidence good_take() {
    MediaFacts file;
    file.container = "mov,mp4,m4a,3gp,3g2,mj2";
    file.major_brand = "isom";
    file.iso_mp4 = file.moov_first = true;
    file.duration = std::chrono::seconds(12);
    file.video_streams = file.audio_streams = 1;
    VideoFacts video;
    video.codec = "h264";
    video.coded_width_px = video.width_px = 1920;
    video.coded_height_px = video.height_px = 1080;
    video.sample_aspect_ratio = {1, 1};
    video.display_aspect_ratio = {16, 9};
    video.frame_rate = {25, 1};
    video.constant_frame_rate = true;
    video.frames = 300;
    video.scan = "progressive";
    video.pixel_format = "yuv420p";
    video.color_range = "tv";
    video.color_space = video.color_primaries = video.color_transfer = "bt709";
    video.duration = std::chrono::seconds(12);
    file.video = video;
    file.audio = AudioFacts{"aac", 48'000, 2, Nanoseconds{0}, std::chrono::milliseconds(12'010)};

    Evidence evidence;
    evidence.file = file;
    evidence.decoded = DecodeFacts{300, 0, std::nullopt, true, {}};
    evidence.losses = Losses{};
    evidence.log = log_of(good_readings());
    evidence.crew = CrewEvidence{"嘉宾甲", "校长", "图书馆", "主持人乙", {9, 1, 2}, {"四.3-a", "四.5-a", "四.5-b"}};
    evidence.own_take = true;
    return evidence;
}

Finding find(const Verdict& verdict, const std::string& check) {
    std::vector<Finding> found;
    for (const Finding& finding : verdict.findings) {
        if (finding.check == check) found.push_back(finding);
    }
    EXPECT_EQ(found.size(), 1u) << check;
    return found.empty() ? Finding{} : found.front();
}

}  // namespace changji::test
