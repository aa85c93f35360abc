#include "capture/sources/reopening.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/capture/scripted_source.hpp"

namespace changji {
namespace {
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using namespace test;

class ReopeningVideo : public ::testing::Test {
protected:
    using Shared = std::shared_ptr<Device<VideoFrame>>;
    static Shared device() { return std::make_shared<Device<VideoFrame>>(); }
    static std::unique_ptr<VideoSource> source(const Shared& of, const std::string& name = "Cam") {
        return std::make_unique<FakeVideo>(of, name);
    }
    void start(std::unique_ptr<VideoSource> first) {
        kept_ = keep_open(std::move(first), openings_.open_again());
        ASSERT_TRUE(kept_->start(log_.on_item(), log_.on_lost()));
    }
    [[nodiscard]] std::vector<std::uint64_t> numbers() const {
        std::vector<std::uint64_t> found;
        for (const VideoFrame& one : log_.items()) found.push_back(one.sequence);
        return found;
    }

    Log<VideoFrame> log_;
    Openings<VideoSource> openings_;
    std::unique_ptr<VideoSource> kept_;
};
using Numbers = std::vector<std::uint64_t>;

TEST_F(ReopeningVideo, WhatComesPassesUnchanged) {
    const Shared camera = device();
    start(source(camera));
    camera->deliver(frame(5, 0));
    camera->deliver(frame(8, 120));
    EXPECT_EQ(numbers(), (Numbers{5, 8}));
    EXPECT_EQ(kept_->granted().name, "Cam");
    EXPECT_TRUE(log_.alarms().empty());
}

TEST_F(ReopeningVideo, HalfASecondOfNothingIsOneAlarmAndPicturesMayFollow) {
    const Shared camera = device();
    start(source(camera));
    for (const std::size_t interruption : {1U, 2U}) {
        const auto last_sign = steady_clock::now();
        camera->deliver(frame(interruption, 0));
        ASSERT_TRUE(log_.wait_for_alarms(interruption));
        EXPECT_GE(steady_clock::now() - last_sign, 500ms);
    }
    std::this_thread::sleep_for(700ms);
    EXPECT_EQ(log_.alarms(), (std::vector<std::string>(2, in_english(camera_stalled("Cam").message))));
    camera->deliver(frame(3, 0));
    EXPECT_EQ(numbers(), (Numbers{1, 2, 3}));
    EXPECT_EQ(openings_.calls(), 0);
}

TEST_F(ReopeningVideo, ACameraMayTakeItsTimeToWakeUp) {
    start(source(device()));
    std::this_thread::sleep_for(800ms);
    EXPECT_TRUE(log_.alarms().empty());
}

TEST_F(ReopeningVideo, ALostCameraIsAnAlarmAtOnceAndItsSuccessorCountsOn) {
    const Shared camera = device(), again = device();
    openings_.add(source(again, "Cam again"));
    start(source(camera));
    for (int i = 0; i <= 12; ++i) camera->deliver(frame(i, 40 * i));
    camera->lose(unplugged());
    EXPECT_EQ(log_.alarms(), (std::vector<std::string>{"Unplugged."}));
    ASSERT_TRUE(wait_for_start(*again));
    EXPECT_EQ(kept_->granted().name, "Cam again");
    again->deliver(frame(0, 40 * 12 + 1000));
    again->deliver(frame(1, 40 * 13 + 1000));
    EXPECT_EQ(numbers().at(13), 12U + 25U) << "a second at 25/s";
    EXPECT_EQ(numbers().at(14), 12U + 26U);
    EXPECT_EQ(log_.alarms().size(), 1U);
}

TEST_F(ReopeningVideo, ACameraThatHadNotSentMuchLostAsManyAsItsRateSays) {
    const Shared camera = device(), again = device();
    auto slow = std::make_unique<FakeVideo>(again, "Cam");
    slow->set_rate({10, 1});
    openings_.add(std::unique_ptr<VideoSource>(std::move(slow)));
    start(source(camera));
    camera->deliver(frame(0, 0));
    camera->lose(unplugged());
    ASSERT_TRUE(wait_for_start(*again));
    again->deliver(frame(7, 800));
    EXPECT_EQ(numbers(), (Numbers{0, 8}));
}

TEST_F(ReopeningVideo, EvenTheShortestInterruptionShowsAsAGap) {
    const Shared camera = device(), again = device();
    openings_.add(source(again));
    start(source(camera));
    for (int i = 0; i <= 12; ++i) camera->deliver(frame(i, 40 * i));
    camera->lose(unplugged());
    ASSERT_TRUE(wait_for_start(*again));
    again->deliver(frame(0, 40 * 12 + 30));
    EXPECT_EQ(numbers().back(), 14U);
}

TEST_F(ReopeningVideo, ItIsTriedUntilItWorksAndAnOpenedOneThatIsLostAtOnceCountsAsOneInterruption) {
    const Shared camera = device(), flaky = device(), good = device();
    openings_.add(Error{ErrorKind::DeviceNotFound, say("Not there.")});
    openings_.add(Error{ErrorKind::DeviceBusy, say("In use.")});
    openings_.add(source(flaky));
    openings_.add(Error{ErrorKind::UnsupportedFormat, say("Odd.")});
    openings_.add(source(good));
    start(source(camera));
    camera->deliver(frame(0, 0));
    camera->lose(unplugged());
    ASSERT_TRUE(wait_for_start(*flaky));
    flaky->lose(unplugged());
    ASSERT_TRUE(wait_for_start(*good));
    EXPECT_EQ(openings_.calls(), 5);
    good->deliver(frame(0, 40));
    EXPECT_EQ(log_.alarms().size(), 1U);
    good->lose(unplugged());
    EXPECT_EQ(log_.alarms().size(), 2U) << "another interruption";
}

TEST_F(ReopeningVideo, AStallThatEndsInALossIsOneAlarm) {
    const Shared camera = device(), again = device();
    openings_.add(source(again));
    start(source(camera));
    camera->deliver(frame(0, 0));
    ASSERT_TRUE(log_.wait_for_alarms(1));
    camera->lose(unplugged());
    ASSERT_TRUE(wait_for_start(*again));
    EXPECT_EQ(log_.alarms().size(), 1U);
}

TEST_F(ReopeningVideo, AnyOtherErrorIsTheEnd) {
    const Shared camera = device();
    start(source(camera));
    camera->deliver(frame(0, 0));
    camera->lose({ErrorKind::EndOfStream, say("The end.")});
    std::this_thread::sleep_for(700ms);
    EXPECT_EQ(log_.alarms(), (std::vector<std::string>{"The end."})) << "and no stall after it";
    EXPECT_EQ(openings_.calls(), 0);
}

TEST_F(ReopeningVideo, StopEndsTheWaitForACameraAndStartGoesOnWithIt) {
    const Shared camera = device(), again = device();
    start(source(camera));
    camera->lose(unplugged());
    ASSERT_TRUE(openings_.wait_for_calls(2));
    kept_->stop();
    const int calls = openings_.calls();
    std::this_thread::sleep_for(400ms);
    EXPECT_EQ(openings_.calls(), calls);
    openings_.add(source(again));
    ASSERT_TRUE(kept_->start(log_.on_item(), log_.on_lost()));
    ASSERT_TRUE(wait_for_start(*again));
    again->deliver(frame(3, 40));
    EXPECT_EQ(numbers(), (Numbers{3}));
}

TEST_F(ReopeningVideo, NoSinkRunsAfterAStopThatHadToWaitForAnOpening) {
    const Shared camera = device(), again = device();
    std::atomic<bool> is_opening = false, may_open = false;
    kept_ = keep_open(source(camera), [&]() -> Result<std::unique_ptr<VideoSource>> {
        is_opening = true;
        while (!may_open) std::this_thread::sleep_for(1ms);
        return source(again);
    });
    ASSERT_TRUE(kept_->start(log_.on_item(), log_.on_lost()));
    camera->lose(unplugged());
    while (!is_opening) std::this_thread::sleep_for(1ms);
    std::thread opener([&] {
        std::this_thread::sleep_for(100ms);
        may_open = true;
    });
    kept_->stop();
    opener.join();
    again->deliver(frame(0, 40));
    EXPECT_TRUE(numbers().empty());
    EXPECT_EQ(log_.alarms().size(), 1U);
}

/// A camera of its own thread that is lost after a few pictures, time and again.
class Flaky final : public VideoSource {
public:
    ~Flaky() override { stop(); }
    Status start(std::function<void(VideoFrame)> on_frame, std::function<void(Error)> on_lost) override {
        thread_ = std::jthread(
            [on_frame = std::move(on_frame), on_lost = std::move(on_lost)](const std::stop_token& stopping) {
                for (int i = 0; i < 5 && !stopping.stop_requested(); ++i) on_frame(frame(i, i));
                on_lost(unplugged());
            });
        return {};
    }
    void stop() override { thread_ = std::jthread(); }
    [[nodiscard]] VideoSettings granted() const override { return {}; }

private:
    std::jthread thread_;
};

TEST_F(ReopeningVideo, SinksNeverRunTwoAtATimeHoweverOftenTheCameraIsLost) {
    kept_ =
        keep_open(std::make_unique<Flaky>(), [] { return std::unique_ptr<VideoSource>(std::make_unique<Flaky>()); });
    std::atomic<int> inside = 0, alarms = 0;
    std::atomic<bool> alone = true;
    std::uint64_t last = 0;
    bool rising = true;
    for (int round = 0; round < 5; ++round) {
        const int before = alarms;
        last = 0;
        ASSERT_TRUE(kept_->start(
            [&](const VideoFrame& one) {
                if (inside++ != 0) alone = false;
                rising = rising && (one.sequence == 0 || one.sequence > last);
                last = one.sequence;
                --inside;
            },
            [&](const Error&) {
                if (inside++ != 0) alone = false;
                ++alarms;
                (void)kept_->granted();
                --inside;
            }));
        while (alarms < before + 20) (void)kept_->granted();
        kept_->stop();
        EXPECT_GT(last, 90U);
    }
    EXPECT_TRUE(alone);
    EXPECT_TRUE(rising);
}

class ReopeningSound : public ::testing::Test {
protected:
    void start() {
        kept_ = keep_open(std::make_unique<FakeSound>(first_, "Mic"), openings_.open_again());
        ASSERT_TRUE(kept_->start(log_.on_item(), log_.on_lost()));
    }
    [[nodiscard]] std::vector<std::int64_t> numbers() const {
        std::vector<std::int64_t> found;
        for (const SoundBlock& one : log_.items()) found.push_back(one.first_frame);
        return found;
    }
    std::shared_ptr<Device<SoundBlock>> first_ = std::make_shared<Device<SoundBlock>>();
    std::shared_ptr<Device<SoundBlock>> again_ = std::make_shared<Device<SoundBlock>>();
    Log<SoundBlock> log_;
    Openings<AudioSource> openings_;
    std::unique_ptr<AudioSource> kept_;
};

TEST_F(ReopeningSound, TheCountLeapsOverTheTimeWithoutSound) {
    openings_.add(std::unique_ptr<AudioSource>(std::make_unique<FakeSound>(again_, "Mic again")));
    start();
    first_->deliver(block(0, 100));
    first_->deliver(block(960, 120));
    first_->lose(unplugged());
    ASSERT_TRUE(wait_for_start(*again_));
    again_->deliver(block(480, 1140));
    again_->deliver(block(1440, 1160));
    EXPECT_EQ(numbers(), (std::vector<std::int64_t>{0, 960, 1920 + 48'000, 1920 + 48'960}));
    EXPECT_EQ(log_.alarms(), (std::vector<std::string>{"Unplugged."}));
    EXPECT_EQ(kept_->granted().name, "Mic again");
}

TEST_F(ReopeningSound, TheCountNeverLeapsBackWhateverTheNewClockSays) {
    openings_.add(std::unique_ptr<AudioSource>(std::make_unique<FakeSound>(again_, "Mic")));
    start();
    first_->deliver(block(0, 100));
    first_->lose(unplugged());
    ASSERT_TRUE(wait_for_start(*again_));
    again_->deliver(block(0, 90));
    EXPECT_EQ(numbers(), (std::vector<std::int64_t>{0, 960}));
}

TEST_F(ReopeningSound, HalfASecondOfNothingIsAnAlarmThatNamesTheMicrophone) {
    start();
    first_->deliver(block(0, 100));
    ASSERT_TRUE(log_.wait_for_alarms(1));
    EXPECT_NE(log_.alarms()[0].find("microphone Mic has stopped"), std::string::npos) << log_.alarms()[0];
}

}  // namespace
}  // namespace changji
