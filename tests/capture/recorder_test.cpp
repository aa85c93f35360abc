#include "capture/recorder.hpp"

#include "tests/capture/recorder_support.hpp"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;
using namespace test;

class RecorderTest : public testing::Test {
protected:
    std::unique_ptr<Recorder> open(const RecorderSettings& settings) {
        Result<std::unique_ptr<Recorder>> recorder = open_recorder(settings);
        EXPECT_TRUE(recorder.has_value());
        return recorder ? *std::move(recorder) : nullptr;
    }

    TemporaryFolder folder_;
    const std::filesystem::path file_ = folder_.path() / "take-001.part.mp4";
};

TEST_F(RecorderTest, FileIsHighProfile1080pAtConstantRateWithStereoAac) {
    RecorderSettings settings = settings_for(file_);
    settings.encoder.speed = "superfast";
    const auto recorder = open(settings);
    play(*recorder, 75);
    ASSERT_TRUE(recorder->finish().has_value());

    const std::string video =
        probe(file_, "v:0",
              "stream=codec_name,profile,width,height,coded_width,pix_fmt,color_range,color_space,color_primaries,"
              "color_transfer,sample_aspect_ratio,r_frame_rate,avg_frame_rate,has_b_frames,field_order,nb_read_"
              "packets,duration");
    for (const char* fact : {"codec_name=h264", "profile=High", "width=1920", "height=1080", "pix_fmt=yuv420p",
                             "color_range=tv", "color_space=bt709", "color_primaries=bt709", "color_transfer=bt709",
                             "sample_aspect_ratio=1:1", "r_frame_rate=25/1", "avg_frame_rate=25/1", "has_b_frames=0",
                             "field_order=progressive", "nb_read_packets=75"}) {
        EXPECT_NE(video.find(fact), std::string::npos) << fact << " is not in\n" << video;
    }
    const std::string audio = probe(file_, "a:0", "stream=codec_name,profile,sample_rate,channels");
    for (const char* fact : {"codec_name=aac", "profile=LC", "sample_rate=48000", "channels=2"}) {
        EXPECT_NE(audio.find(fact), std::string::npos) << fact;
    }
    EXPECT_EQ(number(video, "duration"), 3.0);
    EXPECT_EQ(decoder_errors(file_), "");

    std::istringstream times(probe(file_, "v:0", "packet=pts"));
    std::int64_t expected = 0;
    for (std::string line; std::getline(times, line); expected += 512) {
        if (line.rfind("pts=", 0) != 0) break;
        EXPECT_EQ(line, "pts=" + std::to_string(expected));
    }
    EXPECT_EQ(expected, 75 * 512);
}

TEST_F(RecorderTest, NtscRateIsExact) {
    RecorderSettings settings = settings_for(file_);
    settings.rate = {30000, 1001};
    settings.sound = SoundTrack::None;
    const auto recorder = open(settings);
    for (int index = 0; index < 30; ++index) {
        recorder->write(moving_picture(index, take_start + tick_time(index, settings.rate)));
    }
    ASSERT_TRUE(recorder->finish().has_value());
    const std::string video = probe(file_, "v:0", "stream=avg_frame_rate,duration_ts,time_base,nb_read_packets");
    EXPECT_NE(video.find("avg_frame_rate=30000/1001"), std::string::npos) << video;
    EXPECT_NE(video.find("duration_ts=30030"), std::string::npos) << video;
}

TEST_F(RecorderTest, FlatLumaComesBackUnchanged) {
    RecorderSettings settings = settings_for(file_);
    settings.encoder.speed = "superfast";
    settings.sound = SoundTrack::None;
    const auto recorder = open(settings);
    for (int index = 0; index < 25; ++index) {
        recorder->write(moving_picture(index, take_start + tick_time(index, rate_25), 126));
    }
    ASSERT_TRUE(recorder->finish().has_value());
    // A corner without the moving bar.
    const std::string tags = run("ffprobe -v error -f lavfi 'movie=" + file_.string() +
                                 ",crop=400:200:1000:100,signalstats' -show_entries "
                                 "frame_tags=lavfi.signalstats.YMIN,lavfi.signalstats.YMAX "
                                 "-of default=nw=1")
                                 .output;
    std::istringstream lines(tags);
    int values = 0;
    for (std::string line; std::getline(lines, line); ++values) {
        EXPECT_NEAR(std::stod(line.substr(line.find('=') + 1)), 126.0, 2.0) << line;
    }
    EXPECT_EQ(values, 50);
}

TEST_F(RecorderTest, LimitOfFramesIsExactAndSoundEndsWithThePicture) {
    RecorderSettings settings = settings_for(file_);
    settings.max_frames = 41;
    const auto recorder = open(settings);
    play(*recorder, 40);
    EXPECT_FALSE(recorder->state().full_length);
    for (int index = 40; index < 60; ++index) {
        const CaptureTime now = take_start + tick_time(index, rate_25);
        recorder->write(sound_with_beep(index * 1920, 1920, take_start, take_start));
        recorder->write(moving_picture(index, now));
    }
    EXPECT_TRUE(recorder->state().full_length);
    ASSERT_TRUE(recorder->finish().has_value());
    EXPECT_EQ(recorder->state().frames, 41);
    EXPECT_EQ(recorder->state().losses.frames_captured, 41);
    EXPECT_EQ(picture_packets(file_), 41);
    // 1024 frames of priming stand before zero.
    EXPECT_EQ(number(probe(file_, "a:0", "stream=duration_ts"), "duration_ts"), 41 * 1920 + 1024);
}

TEST_F(RecorderTest, FullLengthWaitsForLateSoundButNotForEver) {
    RecorderSettings settings = settings_for(file_);
    settings.max_frames = 10;
    const auto recorder = open(settings);
    for (int index = 0; index < 10; ++index)
        recorder->write(moving_picture(index, take_start + tick_time(index, rate_25)));
    EXPECT_FALSE(recorder->state().full_length) << "its sound may still be on the way";
    recorder->write(moving_picture(30, take_start + 1200ms));
    EXPECT_TRUE(recorder->state().full_length);
    ASSERT_TRUE(recorder->finish().has_value());
    EXPECT_EQ(recorder->state().frames, 10);
}

/// Seconds into the decoded sound (without the encoder's priming) at which it first reaches half the beep's
/// height.
double beep_onset_s(const std::filesystem::path& file, const std::filesystem::path& raw) {
    EXPECT_EQ(run("ffmpeg -nostdin -v error -copyts -i '" + file.string() +
                  "' -map 0:a -af atrim=start=0 -ac 1 -f f32le '" + raw.string() + "'")
                  .exit_code,
              0);
    std::ifstream samples(raw, std::ios::binary);
    float value = 0.0F;
    for (std::int64_t at = 0; samples.read(reinterpret_cast<char*>(&value), sizeof value); ++at) {
        if (std::abs(value) > 0.25F) return static_cast<double>(at) / sound_rate_hz;
    }
    return -1.0;
}

TEST_F(RecorderTest, BeepStaysInPlaceWhetherSoundBeginsBeforeOrAfterThePicture) {
    for (const Nanoseconds sound_from : {Nanoseconds(-317ms), Nanoseconds(0ms), Nanoseconds(213ms)}) {
        const auto file = folder_.path() / (std::to_string(sound_from.count()) + ".part.mp4");
        const auto recorder = open(settings_for(file));
        play(*recorder, 40, sound_from);
        ASSERT_TRUE(recorder->finish().has_value());
        EXPECT_NEAR(beep_onset_s(file, folder_.path() / (std::to_string(sound_from.count()) + ".raw")), 1.0, 0.002);
        EXPECT_EQ(number(probe(file, "a:0", "stream=duration_ts"), "duration_ts"), 40 * 1920 + 1024);
        EXPECT_EQ(recorder->state().losses.audio_gap_ms, sound_from > 0ms ? 213 : 0);
    }
}

TEST_F(RecorderTest, TakeWithoutSoundHasOneStream) {
    RecorderSettings settings = settings_for(file_);
    settings.sound = SoundTrack::None;
    const auto recorder = open(settings);
    play(*recorder, 20);
    ASSERT_TRUE(recorder->finish().has_value());
    EXPECT_EQ(picture_packets(file_), 20);
    EXPECT_EQ(probe(file_, "a", "stream=index"), "");
}

TEST_F(RecorderTest, MicrophoneThatNeverDeliversIsSilenceOfFullLength) {
    RecorderSettings settings = settings_for(file_);
    const auto recorder = open(settings);
    for (int index = 0; index < 40; ++index)
        recorder->write(moving_picture(index, take_start + tick_time(index, rate_25)));
    recorder->note_microphone_lost(take_start + 2s);
    ASSERT_TRUE(recorder->finish().has_value());
    EXPECT_EQ(recorder->state().losses.audio_gap_ms, 1600);
    EXPECT_EQ(recorder->state().losses.microphone_lost, 1);
    EXPECT_EQ(number(probe(file_, "a:0", "stream=duration_ts"), "duration_ts"), 40 * 1920 + 1024);
}

TEST_F(RecorderTest, WaitLosesNothing) {
    const auto recorder = open(settings_for(file_));
    play(*recorder, 150);
    ASSERT_TRUE(recorder->finish().has_value());
    const Losses losses = recorder->state().losses;
    EXPECT_EQ(losses.frames_captured, 150);
    EXPECT_EQ(losses.frames_repeated + losses.frames_dropped + losses.frames_lost + losses.audio_gap_ms, 0);
    EXPECT_EQ(picture_packets(file_), 150);
}

TEST_F(RecorderTest, RefusedFramesAreCountedAndTheLengthStaysRight) {
    RecorderSettings settings = settings_for(file_);
    settings.when_full = WhenFull::Refuse;
    const auto recorder = open(settings);
    // Far faster than any machine encodes: most must be refused.
    for (int index = 0; index < 120; ++index) {
        recorder->write(moving_picture(index, take_start + tick_time(index, rate_25)));
    }
    ASSERT_TRUE(recorder->finish().has_value());
    const RecorderState state = recorder->state();
    EXPECT_EQ(state.losses.frames_captured, 120);
    EXPECT_GT(state.losses.frames_lost, 0);
    EXPECT_EQ(state.losses.frames_dropped, state.losses.frames_lost);
    EXPECT_EQ(state.losses.frames_captured - state.losses.frames_dropped + state.losses.frames_repeated, state.frames);
    EXPECT_EQ(state.frames, 120);
    EXPECT_EQ(picture_packets(file_), 120);
}

TEST_F(RecorderTest, PictureIsHeldWhileTheCameraIsGone) {
    RecorderSettings settings = settings_for(file_);
    settings.when_full = WhenFull::Refuse;
    const auto recorder = open(settings);
    for (int index = 0; index < 10; ++index)
        recorder->write(moving_picture(index, take_start + tick_time(index, rate_25)));
    recorder->note_camera_lost(take_start + 900ms);
    for (int block = 0; block < 150; ++block) {
        // Slow machines must not refuse what is held here.
        while (recorder->state().waiting > 1) std::this_thread::sleep_for(1ms);
        recorder->write(sound_with_beep(block * 960, 960, take_start, take_start + 1s));
        recorder->pass_time(take_start + sound_duration((block + 1) * 960));
    }
    EXPECT_GE(recorder->state().frames, 45) << "held while the camera is away, a second behind the clock";
    ASSERT_TRUE(recorder->finish().has_value());
    EXPECT_EQ(recorder->state().losses.camera_lost, 1);
    ASSERT_EQ(recorder->state().losses.camera_gaps.size(), 1U);
    EXPECT_NEAR(recorder->state().losses.camera_gaps[0].from_s, 0.36, 0.001) << "since the last frame";
    EXPECT_NEAR(recorder->state().losses.camera_gaps[0].to_s, 3.0, 0.05) << "to the end of the take";
    EXPECT_NEAR(static_cast<double>(recorder->state().frames), 75.0, 1.0);
    EXPECT_EQ(picture_packets(file_), recorder->state().frames);
}

TEST_F(RecorderTest, FinishTwiceAndNothingRecordedAreHarmless) {
    {
        const auto recorder = open(settings_for(file_));
        ASSERT_TRUE(recorder->finish().has_value());
        ASSERT_TRUE(recorder->finish().has_value());
        recorder->write(moving_picture(0, take_start));
        EXPECT_EQ(recorder->state().frames, 0);
    }
    EXPECT_TRUE(std::filesystem::exists(file_));
}

TEST_F(RecorderTest, FileThatHoldsSomethingIsNeverOverwritten) {
    std::ofstream(file_) << "someone's take";
    const Result<std::unique_ptr<Recorder>> recorder = open_recorder(settings_for(file_));
    ASSERT_FALSE(recorder.has_value());
    EXPECT_EQ(recorder.error().kind, ErrorKind::Io);
    EXPECT_EQ(std::filesystem::file_size(file_), 14U);
}

TEST_F(RecorderTest, SettingsThatCannotBeAreRefused) {
    RecorderSettings settings = settings_for(file_);
    settings.rate = {0, 1};
    const Result<std::unique_ptr<Recorder>> recorder = open_recorder(settings);
    ASSERT_FALSE(recorder.has_value());
    EXPECT_EQ(recorder.error().kind, ErrorKind::InvalidConfig);
    EXPECT_FALSE(open_recorder(settings_for("/proc/nowhere/take.mp4")).has_value());
}

}  // namespace
}  // namespace changji
