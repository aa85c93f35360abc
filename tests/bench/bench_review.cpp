// What the review of a 15-minute take costs: seeks and steps in the finished file and in its fragments, and charts of
// the meters. Prints medians and the worst; fails when an aim is missed.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "analysis/meter_timeline.hpp"
#include "capture/playback.hpp"
#include "tests/support/media.hpp"

namespace changji::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
constexpr double aim_seek_ms = 100.0, aim_charts_ms = 2.0;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

struct Spread {
    double median = 0, worst = 0;
};
Spread spread(std::vector<double> values) {
    std::ranges::sort(values);
    return {values[values.size() / 2], values.back()};
}

/// Twenty seconds as the recorder encodes them, forty-five times: 15 minutes of 1920×1080 with sound.
bool make_take(const std::filesystem::path& folder, const char* name, const char* muxing) {
    const std::string once = (folder / "once.mp4").string(), take = (folder / name).string();
    if (!std::filesystem::exists(once)) {
        const auto made = test::run(
            "ffmpeg -v error -y -f lavfi -i \"testsrc2=s=1920x1080:r=25:d=20,noise=alls=6:allf=t\" -f lavfi -i "
            "\"sine=f=300:r=48000:d=20,aformat=channel_layouts=stereo\" -c:v libx264 -preset superfast -crf 20 -g 25 "
            "-maxrate 12M -bufsize 12M -pix_fmt yuv420p -c:a aac -b:a 192k '" +
            once + "'");
        if (made.exit_code != 0) return false;
    }
    return test::run("ffmpeg -v error -y -stream_loop 44 -i '" + once + "' -c copy " + muxing + " '" + take + "'")
               .exit_code == 0;
}

double picture_ms(Player& player, std::int64_t frame) {
    const auto start = Clock::now();
    player.seek(frame);
    while (!player.picture(start)) std::this_thread::sleep_for(100us);
    return ms_since(start);
}

bool measure_player(const std::filesystem::path& take) {
    const auto before = Clock::now();
    const auto opened = Player::open(take);
    if (!opened) return std::fprintf(stderr, "%s\n", in_english(opened.error().message).c_str()), false;
    const double open_ms = ms_since(before);
    Player& player = **opened;
    std::vector<double> seeks, forward, back;
    const std::int64_t frames = player.facts().frames;
    for (std::int64_t i = 0; i < 60; ++i) seeks.push_back(picture_ms(player, i * 104'729 % frames));
    for (int i = 0; i < 40; ++i) forward.push_back(picture_ms(player, frames / 2 + i));
    for (int i = 0; i < 40; ++i) back.push_back(picture_ms(player, frames / 2 + 39 - i));
    const Spread seek = spread(seeks), on = spread(forward), off = spread(back);
    std::printf(
        "%s: %lld frames, opened in %.0f ms; seek %.1f ms (worst %.1f, aim %.0f), step on %.1f (worst %.1f), step back "
        "%.1f (worst %.1f)\n",
        take.filename().c_str(), static_cast<long long>(frames), open_ms, seek.median, seek.worst, aim_seek_ms,
        on.median, on.worst, off.median, off.worst);
    for (const double rate : {0.5, 1.0, 2.0, 4.0, -1.0, -2.0, -4.0}) measure_playing(player, rate);
    return seek.median <= aim_seek_ms;
}

/// Looks 100 times a second for two seconds, as a fast window does.
void measure_playing(Player& player, double rate) {
    const std::int64_t frames = player.facts().frames;
    static_cast<void>(picture_ms(player, frames / 2));
    const auto start = Clock::now();
    player.play(rate, start);
    int shown = 0, looks = 0;
    std::int64_t furthest_behind = 0;
    for (auto now = start; now < start + 2s; now = Clock::now(), ++looks) {
        if (const auto picture = player.picture(now)) {
            ++shown;
            const std::int64_t off = player.frame_number(now) - static_cast<std::int64_t>(picture->sequence);
            furthest_behind = std::max(furthest_behind, rate < 0 ? -off : off);
        }
        std::this_thread::sleep_for(10ms);
    }
    player.pause(Clock::now());
    std::printf("  at %+.1f: %.1f pictures a second, at most %lld behind, %.1f s passed\n", rate, shown / 2.0,
                static_cast<long long>(furthest_behind),
                to_seconds(player.position(Clock::now()) - tick_time(frames / 2, player.facts().rate)));
}

bool measure_charts() {
    TakeLog log;
    for (int i = 0; i < 4500; ++i) {
        Readings readings;
        for (std::size_t m = 0; m < measure_count; ++m) {
            readings.set(static_cast<Measure>(m), std::sin(i * 0.01 + static_cast<double>(m)));
        }
        log.add(i * row_interval_s, readings);
    }
    auto start = Clock::now();
    const MeterTimeline timeline(log);
    const double laid_out_ms = ms_since(start);
    std::vector<double> times;
    for (int round = 0; round < 200; ++round) {
        start = Clock::now();
        for (std::size_t m = 0; m < measure_count; ++m) {
            const auto columns = timeline.columns(static_cast<Measure>(m), 0.0, timeline.end_s(), 1920);
            if (columns.front().empty()) return false;
        }
        times.push_back(ms_since(start));
    }
    const Spread all = spread(times);
    std::printf("charts of %zu measures, 15 min, 1920 columns: %.2f ms (aim %.0f), laid out once in %.2f ms\n",
                measure_count, all.median, aim_charts_ms, laid_out_ms);
    return all.median <= aim_charts_ms;
}

}  // namespace
}  // namespace changji::bench

int main() {
    using namespace changji::bench;
    const changji::test::TemporaryFolder folder;
    bool met = measure_charts();
    const bool made = make_take(folder.path(), "take-001.mp4", "-movflags +faststart") &&
                      make_take(folder.path(), "take-001.part.mp4",
                                "-movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration "
                                "500000");
    if (!made) return std::fprintf(stderr, "the ffmpeg program can't make the take\n"), 1;
    met = measure_player(folder.path() / "take-001.mp4") && met;
    met = measure_player(folder.path() / "take-001.part.mp4") && met;
    return met ? 0 : 1;
}
