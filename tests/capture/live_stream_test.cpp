// Streams over the network of this machine, whose sender goes away and comes back.

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cmath>
#include <csignal>
#include <mutex>
#include <string>
#include <vector>

#include "capture/source.hpp"
#include "capture/sources/media_live.hpp"
#include "tests/support/child.hpp"
#include "tests/support/rtsp_server.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using test::Child;
using test::eventually;

TEST(LiveClock, FollowsTheFastestPackets) {
    LiveClock clock;
    const auto stamp = [](int ms) { return CaptureTime{std::chrono::milliseconds(ms)}; };
    clock.saw(stamp(0), stamp(1080));
    clock.saw(stamp(40), stamp(1060));  // 20 ms on its way
    clock.saw(stamp(80), stamp(1200));  // a late one moves nothing
    EXPECT_NEAR(to_seconds(clock.on_our_clock(stamp(80)) - stamp(1100)), 0.0, 0.001);
}

TEST(LiveClock, FollowsASlowSender) {
    LiveClock clock;
    for (int i = 0; i <= 25 * 900; ++i) {  // a quarter of an hour, 100 ppm slow
        const CaptureTime sent{std::chrono::milliseconds(40 * i)};
        clock.saw(sent, CaptureTime{Nanoseconds(std::chrono::milliseconds(40 * i)) * 10'001 / 10'000});
    }
    const CaptureTime end{15min};
    EXPECT_NEAR(to_seconds(clock.on_our_clock(end) - end), 0.09, 0.005);
}

TEST(Backlog, IsOverAMomentAfterTheFirstRealWait) {
    const CaptureTime start{1h};
    Backlog backlog(start);
    backlog.packet(1ms, start + 100ms);
    EXPECT_FALSE(backlog.over(start + 900ms));
    backlog.packet(20ms, start + 1s);
    EXPECT_FALSE(backlog.over(start + 1200ms));
    EXPECT_TRUE(backlog.over(start + 1400ms));
    EXPECT_TRUE(Backlog(start).over(start + 4s)) << "a decoder that never catches up must not keep all back";
}

TEST(SilenceWatch, TellsEachSilenceOnce) {
    const CaptureTime start{1h};
    SilenceWatch watch;
    watch.begin(start, 500ms);
    EXPECT_FALSE(watch.is_silent(start + 400ms));
    EXPECT_TRUE(watch.is_silent(start + 600ms));
    EXPECT_TRUE(watch.alarms());
    EXPECT_FALSE(watch.alarms());
    watch.heard(start + 2s);
    EXPECT_FALSE(watch.is_silent(start + 2400ms));
    EXPECT_TRUE(watch.alarms());
}

/// A picture that came, without its pixels.
struct Seen {
    std::uint64_t sequence;
    CaptureTime captured_at, arrived;
    int width_px;
    double brightness;
};
struct HeardBlock {
    std::int64_t first_frame;
    std::size_t frames;
    CaptureTime captured_at;
    double loudest;
};

double middle_brightness(const VideoFrame& frame) {
    return frame.planes[0].data[frame.height_px / 2 * frame.planes[0].stride_bytes + frame.width_px / 2];
}

/// Plays a stream and keeps account of what came.
class StreamListener {
public:
    explicit StreamListener(const std::string& address) {
        auto opened = open_sources(*parse_camera_spec(address), *parse_microphone_spec("camera"));
        EXPECT_TRUE(opened) << in_english(opened.error().message);
        if (!opened) return;
        sources_ = std::move(*opened);
        EXPECT_TRUE(sources_.video->start([this](const VideoFrame& frame) { see(frame); },
                                          [this](const Error& error) { lose(error, picture_alarms_); }));
        if (!sources_.audio) return;
        EXPECT_TRUE(sources_.audio->start([this](const SoundBlock& block) { hear(block); },
                                          [this](const Error& error) { lose(error, sound_alarms_); }));
    }
    ~StreamListener() { stop(); }
    StreamListener(const StreamListener&) = delete;
    StreamListener& operator=(const StreamListener&) = delete;

    void stop() {
        if (sources_.video) sources_.video->stop();
        if (sources_.audio) sources_.audio->stop();
    }
    [[nodiscard]] bool is_open() const { return sources_.video != nullptr; }
    [[nodiscard]] VideoSource& video() { return *sources_.video; }
    [[nodiscard]] std::vector<Seen> pictures() { return locked(pictures_); }
    [[nodiscard]] std::vector<HeardBlock> blocks() { return locked(blocks_); }
    [[nodiscard]] std::vector<Clock::time_point> picture_alarms() { return locked(picture_alarms_); }
    [[nodiscard]] std::vector<Clock::time_point> sound_alarms() { return locked(sound_alarms_); }
    [[nodiscard]] bool sees(std::size_t more) {
        const std::size_t goal = pictures().size() + more;
        return eventually([&] { return pictures().size() >= goal; });
    }

private:
    template <typename Things>
    Things locked(const Things& things) {
        std::lock_guard lock(mutex_);
        return things;
    }
    void see(const VideoFrame& frame) {
        std::lock_guard lock(mutex_);
        pictures_.push_back(
            {frame.sequence, frame.captured_at, Clock::now(), frame.width_px, middle_brightness(frame)});
    }
    void hear(const SoundBlock& block) {
        double loudest = 0.0;
        for (std::size_t i = 0; i < block.frames(); ++i) {
            loudest = std::max(loudest, std::abs(static_cast<double>(block.interleaved()[2 * i])));
        }
        std::lock_guard lock(mutex_);
        blocks_.push_back({block.first_frame, block.frames(), block.captured_at, loudest});
    }
    void lose(const Error& error, std::vector<Clock::time_point>& alarms) {
        EXPECT_EQ(error.kind, ErrorKind::DeviceLost) << in_english(error.message);
        std::lock_guard lock(mutex_);
        alarms.push_back(Clock::now());
    }

    std::mutex mutex_;
    std::vector<Seen> pictures_;
    std::vector<HeardBlock> blocks_;
    std::vector<Clock::time_point> picture_alarms_, sound_alarms_;
    Sources sources_;
};

/// What ends in an address and sends a picture with sound there.
std::string sender(const std::string& address, const std::string& size = "640x360",
                   const std::string& sound = "-re -f lavfi -i sine=frequency=440:sample_rate=48000") {
    return "ffmpeg -v error -re -f lavfi -i testsrc2=size=" + size + ":rate=25 " + sound +
           " -c:v libx264 -preset ultrafast -tune zerolatency -g 12 -c:a aac -f mpegts '" + address + "'";
}

void expect_one_break(StreamListener& listener, Clock::time_point broken) {
    const auto pictures = listener.pictures();
    Nanoseconds longest{0};
    for (std::size_t i = 1; i < pictures.size(); ++i) {
        EXPECT_EQ(pictures[i].sequence, pictures[i - 1].sequence + 1);
        EXPECT_GT(pictures[i].captured_at, pictures[i - 1].captured_at);
        longest = std::max(longest, Nanoseconds(pictures[i].captured_at - pictures[i - 1].captured_at));
    }
    EXPECT_GT(longest, 1s) << "the capture times don't show the break";
    for (const Seen& picture : pictures) {
        EXPECT_LE(picture.captured_at, picture.arrived + 5ms);
        EXPECT_GT(picture.captured_at, picture.arrived - 1s) << "old pictures: " << picture.sequence;
    }
    const auto blocks = listener.blocks();
    std::size_t leaps = 0;
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        const auto gap =
            blocks[i].first_frame - blocks[i - 1].first_frame - static_cast<std::int64_t>(blocks[i - 1].frames);
        EXPECT_GE(gap, 0);
        if (gap <= 0) continue;
        ++leaps;
        const Nanoseconds away = blocks[i].captured_at - blocks[i - 1].captured_at;
        EXPECT_NEAR(to_seconds(sound_duration(gap)), to_seconds(away), 0.1);
        EXPECT_GT(away, 1s);
    }
    EXPECT_EQ(leaps, 1U);
    const auto alarms = listener.picture_alarms();
    ASSERT_EQ(alarms.size(), 1U) << "one alarm an interruption";
    EXPECT_EQ(listener.sound_alarms().size(), 1U);
    EXPECT_LT(alarms[0] - broken, 3s) << "0.5 s and what a busy machine takes";
}

class LiveStream : public ::testing::Test {
protected:
    void SetUp() override {
        if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: the ffmpeg program is not on this machine";
    }
    const std::string here_ = "127.0.0.1:" + std::to_string(test::free_port());
    const std::string srt_server_ = "srt://" + here_ + "?mode=listener";
};

TEST_F(LiveStream, AnSrtSenderThatDiesAndReturnsIsTakenUpAgain) {
    auto server = std::make_unique<Child>(sender(srt_server_));
    StreamListener listener("srt://" + here_);
    ASSERT_TRUE(listener.is_open());
    ASSERT_TRUE(listener.sees(25));
    const auto broken = server->kill();
    ASSERT_TRUE(eventually([&] { return !listener.picture_alarms().empty(); }));
    std::this_thread::sleep_for(1s);
    server = std::make_unique<Child>(sender(srt_server_));
    ASSERT_TRUE(listener.sees(25));
    listener.stop();
    expect_one_break(listener, broken);
}

TEST_F(LiveStream, AnRtspServerThatDiesAndReturnsIsTakenUpAgain) {
    const std::uint16_t port = test::free_port();
    auto server = std::make_unique<test::RtspServer>(port);
    StreamListener listener("rtsp://127.0.0.1:" + std::to_string(port) + "/live");
    ASSERT_TRUE(listener.is_open());
    ASSERT_TRUE(listener.sees(25));
    const auto broken = Clock::now();
    server.reset();
    ASSERT_TRUE(eventually([&] { return !listener.picture_alarms().empty(); }));
    std::this_thread::sleep_for(1s);
    server = std::make_unique<test::RtspServer>(port);
    ASSERT_TRUE(listener.sees(25));
    listener.stop();
    expect_one_break(listener, broken);
}

TEST_F(LiveStream, ASenderThatPausesIsToldAndGoesOnWithoutOldPictures) {
    const Child pausing(sender("udp://" + here_ + "?pkt_size=1316"));
    StreamListener listener("udp://" + here_);
    ASSERT_TRUE(listener.is_open());
    ASSERT_TRUE(listener.sees(25));
    const auto broken = Clock::now();
    pausing.send(SIGSTOP);
    ASSERT_TRUE(eventually([&] { return !listener.picture_alarms().empty(); }));
    std::this_thread::sleep_for(700ms);
    pausing.send(SIGCONT);
    ASSERT_TRUE(listener.sees(25));
    listener.stop();
    expect_one_break(listener, broken);
}

TEST_F(LiveStream, AStreamMayReturnWithAnotherSizeAndWithoutSound) {
    auto server = std::make_unique<Child>(sender(srt_server_));
    StreamListener listener("srt://" + here_);
    ASSERT_TRUE(listener.is_open());
    ASSERT_TRUE(listener.sees(5));
    EXPECT_EQ(listener.video().granted().width_px, 640);
    server->send(SIGTERM);
    server->wait(10s);
    server = std::make_unique<Child>(sender(srt_server_, "320x180", "-an"));
    ASSERT_TRUE(listener.sees(10));
    EXPECT_EQ(listener.pictures().back().width_px, 320);
    EXPECT_EQ(listener.video().granted().width_px, 320);
    EXPECT_EQ(listener.sound_alarms().size(), 1U);
}

TEST_F(LiveStream, StopIsPromptWhileTheServerIsAway) {
    auto server = std::make_unique<Child>(sender(srt_server_));
    StreamListener listener("srt://" + here_);
    ASSERT_TRUE(listener.is_open());
    ASSERT_TRUE(listener.sees(5));
    server.reset();
    ASSERT_TRUE(eventually([&] { return !listener.picture_alarms().empty(); }));
    std::this_thread::sleep_for(2500ms);  // now it tries to connect
    const auto begun = Clock::now();
    listener.stop();
    EXPECT_LT(Clock::now() - begun, 2s);
}

TEST_F(LiveStream, AFlashAndItsBeepHaveTheSameTime) {
    const Child server(
        "ffmpeg -v error -re -f lavfi -i \"color=black:s=320x180:r=25,drawbox=t=fill:color=white:enable='lt(mod(t,1),"
        "0.08)'\" -re -f lavfi -i \"aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.08)':s=48000\" -c:v libx264 -preset "
        "ultrafast -tune zerolatency -g 25 -c:a aac -f mpegts '" +
        srt_server_ + "'");
    StreamListener listener("srt://" + here_);
    ASSERT_TRUE(listener.is_open());
    ASSERT_TRUE(listener.sees(100));
    listener.stop();
    const auto pictures = listener.pictures();
    const auto blocks = listener.blocks();
    int flashes = 0;
    for (std::size_t i = 1; i < pictures.size(); ++i) {
        if (pictures[i].brightness < 128.0 || pictures[i - 1].brightness >= 128.0) continue;
        double nearest_s = 1.0;
        for (std::size_t k = 1; k < blocks.size(); ++k) {
            if (blocks[k].loudest < 0.1 || blocks[k - 1].loudest >= 0.1) continue;
            const double distance_s = to_seconds(blocks[k].captured_at - pictures[i].captured_at);
            if (std::abs(distance_s) < std::abs(nearest_s)) nearest_s = distance_s;
        }
        if (nearest_s > 0.9) continue;  // its beep lies outside what was heard
        EXPECT_NEAR(nearest_s, 0.0, 0.06);
        ++flashes;
    }
    EXPECT_GE(flashes, 2);
}

}  // namespace
}  // namespace changji
