#include "capture/sources/microphone_kinds.hpp"
#include "capture/sources/open.hpp"
#include "capture/sources/pulse_watch.hpp"
#include "tests/capture/listener.hpp"
#include "tests/support/sound_server.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::Environment;
using test::Listener;
using test::microphone;

constexpr double beep_period_s = 0.5;

/// When the beeps of what was heard began, as `captured_at` has it, minus when they were fed.
std::vector<double> beep_errors_ms(std::span<const SoundBlock> blocks) {
    std::vector<double> errors;
    CaptureTime quiet_until;
    for (const SoundBlock& block : blocks) {
        for (std::size_t frame = 0; frame < block.frames(); ++frame) {
            if (std::abs((*block.samples)[frame * sound_channels]) < 0.05F) continue;
            const CaptureTime at = block.captured_at + sound_duration(static_cast<std::int64_t>(frame));
            if (at > quiet_until) {
                errors.push_back(std::remainder(to_seconds(at.time_since_epoch()), beep_period_s) * 1e3);
            }
            quiet_until = at + 100ms;
        }
    }
    return errors;
}

double worst(const std::vector<double>& errors) {
    double most = 0.0;
    for (const double error : errors) most = std::max(most, std::abs(error));
    return most;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0.0 : values[values.size() / 2];
}

/// The frames' numbers and times tell the same story, also over an interruption.
void expect_numbers_to_fit_times(std::span<const SoundBlock> blocks) {
    ASSERT_GT(blocks.size(), 1U);
    for (std::size_t at = 1; at < blocks.size(); ++at) {
        const auto end = blocks[at - 1].first_frame + static_cast<std::int64_t>(blocks[at - 1].frames());
        EXPECT_GE(blocks[at].first_frame, end);
    }
    const auto& first = blocks.front();
    const auto& last = blocks.back();
    const Nanoseconds counted = sound_duration(last.first_frame - first.first_frame);
    EXPECT_NEAR(to_seconds(last.captured_at - first.captured_at), to_seconds(counted), 0.5)
        << "the first block of a microphone that returns may come in a burst, and its time is put right after it";
}

std::string words_of(const Error& error) { return in_english(error.message); }

/// A microphone "lav" beside "desk", opened and heard.
class MicrophoneLoss : public testing::Test {
protected:
    void open(const std::string& spec) {
        server_ = test::SoundServer::start();
        if (!server_) GTEST_SKIP() << "NOT TESTED: the program pulseaudio is not installed or does not start";
        address_.emplace("PULSE_SERVER", server_->address());
        server_->add_microphone("lav");
        server_->command("set-default-source lav");
        server_->feed_beeps("lav", beep_period_s);
        auto opened = open_microphone(microphone(spec));
        ASSERT_TRUE(opened) << words_of(opened.error());
        source_ = std::move(*opened);
        ASSERT_EQ(source_->granted().name, "lav");
        listener_.listen(*source_);
        ASSERT_TRUE(listener_.wait_for_blocks(50));
    }
    void plug_in() {
        plugged_at_ = steady_clock::now();
        server_->add_microphone("lav");
        server_->feed_beeps("lav", beep_period_s);
    }
    /// Blocks come again; how long that took is written down.
    void expect_return() {
        ASSERT_TRUE(listener_.wait_for_more_blocks(1));
        RecordProperty("return_ms", std::to_string(to_seconds(steady_clock::now() - plugged_at_) * 1e3));
        EXPECT_LT(to_seconds(steady_clock::now() - plugged_at_), 10.0);
        ASSERT_TRUE(listener_.wait_for_more_blocks(100));
        EXPECT_EQ(source_->granted().name, "lav");
        const auto blocks = listener_.blocks();
        expect_numbers_to_fit_times(blocks);
        const auto errors = beep_errors_ms(std::span(blocks).last(50));
        ASSERT_FALSE(errors.empty());
        EXPECT_LT(worst(errors), 20.0) << "a second after the return sound is in its place";
    }
    std::string loss() { return listener_.losses().empty() ? "" : words_of(listener_.losses().back()); }

    std::unique_ptr<test::SoundServer> server_;
    std::optional<Environment> address_;
    Listener listener_;
    std::unique_ptr<AudioSource> source_;
    steady_clock::time_point plugged_at_ = steady_clock::now();
};

TEST_F(MicrophoneLoss, TimesAreThoseOfTheSoundWithinTenMilliseconds) {
    open("pulse:lav");
    if (IsSkipped()) return;
    ASSERT_TRUE(listener_.wait_for_blocks(250));
    const auto blocks = listener_.blocks();
    const auto errors = beep_errors_ms(std::span(blocks).subspan(50));
    ASSERT_GE(errors.size(), 6U);
    RecordProperty("median_ms", std::to_string(median(errors)));
    RecordProperty("worst_ms", std::to_string(worst(errors)));
    EXPECT_LT(std::abs(median(errors)), 10.0);
}

TEST_F(MicrophoneLoss, AnUnpluggedOneIsToldOnceAndComesBackByItself) {
    open("pulse:lav");
    if (IsSkipped()) return;
    const auto pulled_at = steady_clock::now();
    server_->unload("lav");
    ASSERT_TRUE(listener_.wait_for_loss());
    RecordProperty("alarm_ms", std::to_string(to_seconds(listener_.lost_at() - pulled_at) * 1e3));
    EXPECT_EQ(listener_.losses()[0].kind, ErrorKind::DeviceLost);
    EXPECT_NE(loss().find("The microphone lav was disconnected"), std::string::npos) << loss();
    plug_in();
    expect_return();
    EXPECT_EQ(listener_.losses().size(), 1U);
}

TEST_F(MicrophoneLoss, NoOtherMicrophoneTakesItsPlaceEvenIfAnyWouldDo) {
    open("auto");
    if (IsSkipped()) return;
    server_->add_microphone("lav2");  // a name that contains the wanted one
    server_->unload("lav");
    ASSERT_TRUE(listener_.wait_for_loss());
    const std::size_t before = listener_.blocks().size();
    std::this_thread::sleep_for(1s);
    EXPECT_EQ(listener_.blocks().size(), before);
    plug_in();
    expect_return();
}

TEST_F(MicrophoneLoss, AKilledServerThatIsStartedAgainGivesTheMicrophoneBack) {
    open("pulse:lav");
    if (IsSkipped()) return;
    server_->kill();
    ASSERT_TRUE(listener_.wait_for_loss());
    EXPECT_NE(loss().find("its sound server ended"), std::string::npos) << loss();
    server_->unload("lav");
    ASSERT_TRUE(server_->restart());
    plug_in();
    expect_return();
    EXPECT_EQ(listener_.losses().size(), 1U);
}

TEST_F(MicrophoneLoss, SoundThatPiledUpInASleepingServerIsNotPlayedLate) {
    open("pulse:lav");
    if (IsSkipped()) return;
    server_->sleep();
    ASSERT_TRUE(listener_.wait_for_loss());
    EXPECT_NE(loss().find("stopped sending sound"), std::string::npos) << loss();
    std::this_thread::sleep_for(2s);
    plugged_at_ = steady_clock::now();
    server_->wake();
    expect_return();
    EXPECT_EQ(listener_.losses().size(), 1U);
}

TEST_F(MicrophoneLoss, NobodyCanMoveTheRecordingToAnotherMicrophone) {
    open("pulse:lav");
    if (IsSkipped()) return;
    server_->move_recordings_to("desk");
    ASSERT_TRUE(listener_.wait_for_more_blocks(100));
    const auto blocks = listener_.blocks();
    EXPECT_GE(beep_errors_ms(std::span(blocks).last(75)).size(), 2U) << "still the one that hears the beeps";
}

TEST_F(MicrophoneLoss, ASuspendedOneIsToldAndComesBackWhenItIsWoken) {
    open("pulse:lav");
    if (IsSkipped()) return;
    server_->command("suspend-source lav 1");
    ASSERT_TRUE(listener_.wait_for_loss());
    EXPECT_NE(loss().find("put the microphone lav to sleep"), std::string::npos) << loss();
    plugged_at_ = steady_clock::now();
    server_->command("suspend-source lav 0");
    expect_return();
}

TEST_F(MicrophoneLoss, AMutedOneSaysSoAndGoesOn) {
    open("pulse:lav");
    if (IsSkipped()) return;
    EXPECT_TRUE(source_->granted().problem.empty());
    const auto problem = [this](const std::string& words) {
        for (int attempt = 0; attempt < 100; ++attempt) {
            const std::string now = in_english(source_->granted().problem);
            if (words.empty() ? now.empty() : now.find(words) != std::string::npos) return true;
            std::this_thread::sleep_for(50ms);
        }
        return false;
    };
    server_->command("set-source-mute lav 1");
    EXPECT_TRUE(problem("lav is muted"));
    server_->command("set-source-mute lav 0");
    EXPECT_TRUE(problem(""));
    server_->command("set-source-volume lav 0");
    EXPECT_TRUE(problem("turned down to nothing"));
    EXPECT_TRUE(listener_.wait_for_more_blocks(10));
    EXPECT_TRUE(listener_.losses().empty());
}

TEST(PulseWatch, SeesThatTheServerSwitchedToAnotherMicrophone) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const Environment address("PULSE_SERVER", server->address());
    server->add_microphone("lav");
    auto client = PulseClient::connect(2s);
    ASSERT_TRUE(client);
    // Without PA_STREAM_DONT_MOVE, as on a server that does not obey it.
    const pa_sample_spec shape{PA_SAMPLE_S16LE, 48'000, 2};
    pa_stream* const stream = pa_stream_new(client->context(), "test", &shape, nullptr);
    pa_stream_connect_record(stream, "lav", nullptr, PA_STREAM_NOFLAGS);
    ASSERT_TRUE(client->wait(5s, [stream] { return pa_stream_get_state(stream) == PA_STREAM_READY; }));
    {
        const PulseWatch watch(client->context(), stream, {});
        EXPECT_FALSE(client->wait(200ms, [&watch] { return watch.was_moved(); }));
        server->move_recordings_to("desk");
        EXPECT_TRUE(client->wait(5s, [&watch] { return watch.was_moved(); }));
    }
    pa_stream_disconnect(stream);
    pa_stream_unref(stream);
    EXPECT_NE(words_of(microphone_switched("lav")).find("switched to another microphone"), std::string::npos);
}

}  // namespace
}  // namespace changji
