// Killed at any moment, a take is rescued by the next start, whole but for its last second.

#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <optional>
#include <vector>

#include "tests/soak/soak.hpp"
#include "tests/support/child.hpp"
#include "tests/support/flash_and_beep.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr double flash_period_s = 2.0;
// A second by the design, and what libx264:superfast holds back: three B-frames, a picture a thread, and the queue.
constexpr double most_lost_s = 1.0 + 0.5;

double seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }
std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) files.push_back(entry.path());
    return files;
}

/// How much before `killed` the take ends. Which flash it shows is known only up to a multiple of the period; the
/// moment when the part file appeared tells which.
double lost_s(const fs::path& take, Clock::time_point appeared, Clock::time_point killed) {
    const double length_s = std::stod(ffprobe(take)["format"].value("duration", "0"));
    const double roughly_s = seconds(killed - appeared) - length_s;
    const auto flashes_s = flash_times_s(take);
    if (flashes_s.empty()) return roughly_s;
    const double after_flash_s = length_s - flashes_s.back();
    const double killed_in_period_s = std::fmod(seconds(killed.time_since_epoch()), flash_period_s);
    const double known_s = killed_in_period_s - after_flash_s;  // plus any multiple of the period
    return known_s + std::round((roughly_s - known_s) / flash_period_s) * flash_period_s;
}

/// After one `takes recover`: everything there can be played to its end, and nothing is left to be done.
void expect_rescued(const fs::path& project, const std::string& when) {
    const auto recovered = changji("takes recover --json " + in_quotes(project));
    ASSERT_EQ(recovered.exit_code, 0) << when << recovered.errors << recovered.output;
    for (const auto& file : files_in(project / "takes")) {
        const std::string name = file.filename();
        EXPECT_EQ(name.find(".part."), std::string::npos) << when << name;
        EXPECT_EQ(name.find("tmp"), std::string::npos) << when << name;
        if (file.extension() != ".mp4") continue;
        const auto decoded = run("ffmpeg -v error -xerror -i " + in_quotes(file) + " -f null -");
        EXPECT_EQ(decoded.exit_code, 0) << when << name;
        EXPECT_EQ(decoded.errors, "") << when << name;
    }
    const auto again = changji("takes recover --json " + in_quotes(project));
    EXPECT_EQ(again.exit_code, 0) << when;
    EXPECT_TRUE(json_of(again)["takes"].empty()) << when << again.output;
}

struct Killed {
    Clock::time_point appeared, killed;
};

bool is_finishing(const fs::path& project) {
    const auto files = files_in(project / "takes");
    return std::any_of(files.begin(), files.end(), [](const fs::path& file) {
        return file.filename().string().find("finish") != std::string::npos;
    });
}

enum class From { Appearance, Finishing };

/// Starts a recording and kills it so long after its part file appeared, or after its finishing began; nothing when it
/// had ended before.
std::optional<Killed> record_and_kill(const SoakDevices& devices, const fs::path& project, const std::string& more,
                                      From from, std::chrono::milliseconds after) {
    Child recording(devices.record(project, "--encoder libx264:superfast " + more));
    const auto part = project / "takes" / "take-001.part.mp4";
    if (!eventually([&] { return fs::exists(part); })) {
        ADD_FAILURE() << "no recording: " << recording.errors();
        return std::nullopt;
    }
    Killed killed{Clock::now(), {}};
    if (from == From::Finishing) {
        while (!is_finishing(project) && recording.running()) std::this_thread::sleep_for(500us);
    }
    if (recording.wait(after)) return std::nullopt;
    killed.killed = recording.kill();
    return killed;
}

TEST(Soak, KilledAtAnyMomentOfRecordingATakeLosesASecondAtMost) {
    const int kills = static_cast<int>(from_environment("CHANGJI_SOAK_KILLS", 50));
    SoakDevices devices(flash_period_s, 0);
    if (!devices.complete()) GTEST_SKIP() << "NOT TESTED: the program pulseaudio is not installed or does not start";
    RandomTimes times(20'221);
    std::vector<double> losses_s;
    int too_early = 0;
    for (int kill = 0; kill < kills; ++kill) {
        const TemporaryFolder project;
        const auto after = times.between(0ms, 8000ms);
        const std::string when = "killed " + std::to_string(after.count()) + " ms after the take began: ";
        const auto killed = record_and_kill(devices, project.path(), "--duration 60", From::Appearance, after);
        ASSERT_TRUE(killed);
        expect_rescued(project.path(), when);
        const auto take = project.path() / "takes" / "take-001.mp4";
        if (!fs::exists(take)) {
            // Before the first fragment there is nothing to save.
            EXPECT_LE(seconds(killed->killed - killed->appeared), most_lost_s) << when;
            ++too_early;
            continue;
        }
        losses_s.push_back(lost_s(take, killed->appeared, killed->killed));
        EXPECT_LE(losses_s.back(), most_lost_s) << when;
        EXPECT_GE(losses_s.back(), -0.1) << when << "the measure itself";
    }
    ASSERT_FALSE(losses_s.empty());
    std::sort(losses_s.begin(), losses_s.end());
    tell(std::to_string(kills) + " kills while recording: lost " + std::to_string(losses_s.front()) + " to " +
         std::to_string(losses_s.back()) + " s, half of them at most " + std::to_string(losses_s[losses_s.size() / 2]) +
         " s; " + std::to_string(too_early) + " before there was anything to save");
}

TEST(Soak, KilledAtAnyMomentOfFinishingATakeLosesNothing) {
    const int kills = static_cast<int>(from_environment("CHANGJI_SOAK_KILLS", 50));
    SoakDevices devices(flash_period_s, 0);
    if (!devices.complete()) GTEST_SKIP() << "NOT TESTED: the program pulseaudio is not installed or does not start";
    constexpr double take_s = 3.0;
    const std::string options = "--duration 3";
    // One that is left alone shows how long each part takes here.
    const TemporaryFolder whole;
    Child undisturbed(devices.record(whole.path(), "--encoder libx264:superfast " + options));
    ASSERT_TRUE(eventually([&] { return fs::exists(whole.path() / "takes" / "take-001.part.mp4"); }));
    const auto appeared = Clock::now();
    while (!is_finishing(whole.path()) && undisturbed.running()) std::this_thread::sleep_for(500us);
    const auto began = Clock::now();
    ASSERT_EQ(undisturbed.wait(), 0) << undisturbed.errors();
    const auto ms = [](Clock::duration duration) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(duration);
    };
    const auto all = ms(Clock::now() - appeared), finishing = ms(Clock::now() - began);

    RandomTimes times(20'222);
    int finished = 0, whole_takes = 0;
    for (int kill = 0; kill < kills; ++kill) {
        const TemporaryFolder project;
        // By turns around the last picture, and within the copying, checking and renaming that follow.
        const auto from = kill % 2 == 0 ? From::Appearance : From::Finishing;
        const auto after = from == From::Appearance ? times.between(all - finishing - 300ms, all)
                                                    : times.between(0ms, finishing + 20ms);
        const std::string when = "killed " + std::to_string(after.count()) + " ms after " +
                                 (from == From::Appearance ? "the take" : "finishing") + " began: ";
        const auto killed = record_and_kill(devices, project.path(), options, from, after);
        finished += !killed;
        expect_rescued(project.path(), when);
        const auto take = project.path() / "takes" / "take-001.mp4";
        ASSERT_TRUE(fs::exists(take)) << when;
        const double length_s = std::stod(ffprobe(take)["format"].value("duration", "0"));
        const bool complete = std::fabs(length_s - take_s) < 0.05;
        EXPECT_TRUE(complete || from == From::Appearance) << when << length_s << " s long";
        EXPECT_GE(length_s, take_s - 0.3 - most_lost_s) << when;
        whole_takes += complete;
    }
    tell(std::to_string(kills) + " kills around the end of a take and in its finishing (" +
         std::to_string(finishing.count()) + " ms): " + std::to_string(whole_takes) + " takes whole, " +
         std::to_string(finished) + " had ended before");
}

TEST(Soak, TheLongestTakeIsRescuedWithinSeconds) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const double minutes = from_environment("CHANGJI_SOAK_RESCUE_MINUTES", 15);
    const TemporaryFolder project;
    ASSERT_EQ(
        changji("record --camera 'lavfi:testsrc2=size=1920x1080:rate=25' --microphone none --duration 1 --project " +
                in_quotes(project.path()))
            .exit_code,
        0);
    // As a recording leaves it: fragments of half a second, about 8 Mbit/s, cut in the middle of the last.
    const auto clip = project.path() / "clip.mp4", part = project.path() / "takes" / "take-002.part.mp4";
    const std::string length = std::to_string(minutes * 60);
    ASSERT_EQ(
        run("ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:rate=25:duration=10,noise=alls=12:allf=t -c:v libx264 "
            "-preset ultrafast -profile:v high -pix_fmt yuv420p -g 25 -bf 0 -b:v 8M -maxrate 8M -bufsize 8M "
            "-video_track_timescale 12800 " +
            in_quotes(clip) + " && ffmpeg -v error -stream_loop -1 -i " + in_quotes(clip) +
            " -f lavfi -i sine=sample_rate=48000 -t " + length +
            " -map 0:v -map 1:a -c:v copy -c:a aac -b:a 192k -ac 2 -movflags "
            "frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration 500000 " +
            in_quotes(part))
            .exit_code,
        0);
    fs::resize_file(part, fs::file_size(part) - 300'000);
    const auto bytes = fs::file_size(part);

    const auto before = Clock::now();
    const auto recovered = changji("takes recover --json " + in_quotes(project.path()));
    const double took_s = seconds(Clock::now() - before);
    tell("rescuing " + std::to_string(minutes) + " minutes (" + std::to_string(bytes >> 20) + " MiB) took " +
         std::to_string(took_s) + " s");
    EXPECT_EQ(recovered.exit_code, 0) << recovered.output << recovered.errors;
    EXPECT_LE(took_s, 5.0);
    const auto take = project.path() / "takes" / "take-002.mp4";
    ASSERT_TRUE(fs::exists(take)) << recovered.output;
    EXPECT_GE(std::stod(ffprobe(take)["format"].value("duration", "0")), minutes * 60 - 1.5);
}

}  // namespace
}  // namespace changji::test
