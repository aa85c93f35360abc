// The longest take in real time: nothing is lost, memory stays, sound stays with the picture.

#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "tests/soak/soak.hpp"
#include "tests/support/child.hpp"
#include "tests/support/demanded_picture.hpp"
#include "tests/support/flash_and_beep.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr double skew_ppm = 200;
constexpr double long_enough_to_tell_s = 300;  // below, buffers and meters are still filling, and drift is not known

double mean_mib(std::vector<std::int64_t>::const_iterator from, std::vector<std::int64_t>::const_iterator to) {
    return static_cast<double>(std::accumulate(from, to, std::int64_t{0})) / static_cast<double>(to - from) / 1024;
}

void expect_in_step(const fs::path& take, double from_s, double to_s, const std::string& where) {
    const auto pairs = flashes_and_beeps(take, from_s, to_s);
    tell("sound against picture at the " + where + ": " + summary(pairs));
    ASSERT_GE(static_cast<double>(pairs.size()), (to_s - from_s) * 0.7) << "one a second";
    for (const auto& pair : pairs) {
        EXPECT_GE(pair.sound_late_ms(), -most_early_ms) << "at " << pair.flash_s << " s";
        EXPECT_LE(pair.sound_late_ms(), most_late_ms) << "at " << pair.flash_s << " s";
    }
    // Every flash is one picture, every second: nothing was lost, repeated or shifted.
    const auto flashes_s = flash_times_s(take, from_s, to_s);
    for (std::size_t i = 1; i < flashes_s.size(); ++i) EXPECT_NEAR(flashes_s[i] - flashes_s[i - 1], 1.0, 0.001);
}

void expect_deliverable(const fs::path& take, double seconds) {
    const auto facts = ffprobe(take, "-count_packets");
    for (const auto& stream : facts["streams"]) {
        EXPECT_NEAR(std::stod(stream.value("duration", "0")), seconds, 0.05) << stream.value("codec_type", "");
        EXPECT_NEAR(std::stod(stream.value("start_time", "-1")), 0.0, 0.001);
        if (stream.value("codec_type", "") == "audio") {
            EXPECT_EQ(stream.value("codec_name", ""), "aac");
            EXPECT_EQ(stream.value("sample_rate", ""), "48000");
            EXPECT_EQ(stream.value("channels", 0), 2);
            continue;
        }
        expect_demanded_picture(stream);
        EXPECT_EQ(stream.value("r_frame_rate", ""), "25/1");
        EXPECT_NEAR(std::stod(stream.value("nb_read_packets", "0")), seconds * 25, 0.5);
    }
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take.string() + "' -map 0:a -map 0:v -c:v copy -f null -").errors,
              "");
}

TEST(Soak, TheLongestTakeLosesNothingKeepsItsMemoryAndStaysInStep) {
    const double seconds = std::round(60 * from_environment("CHANGJI_SOAK_MINUTES", 15));
    const TemporaryFolder project;
    SoakDevices devices(1.0, skew_ppm);
    if (!devices.complete()) GTEST_SKIP() << "NOT TESTED: the program pulseaudio is not installed or does not start";

    Child recording(devices.record(project.path(), "--duration " + std::to_string(static_cast<int>(seconds))));
    const auto part = project.path() / "takes" / "take-001.part.mp4";
    ASSERT_TRUE(eventually([&] { return fs::exists(part) && fs::file_size(part) > 100'000; })) << recording.errors();
    const auto interval = std::chrono::milliseconds(static_cast<long>(std::clamp(seconds / 60, 1.0, 10.0) * 1000));
    std::vector<std::int64_t> memory_kib;
    const auto limit = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds * 1.5 + 300);
    while (fs::exists(part) && recording.running() && std::chrono::steady_clock::now() < limit) {
        std::this_thread::sleep_for(interval);
        if (const auto now = recording.memory_kib(); now > 0 && fs::exists(part)) memory_kib.push_back(now);
    }
    const auto exit_code = recording.wait(5min);
    ASSERT_TRUE(exit_code) << "still not finished";
    EXPECT_EQ(*exit_code, 0) << recording.errors();

    const auto report = json_of({*exit_code, recording.output(), recording.errors()});
    const auto losses = report["losses"];
    tell("take of " + std::to_string(static_cast<int>(seconds)) + " s, encoder " + report["encoder"].dump() +
         ", losses " + losses.dump());
    EXPECT_EQ(report["video"].value("frames", 0), static_cast<int>(seconds * 25));
    EXPECT_EQ(losses.value("frames_dropped", -1), 0);
    EXPECT_EQ(losses.value("frames_repeated", -1), 0);
    EXPECT_EQ(losses.value("frames_lost", 0), 0);
    EXPECT_EQ(losses.value("audio_gap_ms", -1), 0);
    if (seconds >= long_enough_to_tell_s) {
        EXPECT_NEAR(losses.value("audio_drift_ppm", 0.0), skew_ppm, 40.0);
    }

    const auto warm_up = seconds >= long_enough_to_tell_s ? std::chrono::seconds(60) / interval : 0;
    ASSERT_GE(memory_kib.size(), 9U + static_cast<std::size_t>(warm_up));
    memory_kib.erase(memory_kib.begin(), memory_kib.begin() + warm_up);
    const auto third = static_cast<std::ptrdiff_t>(memory_kib.size() / 3);
    const double first_mib = mean_mib(memory_kib.begin(), memory_kib.begin() + third);
    const double last_mib = mean_mib(memory_kib.end() - third, memory_kib.end());
    tell("memory: " + std::to_string(first_mib) + " MiB in the first third, " + std::to_string(last_mib) +
         " MiB in the last");
    if (seconds >= long_enough_to_tell_s) {
        EXPECT_LE(last_mib, first_mib + 6.0);
    }

    const auto take = project.path() / "takes" / "take-001.mp4";
    ASSERT_TRUE(fs::exists(take));
    expect_deliverable(take, seconds);
    const double looked_at_s = std::min(30.0, seconds / 2);
    expect_in_step(take, 0, looked_at_s, "start");
    expect_in_step(take, seconds - looked_at_s, seconds, "end");
}

}  // namespace
}  // namespace changji::test
