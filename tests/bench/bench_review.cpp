// What the review of a 15-minute take costs: seeks and steps in the finished file and in its fragments, of an interview
// (the demo scene, recorded by changji beside itself) and of noise at the recorder's highest rate, which is as hard to
// decode as a take can be; and charts of the meters. Prints medians and the worst; fails when an aim is missed.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "analysis/meter_timeline.hpp"
#include "capture/playback.hpp"
#include "tests/bench/program_cost.hpp"
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
    double median = 0, nine_of_ten = 0, worst = 0;
};
Spread spread(std::vector<double> values) {
    std::ranges::sort(values);
    return {values[values.size() / 2], values[values.size() * 9 / 10], values.back()};
}

/// Ten seconds of an interview, as changji records it.
std::filesystem::path record_interview(const std::filesystem::path& folder) {
    const std::string program = beside_this_program("changji").string();
    const auto made = test::run("'" + program + "' record --camera demo --microphone camera --rate 25 --duration 10" +
                                " --encoder libx264:superfast --project '" + (folder / "interview").string() + "'");
    if (made.exit_code > 1) give_up("changji can't record the interview:\n" + made.errors);
    return folder / "interview" / "takes" / "take-001.mp4";
}

/// Ten seconds as the recorder encodes them at its highest rate.
std::filesystem::path make_noise(const std::filesystem::path& folder) {
    const std::filesystem::path noise = folder / "noise.mp4";
    const auto made = test::run(
        "ffmpeg -v error -y -f lavfi -i \"testsrc2=s=1920x1080:r=25:d=10,noise=alls=4:allf=t\" -c:v libx264 "
        "-preset superfast -crf 20 -x264-params keyint=25:scenecut=0 -bf 0 -maxrate 12M -bufsize 12M -pix_fmt "
        "yuv420p '" +
        noise.string() + "'");
    if (made.exit_code != 0) give_up("the ffmpeg program can't make noise:\n" + made.errors);
    return noise;
}

/// The ten seconds ninety times, and sound: 15 minutes of 1920×1080.
std::filesystem::path lengthen(const std::filesystem::path& once, const std::filesystem::path& take,
                               const std::string& muxing) {
    const auto made = test::run("ffmpeg -v error -y -stream_loop 89 -i '" + once.string() +
                                "' -f lavfi -i \"sine=f=300:r=48000:d=900,aformat=channel_layouts=stereo\" -map 0:v "
                                "-map 1:a -c:v copy -c:a aac " +
                                muxing + " '" + take.string() + "'");
    if (made.exit_code != 0) give_up("the ffmpeg program can't make a take:\n" + made.errors);
    return take;
}

/// Of all threads: what the machine's other work doesn't change.
double processor_ms() {
    timespec spent{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) / 1e6;
}

struct Spent {
    std::vector<double> ms, processor_ms;
    std::vector<double> first_ms;  ///< until a picture from close by is there, or the right one
};

void picture(Player& player, std::int64_t frame, Spent& cost) {
    const auto start = Clock::now();
    const double before = processor_ms();
    player.seek(frame);
    std::optional<double> first_ms;
    while (!player.picture(start)) {
        if (player.near_picture() && !first_ms) first_ms = ms_since(start);
        std::this_thread::sleep_for(100us);
    }
    cost.ms.push_back(ms_since(start));
    cost.first_ms.push_back(first_ms.value_or(cost.ms.back()));
    cost.processor_ms.push_back(processor_ms() - before);
}

void print(const char* what, const Spent& cost) {
    const Spread time = spread(cost.ms), processor = spread(cost.processor_ms);
    std::printf("  %-10s %7.1f ms (nine of ten %.1f, worst %.1f), of a processor %.1f (worst %.1f)\n", what,
                time.median, time.nine_of_ten, time.worst, processor.median, processor.worst);
}

/// Looks 100 times a second for two seconds, as a fast window does.
void measure_playing(Player& player, double rate) {
    const std::int64_t frames = player.facts().frames;
    Spent ignored;
    picture(player, frames / 2, ignored);
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

bool measure_player(const std::filesystem::path& take) {
    Spent opening, seeks, forward, back;
    const auto before = Clock::now();
    const double processor_before = processor_ms();
    const auto opened = Player::open(take);
    if (!opened) return std::fprintf(stderr, "%s\n", in_english(opened.error().message).c_str()), false;
    opening.ms.push_back(ms_since(before));
    opening.processor_ms.push_back(processor_ms() - processor_before);
    Player& player = **opened;
    const std::int64_t frames = player.facts().frames;
    for (std::int64_t i = 0; i < 40; ++i) picture(player, i * 104'729 % frames, seeks);
    for (int i = 0; i < 30; ++i) picture(player, frames / 2 + i, forward);
    for (int i = 0; i < 30; ++i) picture(player, frames / 2 + 29 - i, back);
    std::printf("%s: %lld frames\n", take.filename().c_str(), static_cast<long long>(frames));
    print("open", opening);
    print("seek", seeks);
    print("step on", forward);
    print("step back", back);
    for (const double rate : {0.5, 1.0, 2.0, 4.0, -1.0, -2.0, -4.0}) measure_playing(player, rate);
    const Spread seek = spread(seeks.ms);
    const Spread first = spread(seeks.first_ms);
    std::printf("  a seek's first picture, at most a second before: %.1f ms (nine of ten %.1f, worst %.1f)\n",
                first.median, first.nine_of_ten, first.worst);
    const bool met = seek.median <= aim_seek_ms && first.worst <= aim_seek_ms;
    if (!met) std::printf("  missed: a seek takes at most %.0f ms\n", aim_seek_ms);
    return met;
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

int main(int count, char** words) {
    using namespace changji::bench;
    if (count > 1) return measure_player(words[1]) ? 0 : 1;  // a take of one's own
    const changji::test::TemporaryFolder folder;
    bool met = measure_charts();
    const std::string finished = "-movflags +faststart";
    const std::string part = "-movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration 500000";
    const auto interview = record_interview(folder.path());
    met = measure_player(lengthen(interview, folder.path() / "take-001.mp4", finished)) && met;
    met = measure_player(lengthen(interview, folder.path() / "take-001.part.mp4", part)) && met;
    std::printf("As hard as a take can be, without an aim:\n");
    static_cast<void>(measure_player(lengthen(make_noise(folder.path()), folder.path() / "take-002.mp4", finished)));
    return met ? 0 : 1;
}
