#include "capture/source.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/types/queue.hpp"
#include "tests/capture/played_source.hpp"

namespace changji {
namespace {

using Clock = std::chrono::steady_clock;
using test::expect_in_order;
using test::Heard;
using test::one_second;
using test::open;
using test::play;
using test::start;
using test::wait_for;
using MediaSource = test::MadeClips;

TEST_F(MediaSource, OwnPaceTakesAsLongAsTheFile) {
    auto sources = open(make("a.mp4", one_second));
    ASSERT_TRUE(sources);
    EXPECT_EQ(sources->video->granted().liveness, Liveness::Live);
    Heard heard;
    const auto begun = Clock::now();
    play(*sources, heard);
    EXPECT_GE(Clock::now() - begun, std::chrono::milliseconds(900));
    EXPECT_EQ(heard.frames.size(), 25U);
    EXPECT_EQ(heard.frames[24].captured_at - heard.frames[0].captured_at, std::chrono::milliseconds(960));
    ASSERT_FALSE(heard.blocks.empty());
    EXPECT_NEAR(static_cast<double>(heard.sound_frames()), 48000, 2500);
    expect_in_order(heard);
}

TEST_F(MediaSource, TheEndIsToldOnceToEachTrackAfterItsLastItem) {
    auto sources = open(make("a.mp4", one_second).string() + "?pace=free");
    ASSERT_TRUE(sources);
    Heard heard;
    play(*sources, heard);
    ASSERT_EQ(heard.picture_lost.size(), 1U);
    ASSERT_EQ(heard.sound_lost.size(), 1U);
    EXPECT_EQ(heard.picture_lost[0].kind, ErrorKind::EndOfStream);
    EXPECT_EQ(heard.sound_lost[0].kind, ErrorKind::EndOfStream);
    expect_in_order(heard);
}

TEST_F(MediaSource, FreePaceWaitsForItsSinks) {
    auto sources = open(make("a.mp4", one_second).string() + "?pace=free");
    ASSERT_TRUE(sources);
    EXPECT_EQ(sources->video->granted().liveness, Liveness::Held);
    BoundedQueue<int> queue(2, WhenFull::Wait);
    int sent = 0;
    ASSERT_TRUE(sources->video->start([&](VideoFrame) { queue.push(++sent); }, [&](Error) { queue.close(); }));
    sources->audio->stop();
    std::vector<int> taken;
    while (const auto item = queue.pop()) taken.push_back(*item);
    EXPECT_EQ(taken.size(), 25U);
    EXPECT_EQ(queue.lost(), 0U);
}

TEST_F(MediaSource, NothingPlaysBeforeBothTracksAreStarted) {
    auto sources = open(make("a.mp4", one_second).string() + "?pace=free");
    ASSERT_TRUE(sources);
    std::atomic<int> frames = 0;
    ASSERT_TRUE(sources->video->start([&](VideoFrame) { ++frames; }, [](Error) {}));
    ::usleep(100'000);
    EXPECT_EQ(frames, 0);
    Heard heard;
    ASSERT_TRUE(sources->audio->start([](SoundBlock) {},
                                      [&](Error error) {
                                          std::lock_guard lock(heard.mutex);
                                          heard.sound_lost.push_back(error);
                                          heard.changed.notify_all();
                                      }));
    EXPECT_TRUE(wait_for(heard, [&] { return !heard.sound_lost.empty(); }));
    sources->video->stop();
    EXPECT_GE(frames, 1);
}

TEST_F(MediaSource, ATrackThatStartsLaterKeepsItsDistance) {
    // The sound begins half a second after the picture.
    auto sources = open(make("late.mkv",
                             "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -itsoffset 0.5 -f lavfi -i "
                             "sine=duration=0.5 -c:v libx264 -preset ultrafast -c:a pcm_s16le")
                            .string() +
                        "?pace=free");
    ASSERT_TRUE(sources);
    Heard heard;
    play(*sources, heard);
    ASSERT_FALSE(heard.frames.empty());
    ASSERT_FALSE(heard.blocks.empty());
    const Nanoseconds distance = heard.blocks[0].captured_at - heard.frames[0].captured_at;
    EXPECT_NEAR(to_seconds(distance), 0.5, 0.03);
}

TEST_F(MediaSource, AMonoTrackFillsBothChannelsAtFullLevel) {
    auto sources = open(make("mono.mkv",
                             "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -f lavfi -i "
                             "aevalsrc='0.5*sin(2*PI*440*t)':s=44100:d=1 -c:v libx264 -preset ultrafast -c:a pcm_s16le")
                            .string() +
                        "?pace=free");
    ASSERT_TRUE(sources);
    EXPECT_EQ(sources->audio->granted().channels, 1);
    EXPECT_EQ(sources->audio->granted().sample_rate_hz, 44100);
    Heard heard;
    play(*sources, heard);
    EXPECT_NEAR(heard.level(0), 0.5 / std::sqrt(2.0), 0.005);
    EXPECT_NEAR(heard.level(1), 0.5 / std::sqrt(2.0), 0.005);
    EXPECT_NEAR(static_cast<double>(heard.sound_frames()), 48000, 250);
}

TEST_F(MediaSource, AHoleInTheSoundIsSilence) {
    // 1 s of tone whose packets between 0.4 and 0.7 s are missing.
    auto sources = open(make("hole.mkv",
                             "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -f lavfi -i "
                             "sine=sample_rate=48000:duration=1 -af \"aselect='not(between(t,0.4,0.7))'\" -c:v libx264 "
                             "-preset ultrafast -c:a pcm_s16le")
                            .string() +
                        "?pace=free");
    ASSERT_TRUE(sources);
    Heard heard;
    play(*sources, heard);
    expect_in_order(heard);
    EXPECT_NEAR(static_cast<double>(heard.sound_frames()), 48000, 2400);
    EXPECT_GT(heard.level(0, 0, 17000), 0.05);
    EXPECT_LT(heard.level(0, 22000, 32000), 1e-4);
    EXPECT_GT(heard.level(0, 36000, 47000), 0.05);
}

TEST_F(MediaSource, SoundAloneIsAMicrophone) {
    const std::string sound = make("tone.wav", "-f lavfi -i sine=duration=1");
    auto sources = open("lavfi:testsrc2=size=320x180:duration=1?pace=free", sound + "?pace=free");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    ASSERT_TRUE(sources->audio);
    Heard heard;
    play(*sources, heard);
    EXPECT_EQ(heard.frames.size(), 25U);
    EXPECT_NEAR(static_cast<double>(heard.sound_frames()), 48000, 250);
}

TEST_F(MediaSource, APhotoRepeatsTwentyFiveTimesASecond) {
    auto sources =
        open(make("photo.png", "-f lavfi -i testsrc2=size=320x180 -frames:v 1").string() + "?pace=free", "none");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    Heard heard;
    start(*sources, heard);
    EXPECT_TRUE(wait_for(heard, [&] { return heard.frames.size() >= 26; }));
    sources->video->stop();
    expect_in_order(heard);
    EXPECT_EQ(heard.frames[25].captured_at - heard.frames[0].captured_at, std::chrono::seconds(1));
    EXPECT_TRUE(heard.picture_lost.empty());
}

TEST(MediaSourceLife, StopWorksInEveryStateAndNothingComesAfterIt) {
    for (const int state : {0, 1, 2}) {
        auto sources = open("lavfi:testsrc2=size=320x180[out0];sine[out1]");
        ASSERT_TRUE(sources);
        Heard heard;
        if (state > 0) start(*sources, heard);
        if (state > 1) {
            EXPECT_TRUE(wait_for(heard, [&] { return heard.frames.size() > 3; }));
        }
        const auto begun = Clock::now();
        sources->video->stop();
        sources->audio->stop();
        sources->video->stop();
        EXPECT_LT(Clock::now() - begun, std::chrono::seconds(5));
        const std::size_t frames = heard.frames.size();
        ::usleep(100'000);
        EXPECT_EQ(heard.frames.size(), frames);
        EXPECT_TRUE(heard.picture_lost.empty()) << "a stopped source has not ended";
        EXPECT_FALSE(sources->video->start([](VideoFrame) {}, [](Error) {}));
    }
}

TEST(MediaSourceLife, OneTrackMayStopWhileTheOtherGoesOn) {
    auto sources = open("lavfi:testsrc2=size=320x180[out0];sine[out1]");
    ASSERT_TRUE(sources);
    Heard heard;
    start(*sources, heard);
    EXPECT_TRUE(wait_for(heard, [&] { return !heard.frames.empty(); }));
    sources->video->stop();
    std::size_t blocks = 0;
    {
        std::lock_guard lock(heard.mutex);
        blocks = heard.blocks.size();
    }
    EXPECT_TRUE(wait_for(heard, [&] { return heard.blocks.size() > blocks + 5; }));
    sources->audio->stop();
}

TEST(MediaSourceLife, ASecondStartIsRefused) {
    auto sources = open("lavfi:testsrc2=size=320x180", "none");
    ASSERT_TRUE(sources);
    ASSERT_TRUE(sources->video->start([](VideoFrame) {}, [](Error) {}));
    const Status again = sources->video->start([](VideoFrame) {}, [](Error) {});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::InvalidConfig);
}

TEST(MediaSourceLife, ABadGraphIsRefusedWithFFmpegsReason) {
    const auto sources = open("lavfi:nosuchfilter=1", "none");
    ASSERT_FALSE(sources);
    EXPECT_EQ(sources.error().kind, ErrorKind::InvalidConfig);
    EXPECT_NE(in_english(sources.error().message).find("nosuchfilter"), std::string::npos);
}

TEST(MediaSourceLife, ASourceWithoutSoundSaysSo) {
    const auto sources = open("lavfi:testsrc2=size=320x180", "camera");
    ASSERT_TRUE(sources);
    EXPECT_FALSE(sources->audio);
    EXPECT_NE(in_english(sources->note).find("no sound"), std::string::npos);
}

TEST(MediaSourceLife, AFreeFileDoesNotGoWithALiveMicrophone) {
    const auto sources = open("lavfi:testsrc2?pace=free", "pulse:anything");
    ASSERT_FALSE(sources);
    EXPECT_EQ(sources.error().kind, ErrorKind::InvalidConfig);
}

TEST(MediaSourceLife, ASilentStreamIsGivenUpWhenItIsStopped) {
    // A server that sends the head of a stream and then nothing more.
    const int server = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(server, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(server, 1), 0);
    ::getsockname(server, reinterpret_cast<sockaddr*>(&address), &size);
    std::atomic<bool> over = false;
    std::thread serving([&] {
        const int client = ::accept(server, nullptr, nullptr);
        std::string stream =
            "HTTP/1.0 200 OK\r\nContent-Type: video/x-yuv4mpeg\r\n\r\nYUV4MPEG2 W320 H180 F25:1 Ip C420\n";
        for (int i = 0; i < 60; ++i) stream += "FRAME\n" + std::string(320 * 180 * 3 / 2, '\x50');
        static_cast<void>(::send(client, stream.data(), stream.size(), MSG_NOSIGNAL));
        while (!over) ::usleep(10'000);
        ::close(client);
    });
    {
        auto sources =
            open("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/live.y4m?pace=free", "none");
        EXPECT_TRUE(sources) << in_english(sources.error().message);
        if (sources) {
            Heard heard;
            start(*sources, heard);
            EXPECT_TRUE(wait_for(heard, [&] { return heard.frames.size() >= 50; }));
            const auto begun = Clock::now();
            sources->video->stop();
            EXPECT_LT(Clock::now() - begun, std::chrono::seconds(3)) << "waited for the network's own 5 s";
        }
    }
    over = true;
    serving.join();
    ::close(server);
}

}  // namespace
}  // namespace changji
