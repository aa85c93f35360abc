#include "analysis/picture/stillness_watch.hpp"

#include "tests/analysis/clip_frames.hpp"
#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"

#include <cmath>
#include <random>
#include <regex>

#include <gtest/gtest.h>

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds frame_25 = 40ms;

VideoFrame at(VideoFrame frame, Nanoseconds time) {
    frame.captured_at = CaptureTime(time);
    return frame;
}

TimeRange range(Nanoseconds from, Nanoseconds to) { return {CaptureTime(from), CaptureTime(to)}; }

const VideoFrame& black_frame() {
    static const VideoFrame made = test::flat_frame({16, 128, 128});
    return made;
}

const VideoFrame& bright_frame() {
    static const VideoFrame made = test::paint_frame(1920, 1080, [](int x, int y) {
        return test::Pixel{test::noise_at(x, y), 128, 128};
    });
    return made;
}

/// The bright picture, different every time.
VideoFrame moved(int number) {
    return test::paint_frame(1920, 1080, [&](int x, int y) {
        return test::Pixel{test::noise_at(x + number, y), 128, 128};
    });
}

TEST(StillnessWatch, BlackBetweenTwoPicturesIsFoundToTheFrame) {
    StillnessWatch watch;
    const VideoFrame before = moved(1), after = moved(2);
    watch.see(at(before, 0ms));
    for (int i = 1; i <= 30; ++i) watch.see(at(black_frame(), i * frame_25));
    watch.see(at(after, 31 * frame_25));
    EXPECT_EQ(watch.black(), std::vector{range(frame_25, 31 * frame_25)});
    EXPECT_EQ(watch.frozen(), std::vector{range(frame_25, 31 * frame_25)});
    EXPECT_DOUBLE_EQ(watch.longest_black_s(), 1.2);
}

TEST(StillnessWatch, StretchBelowASecondIsNone) {
    StillnessWatch watch;
    for (int i = 0; i < 25; ++i) watch.see(at(black_frame(), i * frame_25));
    EXPECT_TRUE(watch.black().empty());
    EXPECT_EQ(watch.longest_frozen_s(), 0.0);
    watch.see(at(black_frame(), 25 * frame_25));
    EXPECT_EQ(watch.black(), std::vector{range(0ms, 1s)});
}

TEST(StillnessWatch, RepeatedPictureIsFrozenEvenWhenItsPixelsAreShared) {
    StillnessWatch watch;
    for (int i = 0; i <= 50; ++i) watch.see(at(bright_frame(), i * frame_25));
    EXPECT_EQ(watch.frozen(), std::vector{range(0ms, 2s)});
    EXPECT_TRUE(watch.black().empty());
}

TEST(StillnessWatch, FaintestCameraNoiseIsNeverFrozen) {
    std::mt19937 random(7);
    std::normal_distribution<double> noise(0.0, 0.4);
    StillnessWatch watch;
    for (int i = 0; i < 5; ++i) {
        watch.see(at(test::paint_frame(1920, 1080,
                                       [&](int, int) {
                                           const auto code = [&](double mean) {
                                               return static_cast<std::uint8_t>(std::lround(mean + noise(random)));
                                           };
                                           return test::Pixel{code(90), code(128), code(128)};
                                       }),
                     i * 400ms));
    }
    EXPECT_TRUE(watch.frozen().empty());
}

TEST(StillnessWatch, PixelsUpToCode37AreBlackAndTwoPercentMayBeBrighter) {
    const auto longest = [](std::uint8_t floor, int bright_columns) {
        const VideoFrame frame = test::paint_frame(1920, 1080, [&](int x, int) {
            return test::Pixel{x < bright_columns ? std::uint8_t{200} : floor, 128, 128};
        });
        StillnessWatch watch;
        for (int i = 0; i <= 5; ++i) watch.see(at(frame, i * 400ms));
        return watch.longest_black_s();
    };
    EXPECT_DOUBLE_EQ(longest(37, 0), 2.0);
    EXPECT_DOUBLE_EQ(longest(38, 0), 0.0);
    EXPECT_DOUBLE_EQ(longest(16, 38), 2.0);  // 1.98 %
    EXPECT_DOUBLE_EQ(longest(16, 39), 0.0);  // 2.03 %
}

TEST(StillnessWatch, SlowDriftIsHeldAgainstTheFrameWhereItBegan) {
    StillnessWatch watch;
    for (int i = 0; i <= 8; ++i) {
        // A quarter of the columns one code brighter every 0.4 s: 0.17 codes of the mean over all planes at a step.
        watch.see(at(test::paint_frame(1920, 1080,
                                       [&](int x, int) {
                                           const int code = 80 + (i + x % 4) / 4;
                                           return test::Pixel{static_cast<std::uint8_t>(code), 128, 128};
                                       }),
                     i * 400ms));
    }
    EXPECT_TRUE(watch.frozen().empty());
}

TEST(StillnessWatch, LateOrRepeatedTimesAreIgnored) {
    StillnessWatch watch;
    watch.see(at(bright_frame(), 2s));
    watch.see(at(black_frame(), 1s));
    watch.see(at(black_frame(), 2s));
    watch.see(at(bright_frame(), 4s));
    EXPECT_EQ(watch.frozen(), std::vector{range(2s, 4s)});
    EXPECT_TRUE(watch.black().empty());
}

TEST(StillnessWatch, TakeBeginsWithoutWhatWasBefore) {
    StillnessWatch watch;
    for (int i = 0; i <= 50; ++i) watch.see(at(black_frame(), i * frame_25));
    watch.begin_take();
    for (int i = 51; i <= 60; ++i) watch.see(at(black_frame(), i * frame_25));
    EXPECT_TRUE(watch.black().empty());
    EXPECT_TRUE(watch.frozen().empty());
}

TEST(HeldState, ListIsBoundedAndTheLongestIsKnownBeyondIt) {
    HeldState state(1s);
    constexpr int count = static_cast<int>(HeldState::most_kept) + 5;
    for (int i = 0; i < count; ++i) {
        state.hold(CaptureTime(i * 10s));
        state.end(CaptureTime(i * 10s + (i + 1 == count ? 7s : 2s)));
    }
    EXPECT_EQ(state.stretches().size(), HeldState::most_kept);
    EXPECT_DOUBLE_EQ(state.longest_s(), 7.0);
}

// --- Held against ffmpeg's detectors, fed with the same decoded frames. ---

struct Seconds {
    double from = 0.0;
    double to = 0.0;
};

std::vector<Seconds> printed_black(const std::string& text) {
    static const std::regex line(R"(black_start:([\d.]+) black_end:([\d.]+))");
    std::vector<Seconds> found;
    for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match) {
        found.push_back({std::stod((*match)[1]), std::stod((*match)[2])});
    }
    return found;
}

/// A stretch that runs to the end has no end in ffmpeg's report.
std::vector<Seconds> printed_frozen(const std::string& text, double end_s) {
    static const std::regex line(R"(freeze_(start|end): ([\d.]+))");
    std::vector<Seconds> found;
    for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match) {
        if ((*match)[1] == "start") {
            found.push_back({std::stod((*match)[2]), end_s});
        } else {
            found.back().to = std::stod((*match)[2]);
        }
    }
    return found;
}

void expect_same(const std::vector<TimeRange>& ours, const std::vector<Seconds>& theirs, double frame_s,
                 const std::string& what) {
    ASSERT_EQ(ours.size(), theirs.size()) << what;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        EXPECT_NEAR(to_seconds(ours[i].from.time_since_epoch()), theirs[i].from, frame_s + 1e-3) << what << i;
        EXPECT_NEAR(to_seconds(ours[i].to.time_since_epoch()), theirs[i].to, frame_s + 1e-3) << what << i;
    }
}

struct Count {
    std::size_t black = 0;
    std::size_t frozen = 0;
};

/// Expects what ffmpeg finds, and that it finds anything to compare.
void expect_as_ffmpeg(const std::filesystem::path& clip, double fps, Count expected, int most = 1 << 20,
                      const std::string& before_framing = "") {
    StillnessWatch watch;
    CaptureTime newest;
    const std::string printed = test::decode_clip(
        clip, {fps, most, before_framing, "blackdetect=d=1:pix_th=0.10:pic_th=0.98,freezedetect=n=-60dB:d=1"},
        [&](const VideoFrame& frame) {
            watch.see(frame);
            newest = frame.captured_at;
        });
    const auto black = printed_black(printed);
    const auto frozen = printed_frozen(printed, to_seconds(newest.time_since_epoch()));
    EXPECT_EQ(black.size(), expected.black) << clip;
    EXPECT_EQ(frozen.size(), expected.frozen) << clip;
    const double frame_s = 1.0 / (fps > 0.0 ? fps : 25.0);
    expect_same(watch.black(), black, frame_s, "black ");
    expect_same(watch.frozen(), frozen, frame_s, "frozen ");
}

void expect_made_clip_as_ffmpeg(const std::string& graph, double fps, Count expected, int crf = 20) {
    if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: no ffmpeg program";
    const test::TemporaryFolder folder;
    const auto clip = folder.path() / "clip.mp4";
    test::encode_clip(graph, clip, crf);
    expect_as_ffmpeg(clip, fps, expected);
}

const std::string cuts_to_black =
    "testsrc2=s=640x360:r=25:d=1.4[a];color=black:s=640x360:r=25:d=1.6[b];testsrc2=s=640x360:r=25:d=2[c];"
    "color=black:s=640x360:r=25:d=0.8[d];testsrc2=s=640x360:r=25:d=1[e];color=black:s=640x360:r=25:d=2[f];"
    "[a][b][c][d][e][f]concat=n=6";

TEST(StillnessWatch, CutsToBlackReadAsBlackdetectAndFreezedetect) {
    expect_made_clip_as_ffmpeg(cuts_to_black, 25, {2, 2});
}

TEST(StillnessWatch, CoarselyEncodedCutsReadAsBlackdetectAndFreezedetect) {
    expect_made_clip_as_ffmpeg(cuts_to_black, 25, {2, 2}, 38);
}

TEST(StillnessWatch, HeldPicturesReadAsFreezedetect) {
    // The second is held for too short a time.
    expect_made_clip_as_ffmpeg(
        "testsrc2=s=640x360:r=30:d=1.4,tpad=stop=50:stop_mode=clone[a];"
        "testsrc2=s=640x360:r=30:d=1,tpad=stop=20:stop_mode=clone[b];"
        "testsrc2=s=640x360:r=30:d=2,tpad=stop=33:stop_mode=clone[c];testsrc2=s=640x360:r=30:d=1[d];"
        "[a][b][c][d]concat=n=4",
        30, {0, 2});
}

TEST(StillnessWatch, HeldPicturesAtSixtyFramesReadAsFreezedetect) {
    expect_made_clip_as_ffmpeg("mandelbrot=s=640x360:r=60,trim=duration=2,loop=loop=75:size=1:start=60", 60, {0, 1});
}

TEST(StillnessWatch, NoiseOverAHeldPictureReadsAsFreezedetect) {
    expect_made_clip_as_ffmpeg("testsrc2=s=640x360:r=25:d=1,loop=loop=40:size=1:start=20,noise=alls=6:allf=t", 25,
                               {0, 0}, 16);
}

TEST(StillnessWatch, NoisyBlackReadsAsBlackdetect) {
    expect_made_clip_as_ffmpeg(
        "testsrc2=s=640x360:r=25:d=1[a];color=0x0a0a0a:s=640x360:r=25:d=2,noise=alls=12:allf=t[b];[a][b]concat=n=2", 25,
        {1, 0}, 16);
}

TEST(StillnessWatch, SlowFadesThroughBlackReadAsBlackdetect) {
    expect_made_clip_as_ffmpeg(
        "testsrc2=s=640x360:r=25:d=4,fade=out:st=1:d=2[a];testsrc2=s=640x360:r=25:d=4,fade=in:st=0:d=3[b];"
        "[a][b]concat=n=2",
        25, {1, 1});
}

TEST(StillnessWatch, SlowestFadeReadsAsFreezedetect) {
    // Half a code a second: frozen again and again until the next code is reached.
    expect_made_clip_as_ffmpeg("color=gray:s=640x360:r=25:d=10,fade=out:st=0:d=200", 25, {0, 4});
}

TEST(StillnessWatch, RealClipsReadAsBlackdetectAndFreezedetect) {
    const auto media = test::media_folder();
    for (const char* name : {"v03_face_door_640x360.mp4", "v05_interviews_street_office_320x180.mp4",
                             "v10_meeting_2people_whiteboard_720p.webm", "v12_outdoor_city_640x360.mp4"}) {
        CHANGJI_NEEDS_MEDIA(name);
        expect_as_ffmpeg(media / name, 25, {0, 0}, 200);
    }
}

TEST(StillnessWatch, RealClipHeldAndBlackenedReadsAsBlackdetectAndFreezedetect) {
    CHANGJI_NEEDS_MEDIA("v12_outdoor_city_640x360.mp4");
    expect_as_ffmpeg(test::media_folder() / "v12_outdoor_city_640x360.mp4", 25, {1, 2}, 300,
                     "loop=loop=45:size=1:start=60,drawbox=color=black:t=fill:enable='between(n,150,200)'");
}

}  // namespace
}  // namespace changji
