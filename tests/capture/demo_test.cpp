#include "capture/demo/animation.hpp"
#include "capture/demo/demo_scene.hpp"
#include "capture/demo/loudness.hpp"
#include "capture/demo/room_noise.hpp"
#include "capture/demo/scene_renderer.hpp"
#include "capture/demo/speech_track.hpp"
#include "capture/sources/open.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

/// Gathers what a source delivers and waits for a number of items.
template <typename T>
class Gathered {
public:
    std::function<void(T)> sink() {
        return [this](T item) {
            const std::lock_guard lock(mutex_);
            items_.push_back(std::move(item));
            more_.notify_all();
        };
    }
    std::vector<T> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        more_.wait_for(lock, 20s, [&] { return items_.size() >= count; });
        return items_;
    }
    std::size_t count() {
        const std::lock_guard lock(mutex_);
        return items_.size();
    }

private:
    std::mutex mutex_;
    std::condition_variable more_;
    std::vector<T> items_;
};

const std::function<void(Error)> nothing_lost = [](const Error&) { ADD_FAILURE() << "the demo scene is never lost"; };

VideoFrame frame_at(demo::SceneRenderer& renderer, int index, double voice = 0.0) {
    return renderer.render(static_cast<std::uint64_t>(index), tick_time(index, {25, 1}), voice);
}

bool same_pixels(const VideoFrame& a, const VideoFrame& b) {
    for (int p = 0; p < 3; ++p) {
        const int width = p == 0 ? a.width_px : a.width_px / 2, height = p == 0 ? a.height_px : a.height_px / 2;
        for (int y = 0; y < height; ++y) {
            const std::uint8_t* const row_a = a.planes[p].data + y * a.planes[p].stride_bytes;
            const std::uint8_t* const row_b = b.planes[p].data + y * b.planes[p].stride_bytes;
            if (!std::equal(row_a, row_a + width, row_b)) return false;
        }
    }
    return true;
}

double mean_luma(const VideoFrame& frame, int x, int y, int width, int height) {
    double sum = 0.0;
    for (int row = y; row < y + height; ++row) {
        const std::uint8_t* const luma = frame.planes[0].data + row * frame.planes[0].stride_bytes;
        for (int column = x; column < x + width; ++column) sum += luma[column];
    }
    return sum / width / height;
}

double share_of_luma(const VideoFrame& frame, int low, int high) {
    std::int64_t count = 0;
    for (int y = 0; y < frame.height_px; ++y) {
        const std::uint8_t* const luma = frame.planes[0].data + y * frame.planes[0].stride_bytes;
        count += std::count_if(luma, luma + frame.width_px, [&](int v) { return v >= low && v <= high; });
    }
    return static_cast<double>(count) / (frame.width_px * frame.height_px);
}

double face_luma(const VideoFrame& frame) { return mean_luma(frame, 860, 350, 200, 200); }

/// How many luma steps of more than 24 codes there are from one 12-pixel cell to the next, left of the
/// person.
int steps_between_cells(const VideoFrame& frame) {
    int steps = 0;
    for (int y = 0; y < 1080; y += 12) {
        for (int x = 0; x < 480; x += 12) {
            steps += std::abs(mean_luma(frame, x, y, 12, 12) - mean_luma(frame, x + 12, y, 12, 12)) > 24.0;
        }
    }
    return steps;
}

DemoSettings settings_of(double light, Clutter clutter, double noise_dbfs = -70.0) {
    DemoSettings settings;
    settings.light = light;
    settings.clutter = clutter;
    settings.noise_dbfs = noise_dbfs;
    return settings;
}

double rms_dbfs(const std::vector<SoundBlock>& blocks) {
    double energy = 0.0;
    std::size_t count = 0;
    for (const SoundBlock& block : blocks) {
        for (const float sample : block.interleaved()) energy += double{sample} * sample;
        count += block.interleaved().size();
    }
    return 10.0 * std::log10(energy / static_cast<double>(count));
}

TEST(DemoScene, IsFullHdI420LimitedBt709WithSquarePixels) {
    demo::SceneRenderer renderer({});
    const VideoFrame frame = frame_at(renderer, 0);
    EXPECT_EQ(frame.width_px, 1920);
    EXPECT_EQ(frame.height_px, 1080);
    EXPECT_EQ(frame.format, PixelFormat::I420);
    EXPECT_EQ(frame.range, ColorRange::Limited);
    EXPECT_EQ(frame.matrix, ColorMatrix::Bt709);
    EXPECT_EQ(frame.sample_aspect_ratio, (Rational{1, 1}));
    EXPECT_EQ(share_of_luma(frame, 0, 15) + share_of_luma(frame, 236, 255), 0.0);
}

TEST(DemoScene, FrameLooksTheSameWhateverWasDrawnBefore) {
    demo::SceneRenderer one({}), other({});
    frame_at(other, 3, 0.9);
    frame_at(other, 400, 0.2);
    other.adjust(settings_of(0.4, Clutter::Medium));
    frame_at(other, 7);
    other.adjust({});
    EXPECT_TRUE(same_pixels(frame_at(one, 55, 0.5), frame_at(other, 55, 0.5)));
    EXPECT_FALSE(same_pixels(frame_at(one, 55, 0.5), frame_at(one, 56, 0.5)));
}

TEST(DemoScene, NothingMovesOutsideThePersonsReach) {
    demo::SceneRenderer one({}), other({});
    for (int index = 0; index < 500; index += 23) frame_at(other, index, 1.0);
    // The noise of equal indices is equal, so what differs was left behind by the person.
    const VideoFrame fresh = frame_at(one, 10), used = frame_at(other, 10);
    EXPECT_TRUE(same_pixels(fresh, used));
}

TEST(DemoScene, FaceGetsBrighterWithTheLight) {
    demo::SceneRenderer renderer({});
    double before = 0.0;
    for (const double light : {0.05, 0.2, 0.5, 1.0, 1.4, 2.0}) {
        renderer.adjust(settings_of(light, Clutter::Low));
        const double luma = face_luma(frame_at(renderer, 0));
        EXPECT_GT(luma, before) << light;
        before = luma;
    }
}

TEST(DemoScene, LightScalesLinearLight) {
    demo::SceneRenderer renderer({});
    const double full = (mean_luma(frame_at(renderer, 0), 900, 300, 40, 20) - 16.0) / 219.0;
    renderer.adjust(settings_of(0.5, Clutter::Low));
    const double half = (mean_luma(frame_at(renderer, 0), 900, 300, 40, 20) - 16.0) / 219.0;
    EXPECT_NEAR(std::pow(half / full, 2.4), 0.5, 0.03);
}

TEST(DemoScene, DefaultLightClipsAndCrushesNextToNothing) {
    for (const Clutter clutter : {Clutter::Low, Clutter::Medium, Clutter::High}) {
        demo::SceneRenderer renderer(settings_of(1.0, clutter));
        const VideoFrame frame = frame_at(renderer, 30);
        EXPECT_LT(share_of_luma(frame, 235, 255), 0.005);
        EXPECT_LT(share_of_luma(frame, 0, 17), 0.01);
        const double face_percent = (face_luma(frame) - 16.0) / 2.19;
        EXPECT_GT(face_percent, 50.0);
        EXPECT_LT(face_percent, 65.0);
    }
}

TEST(DemoScene, TooMuchLightClips) {
    demo::SceneRenderer renderer(settings_of(2.0, Clutter::Low));
    EXPECT_GT(share_of_luma(frame_at(renderer, 30), 235, 255), 0.005);
}

TEST(DemoScene, ClutterGrowsStepByStep) {
    demo::SceneRenderer renderer({});
    std::vector<int> steps;
    for (const Clutter clutter : {Clutter::Low, Clutter::Medium, Clutter::High}) {
        renderer.adjust(settings_of(1.0, clutter));
        steps.push_back(steps_between_cells(frame_at(renderer, 0)));
    }
    EXPECT_LT(steps[0] + 20, steps[1]);
    EXPECT_LT(steps[1] * 2, steps[2]);
}

TEST(DemoScene, SensorNoiseGrowsAsTheLightFails) {
    const auto noise_codes = [](double light) {
        demo::SceneRenderer renderer(settings_of(light, Clutter::Low));
        const VideoFrame a = frame_at(renderer, 0), b = frame_at(renderer, 1);
        double squares = 0.0;
        for (int y = 100; y < 140; ++y) {
            for (int x = 0; x < 600; ++x) {
                const int difference = a.planes[0].data[y * a.planes[0].stride_bytes + x] -
                                       b.planes[0].data[y * b.planes[0].stride_bytes + x];
                squares += difference * difference;
            }
        }
        return std::sqrt(squares / (40 * 600) / 2.0);
    };
    EXPECT_LT(noise_codes(1.0), 1.4);
    EXPECT_GT(noise_codes(0.2), 2.0 * noise_codes(1.0));
}

TEST(DemoAnimation, MouthFollowsTheVoiceAndLidsCloseNowAndThen) {
    EXPECT_EQ(demo::pose_at(1s, 0.0).mouth, 0.0);
    EXPECT_GT(demo::pose_at(1s, 0.8).mouth, demo::pose_at(1s, 0.3).mouth);
    int closed = 0;
    for (int index = 0; index < 500; ++index) closed += demo::pose_at(tick_time(index, {25, 1}), 0.0).lids > 0.8;
    EXPECT_GE(closed, 4);
    EXPECT_LE(closed, 40);
}

TEST(DemoSpeech, IsNearMinus23LufsWithPeaksBelowMinus3Dbfs) {
    const demo::SpeechTrack& speech = demo::SpeechTrack::shared();
    std::vector<float> samples;
    for (std::int64_t i = 0; i < speech.length_frames(); ++i) samples.push_back(speech.at(i));
    EXPECT_NEAR(demo::two_channel_loudness_lufs(samples), -23.0, 0.5);
    EXPECT_LT(std::abs(*std::max_element(samples.begin(), samples.end(),
                                         [](float a, float b) { return std::abs(a) < std::abs(b); })),
              0.63F);
}

TEST(DemoSpeech, PausesForMoreThanASecondInEveryNine) {
    const demo::SpeechTrack& speech = demo::SpeechTrack::shared();
    std::int64_t quiet = 0, since_pause = 0;
    for (std::int64_t i = 0; i < 2 * speech.length_frames(); ++i) {
        quiet = speech.at(i) == 0.0F ? quiet + 1 : 0;
        since_pause = quiet >= sound_rate_hz * 12 / 10 ? 0 : since_pause + 1;
        ASSERT_LT(since_pause, 9 * sound_rate_hz) << "at " << i / sound_rate_hz << " s";
    }
}

TEST(DemoSpeech, VoiceOpensTheMouthWhileSpeakingAndClosesItInThePause) {
    const demo::SpeechTrack& speech = demo::SpeechTrack::shared();
    double loudest = 0.0;
    for (int index = 0; index < 250; ++index) loudest = std::max(loudest, speech.voice_at(tick_time(index, {25, 1})));
    EXPECT_GT(loudest, 0.5);
    EXPECT_LT(speech.voice_at(sound_duration(speech.length_frames() - sound_rate_hz)), 0.02);
}

TEST(DemoLoudness, FullScaleKilohertzToneInBothChannelsReadsZero) {
    std::vector<float> tone(5 * sound_rate_hz);
    for (std::size_t i = 0; i < tone.size(); ++i) {
        tone[i] =
            static_cast<float>(std::sin(2.0 * 3.14159265358979 * 1000.0 * static_cast<double>(i) / sound_rate_hz));
    }
    EXPECT_NEAR(demo::two_channel_loudness_lufs(tone), 0.0, 0.1);
}

TEST(DemoLoudness, SilenceReadsTheGate) {
    EXPECT_EQ(demo::two_channel_loudness_lufs(std::vector<float>(sound_rate_hz)), -70.0);
}

TEST(DemoRoomNoise, HasAnRmsOfOneAndIsRepeatable) {
    demo::RoomNoise noise(5), again(5);
    double energy = 0.0;
    for (int i = 0; i < 3 * sound_rate_hz; ++i) {
        const float value = noise.next();
        ASSERT_EQ(value, again.next());
        energy += double{value} * value;
    }
    EXPECT_NEAR(10.0 * std::log10(energy / (3 * sound_rate_hz)), 0.0, 0.3);
}

TEST(DemoSource, SoundFollowsWithoutGapAndNoiseInThePauseIsAsLoudAsAsked) {
    Gathered<SoundBlock> gathered;
    const auto source = open_demo_sound(settings_of(1.0, Clutter::Low, -42.0));
    ASSERT_TRUE(source->start(gathered.sink(), nothing_lost));
    const std::vector<SoundBlock> blocks = gathered.wait_for(60);
    source->stop();
    ASSERT_GE(blocks.size(), 60U);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        ASSERT_EQ(blocks[i].frames(), 960U);
        ASSERT_EQ(blocks[i].first_frame, static_cast<std::int64_t>(i) * 960);
        ASSERT_EQ(blocks[i].captured_at - blocks[0].captured_at, sound_duration(blocks[i].first_frame));
    }
    EXPECT_NEAR(rms_dbfs({blocks.begin(), blocks.begin() + 19}), -42.0, 1.0);  // before the first word
    EXPECT_GT(rms_dbfs({blocks.begin() + 25, blocks.end()}), -32.0);           // speech
}

TEST(DemoSource, PictureAndSoundBeginTogetherAndOnlyWhenBothAreStarted) {
    Gathered<SoundBlock> blocks;
    Gathered<VideoFrame> frames;
    const Sources sources = open_demo({}, WantSound::Yes);
    ASSERT_TRUE(sources.video->start(frames.sink(), nothing_lost));
    std::this_thread::sleep_for(800ms);
    EXPECT_EQ(frames.count(), 0U);
    ASSERT_TRUE(sources.audio->start(blocks.sink(), nothing_lost));
    const auto pictures = frames.wait_for(5);
    const auto sounds = blocks.wait_for(5);
    ASSERT_GE(pictures.size(), 5U);
    ASSERT_GE(sounds.size(), 5U);
    EXPECT_EQ(pictures[0].captured_at - tick_time(static_cast<std::int64_t>(pictures[0].sequence), {25, 1}),
              sounds[0].captured_at);
    for (std::size_t i = 1; i < pictures.size(); ++i) {
        EXPECT_EQ(pictures[i].captured_at - pictures[0].captured_at,
                  tick_time(static_cast<std::int64_t>(pictures[i].sequence - pictures[0].sequence), {25, 1}));
        EXPECT_GT(pictures[i].sequence, pictures[i - 1].sequence);
    }
}

TEST(DemoSource, PictureDoesNotWaitForSoundThatWasGivenUp) {
    Gathered<VideoFrame> frames;
    Sources sources = open_demo({}, WantSound::Yes);
    ASSERT_TRUE(sources.video->start(frames.sink(), nothing_lost));
    sources.audio.reset();
    EXPECT_GE(frames.wait_for(2).size(), 2U);
}

TEST(DemoSource, StopsWhileWaitingForTheOtherAndAsOftenAsAsked) {
    Gathered<VideoFrame> frames;
    const Sources sources = open_demo({}, WantSound::Yes);
    sources.video->stop();
    ASSERT_TRUE(sources.video->start(frames.sink(), nothing_lost));
    sources.video->stop();
    sources.video->stop();
    EXPECT_EQ(frames.count(), 0U);
}

TEST(DemoSource, DeliversNothingAfterStop) {
    Gathered<VideoFrame> frames;
    const Sources sources = open_demo({}, WantSound::No);
    EXPECT_EQ(sources.audio, nullptr);
    ASSERT_TRUE(sources.video->start(frames.sink(), nothing_lost));
    frames.wait_for(1);
    sources.video->stop();
    const std::size_t until_stop = frames.count();
    std::this_thread::sleep_for(150ms);
    EXPECT_EQ(frames.count(), until_stop);
}

TEST(DemoSource, SettingsTakeEffectWhileItRuns) {
    Gathered<VideoFrame> frames;
    const Sources sources = open_demo({}, WantSound::No);
    ASSERT_TRUE(sources.video->start(frames.sink(), nothing_lost));
    const std::size_t before = frames.wait_for(1).size();
    adjust_demo_scene(*sources.video, nullptr, settings_of(0.2, Clutter::Low));
    const auto all = frames.wait_for(before + 4);
    sources.video->stop();
    ASSERT_GE(all.size(), before + 4);
    EXPECT_LT(face_luma(all.back()), 0.8 * face_luma(all.front()));
}

class NotTheDemo final : public VideoSource {
public:
    Status start(std::function<void(VideoFrame)>, std::function<void(Error)>) override { return {}; }
    void stop() override {}
    VideoSettings granted() const override { return {}; }
};

TEST(DemoSource, AdjustingAnotherKindOfSourceDoesNothing) {
    NotTheDemo camera;
    adjust_demo_scene(camera, nullptr, settings_of(0.2, Clutter::High));
    EXPECT_EQ(camera.granted().width_px, 0);
}

}  // namespace
}  // namespace changji
