#include "capture/devices.hpp"
#include "capture/sources/microphone_clock.hpp"
#include "capture/sources/microphone_feed.hpp"
#include "capture/sources/open.hpp"
#include "tests/capture/listener.hpp"
#include "tests/support/sound_server.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::Environment;
using test::Listener;
using test::microphone;

std::vector<double> left_channel(std::span<const SoundBlock> blocks) {
    std::vector<double> samples;
    for (const SoundBlock& block : blocks) {
        for (std::size_t i = 0; i < block.interleaved().size(); i += sound_channels) {
            samples.push_back(block.interleaved()[i]);
        }
    }
    return samples;
}

/// Amplitude of one frequency (Goertzel's sum, written out).
double amplitude_at(std::span<const double> samples, double frequency_hz) {
    double real = 0, imaginary = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double phase = 2 * std::numbers::pi * frequency_hz * static_cast<double>(i) / sound_rate_hz;
        real += samples[i] * std::cos(phase);
        imaginary += samples[i] * std::sin(phase);
    }
    return 2 * std::hypot(real, imaginary) / static_cast<double>(samples.size());
}

void expect_contiguous(std::span<const SoundBlock> blocks) {
    std::int64_t next = 0;
    for (const SoundBlock& block : blocks) {
        EXPECT_EQ(block.first_frame, next);
        EXPECT_GE(block.frames(), 240U);
        EXPECT_LE(block.frames(), 4800U);
        next += static_cast<std::int64_t>(block.frames());
    }
}

/// Half a second of steady tone out of what was heard.
std::vector<double> steady_tone(Listener& listener) {
    const auto samples = left_channel(listener.blocks());
    const std::size_t half = sound_rate_hz / 2;
    return samples.size() < half ? samples : std::vector<double>(samples.end() - half, samples.end());
}

TEST(Microphone, AToneArrivesWithItsFrequencyItsLevelAndWithoutGaps) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const Environment address("PULSE_SERVER", server->address());
    const test::TemporaryFolder folder;
    const std::string tone = (folder.path() / "tone.wav").string();
    test::write_tone(tone, 1000, 0.5, 20);
    auto source = open_microphone(microphone("pulse:desk"));
    ASSERT_TRUE(source) << in_english(source.error().message);
    EXPECT_EQ((*source)->granted().name, "Desk Microphone");
    EXPECT_EQ((*source)->granted().sample_rate_hz, 48'000);
    EXPECT_EQ((*source)->granted().channels, 2);
    server->play(tone);
    Listener listener;
    const CaptureTime before = steady_clock::now();
    listener.listen(**source);
    ASSERT_TRUE(listener.wait_for_blocks(100));
    (*source)->stop();
    const CaptureTime after = steady_clock::now();

    const auto blocks = listener.blocks();
    expect_contiguous(blocks);
    EXPECT_TRUE(listener.losses().empty());
    EXPECT_NEAR(amplitude_at(steady_tone(listener), 1000), 0.5, 0.02);
    EXPECT_LT(amplitude_at(steady_tone(listener), 2000), 0.01);
    EXPECT_GT(blocks.front().captured_at, before - 500ms);
    EXPECT_LT(blocks.back().captured_at, after);
}

TEST(Microphone, AutoTakesTheDefaultSourceThatIsNoMonitor) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const Environment address("PULSE_SERVER", server->address());
    auto chosen = open_microphone(microphone("auto"));
    ASSERT_TRUE(chosen) << in_english(chosen.error().message);
    EXPECT_EQ((*chosen)->granted().name, "Desk Microphone");

    server->command("set-default-source mic.monitor");
    chosen = open_microphone(microphone("auto"));
    ASSERT_TRUE(chosen) << in_english(chosen.error().message);
    EXPECT_EQ((*chosen)->granted().name, "Desk Microphone");
}

TEST(Microphone, TheListTellsRateChannelsAndWhatIsMuted) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const Environment address("PULSE_SERVER", server->address());
    server->command("load-module module-null-sink sink_name=field rate=44100 channels=1");
    server->command("set-source-mute field.monitor 1");
    const auto microphones = list_microphones();
    const auto find = [&microphones](const std::string& source) {
        const auto found = std::find_if(microphones.begin(), microphones.end(),
                                        [&source](const auto& listed) { return listed.source == source; });
        return found == microphones.end() ? MicrophoneDevice{} : *found;
    };
    EXPECT_EQ(find("pulse:desk").sample_rate_hz, 48'000);
    EXPECT_EQ(find("pulse:desk").channels, 2);
    EXPECT_FALSE(find("pulse:desk").is_muted);
    EXPECT_TRUE(find("pulse:desk").problem.empty());
    EXPECT_EQ(find("pulse:field.monitor").sample_rate_hz, 44'100);
    EXPECT_EQ(find("pulse:field.monitor").channels, 1);
    EXPECT_TRUE(find("pulse:field.monitor").is_muted);
    EXPECT_NE(in_english(find("pulse:field.monitor").problem).find("is muted"), std::string::npos);
}

TEST(Microphone, AMissingOneNamesThoseThereAre) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const Environment address("PULSE_SERVER", server->address());
    const auto source = open_microphone(microphone("pulse:studio"));
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().kind, ErrorKind::DeviceNotFound);
    const std::string sentence = in_english(source.error().message);
    EXPECT_NE(sentence.find("There is no microphone studio."), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("Desk Microphone"), std::string::npos) << sentence;
}

TEST(Microphone, AKilledServerIsDeviceLostOnce) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const Environment address("PULSE_SERVER", server->address());
    auto source = open_microphone(microphone("pulse:desk"));
    ASSERT_TRUE(source);
    Listener listener;
    listener.listen(**source);
    ASSERT_TRUE(listener.wait_for_blocks(5));
    server->kill();
    ASSERT_TRUE(listener.wait_for_loss());
    (*source)->stop();
    ASSERT_EQ(listener.losses().size(), 1U);
    EXPECT_EQ(listener.losses()[0].kind, ErrorKind::DeviceLost);
    EXPECT_NE(in_english(listener.losses()[0].message).find("Desk Microphone"), std::string::npos);
}

TEST(Microphone, AServerThatSleepsIsDeviceLostAndNothingHangs) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const Environment address("PULSE_SERVER", server->address());
    auto source = open_microphone(microphone("pulse:desk"));
    auto stopped = open_microphone(microphone("pulse:desk"));
    ASSERT_TRUE(source && stopped);
    Listener listener, other;
    listener.listen(**source);
    other.listen(**stopped);
    ASSERT_TRUE(listener.wait_for_blocks(5));
    server->sleep();
    (*stopped)->stop();
    stopped = Error{};  // closed while the server sleeps
    EXPECT_TRUE(other.losses().empty());
    ASSERT_TRUE(listener.wait_for_loss());
    (*source)->stop();
    EXPECT_EQ(listener.losses().size(), 1U);
    EXPECT_EQ(listener.losses()[0].kind, ErrorKind::DeviceLost);
    EXPECT_NE(in_english(listener.losses()[0].message).find("stopped sending sound"), std::string::npos);

    const auto none = open_microphone(microphone("pulse:desk"));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::DeviceNotFound);
    EXPECT_TRUE(list_microphones().empty() || list_microphones().front().source.starts_with("alsa:"));
}

TEST(Microphone, WithoutAServerTheErrorSaysWhatToDo) {
    const Environment address("PULSE_SERVER", "unix:/nowhere/socket");
    const auto source = open_microphone(microphone("pulse:desk"));
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().kind, ErrorKind::DeviceNotFound);
    EXPECT_NE(in_english(source.error().message).find("No sound server answers"), std::string::npos);
}

TEST(Microphone, AlsaNamesReachAlsa) {
    const auto none = open_microphone(microphone("alsa:no-such-device"));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::DeviceNotFound);
    EXPECT_NE(in_english(none.error().message).find("no-such-device"), std::string::npos);
}

TEST(Microphone, AToneArrivesThroughAlsaToo) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    const test::TemporaryFolder folder;
    const std::string rules = (folder.path() / "asound.conf").string(), tone = (folder.path() / "tone.wav").string();
    std::ofstream(rules) << "pcm.desk { type pulse server \"" << server->address() << "\" device \"desk\" }\n";
    const Environment configuration("ALSA_CONFIG_PATH", rules);
    test::write_tone(tone, 1000, 0.25, 20);
    auto source = open_microphone(microphone("alsa:desk"));
    if (!source) GTEST_SKIP() << "NOT TESTED: ALSA's pulse plugin (libasound2-plugins) is not installed";
    server->play(tone);
    Listener listener;
    listener.listen(**source);
    ASSERT_TRUE(listener.wait_for_blocks(100));
    (*source)->stop();
    expect_contiguous(listener.blocks());
    EXPECT_NEAR(amplitude_at(steady_tone(listener), 1000), 0.25, 0.01);
}

TEST(MicrophoneFeed, MonoBecomesTheSameSignalInBothChannelsAtFullLevel) {
    auto feed = MicrophoneFeed::open({AV_SAMPLE_FMT_FLT, 16'000, 1});
    ASSERT_TRUE(feed);
    std::vector<float> mono(16'000);
    for (std::size_t i = 0; i < mono.size(); ++i) {
        mono[i] = 0.5F * static_cast<float>(std::sin(2 * std::numbers::pi * 440 * static_cast<double>(i) / 16'000));
    }
    std::vector<SoundBlock> blocks;
    feed->add({reinterpret_cast<const std::uint8_t*>(mono.data()), mono.size() * sizeof(float)});
    feed->hand_on(steady_clock::now(), [&blocks](SoundBlock block) { blocks.push_back(std::move(block)); });
    ASSERT_GE(blocks.size(), 49U);
    expect_contiguous(blocks);
    const auto left = left_channel(blocks);
    EXPECT_NEAR(amplitude_at(std::span(left).subspan(4800, 24'000), 440), 0.5, 0.005);
    for (const SoundBlock& block : blocks) {
        for (std::size_t i = 0; i < block.interleaved().size(); i += 2) {
            ASSERT_EQ(block.interleaved()[i], block.interleaved()[i + 1]);
        }
    }
}

CaptureTime at(Nanoseconds time) { return CaptureTime{time}; }

TEST(ArrivalClock, LateArrivalsDoNotMoveIt) {
    ArrivalClock clock;
    for (int block = 1; block <= 200; ++block) {
        const Nanoseconds jitter = block % 5 == 0 ? 0ms : 15ms;
        clock.arrived(block * 960, at(block * 20ms + jitter));
    }
    EXPECT_EQ(clock.time_of(200 * 960), at(4s));
}

TEST(ArrivalClock, AMachineThatIsBusyForHalfASecondDoesNotMoveIt) {
    ArrivalClock clock;
    for (int block = 1; block <= 50; ++block) clock.arrived(block * 960, at(block * 20ms));
    for (int block = 51; block <= 75; ++block) clock.arrived(block * 960, at(1500ms));
    EXPECT_EQ(clock.time_of(75 * 960), at(1500ms));
    EXPECT_EQ(clock.time_of(0), at(0ms));
}

TEST(ArrivalClock, AFirstArrivalThatIsLateIsCorrectedByTheNextOne) {
    ArrivalClock clock;
    clock.arrived(960, at(70ms));
    clock.arrived(1920, at(41ms));
    EXPECT_EQ(clock.time_of(0), at(1ms));
}

TEST(ArrivalClock, AMicrophoneThatRunsTwoHundredPpmSlowIsFollowedWithinAMillisecond) {
    ArrivalClock clock;
    for (int block = 1; block <= 45'000; ++block) clock.arrived(block * 960, at(block * Nanoseconds{20'004'000}));
    EXPECT_NEAR(to_seconds(clock.time_of(45'000 * 960LL) - at(45'000 * Nanoseconds{20'004'000})), 0.0, 0.001);
}

TEST(ArrivalClock, LostSoundShowsInTheTimesWithinASecond) {
    ArrivalClock clock;
    for (int block = 1; block <= 50; ++block) clock.arrived(block * 960, at(block * 20ms));
    for (int block = 51; block <= 51 + 45; ++block) clock.arrived(block * 960, at(block * 20ms + 300ms));
    EXPECT_EQ(clock.time_of(100 * 960), at(2300ms));
}

}  // namespace
}  // namespace changji
