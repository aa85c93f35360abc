// The demo scene held against the meters: what a new user sees on a machine without a camera.

#include <gtest/gtest.h>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "analysis/meter_bank.hpp"
#include "capture/framing.hpp"
#include "capture/source.hpp"

namespace changji {
namespace {

/// Frames of the scene, `apart` frames from each other.
std::vector<VideoFrame> frames_of(const char* camera, std::size_t count, std::uint64_t apart) {
    auto sources = open_sources(*parse_camera_spec(camera), *parse_microphone_spec("none"));
    EXPECT_TRUE(sources);
    std::mutex mutex;
    std::condition_variable enough;
    std::vector<VideoFrame> frames;
    EXPECT_TRUE(sources->video->start(
        [&](VideoFrame frame) {
            std::lock_guard guard(mutex);
            if (frames.size() < count && (frames.empty() || frame.sequence >= frames.back().sequence + apart)) {
                frames.push_back(std::move(frame));
            }
            enough.notify_one();
        },
        [](Error) {}));
    {
        std::unique_lock lock(mutex);
        enough.wait_for(lock, std::chrono::seconds(60), [&] { return frames.size() == count; });
    }
    sources->video->stop();
    return frames;
}

struct Seen {
    int with_one_face = 0;
    Readings readings;
};
Seen look_at(const char* camera, std::size_t count) {
    auto bank = open_meter_bank();
    EXPECT_TRUE(bank);
    Framing framing;
    Seen seen;
    for (const VideoFrame& frame : frames_of(camera, count, 10)) {
        (*bank)->see(*framing.frame(frame));
        seen.with_one_face += (*bank)->faces().size() == 1 ? 1 : 0;
    }
    seen.readings = (*bank)->read();
    return seen;
}

TEST(DemoScene, TheFaceFinderFindsItsOneFace) {
    EXPECT_EQ(look_at("demo", 10).with_one_face, 10);
    EXPECT_EQ(look_at("demo:light=0.5", 6).with_one_face, 6);
}

TEST(DemoScene, IsWellLitAndPlainUnlessItIsMadeWorse) {
    const Readings good = look_at("demo", 2).readings;
    EXPECT_GT(good[Measure::LightFaceLuma].value_or(0), 45.0);
    EXPECT_LT(good[Measure::LightFaceLuma].value_or(100), 72.0);
    EXPECT_LT(good[Measure::BackgroundClutter].value_or(1), 0.15);
    const Readings cluttered = look_at("demo:clutter=high", 2).readings;
    EXPECT_GT(cluttered[Measure::BackgroundClutter].value_or(0), 0.30);
    const Readings dark = look_at("demo:light=0.2", 2).readings;
    EXPECT_LT(dark[Measure::LightFaceLuma].value_or(100), 35.0);
}

}  // namespace
}  // namespace changji
