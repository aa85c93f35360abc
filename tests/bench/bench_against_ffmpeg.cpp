// Records the same clip at its own pace with changji (all meters on) and with the ffmpeg program, the same encoder
// settings in both, by turns, and compares processor time, peak memory and frames lost. The clip is the demo scene as
// a webcam would deliver it: Motion JPEG 1920×1080 at 25/s, 4:2:2, full-range BT.601, with speech. With --peers=yes
// OBS Studio records it as well, on a screen of its own.
//
//   bench_against_ffmpeg [--seconds=N] [--rounds=N] [--preset=NAME] [--clip=FILE] [--keep=FOLDER] [--peers=yes]
//
// Needs ffmpeg and ffprobe, and changji beside itself; for the peers obs-studio, xvfb and xdotool. Exits with 1 when an
// aim is missed.

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/bench/obs.hpp"
#include "tests/bench/program_cost.hpp"
#include "tests/support/media.hpp"

namespace {

namespace fs = std::filesystem;
using namespace changji::bench;

constexpr double most_processor_ratio = 1.15, most_memory_ratio = 0.5;

struct Options {
    int seconds = 40;
    int rounds = 3;
    std::string preset = "superfast";
    fs::path clip;
    fs::path keep;
    bool peers = false;
};

int frames_in(const fs::path& file, const fs::path& folder) {
    run({"ffprobe", "-v", "error", "-count_packets", "-select_streams", "v", "-show_entries", "stream=nb_read_packets",
         "-of", "csv=p=0", file.string()},
        folder / "frames.txt");
    return std::atoi(changji::test::content_of(folder / "frames.txt").c_str());
}

Words changji_words(const Options& options, const std::string& camera, const fs::path& project) {
    return {beside_this_program("changji").string(),
            "record",
            "--json",
            "--camera",
            camera,
            "--microphone",
            "camera",
            "--rate",
            "25",
            "--duration",
            std::to_string(options.seconds),
            "--encoder",
            "libx264:" + options.preset,
            "--project",
            project.string()};
}

Words ffmpeg_words(const Options& options, const fs::path& clip, const fs::path& file, const fs::path& progress) {
    return {"ffmpeg",
            "-v",
            "error",
            "-nostdin",
            "-progress",
            progress.string(),
            "-re",
            "-t",
            std::to_string(options.seconds),
            "-i",
            clip.string(),
            "-vf",
            "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
            "-r",
            "25",
            "-c:v",
            "libx264",
            "-preset",
            options.preset,
            "-crf",
            "20",
            "-maxrate",
            "12M",
            "-bufsize",
            "12M",
            "-profile:v",
            "high",
            "-g",
            "25",
            "-bf",
            "0",
            "-flags",
            "+cgop",
            "-x264-params",
            "force-cfr=1:8x8dct=1",
            "-color_range",
            "tv",
            "-colorspace",
            "bt709",
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-c:a",
            "aac",
            "-b:a",
            "192k",
            "-ar",
            "48000",
            "-ac",
            "2",
            "-movflags",
            "+frag_keyframe+empty_moov+delay_moov+default_base_moof",
            "-frag_duration",
            "500000",
            "-y",
            file.string()};
}

/// The demo scene in the form of a webcam's stream.
fs::path make_clip(const Options& options, const fs::path& folder) {
    std::fprintf(stderr, "Making a clip of %d s ...\n", options.seconds);
    Options quick = options;
    quick.preset = "ultrafast";
    run(changji_words(quick, "demo", folder / "scene"), folder / "scene.json");
    const fs::path take = folder / "scene" / "takes" / "take-001.mp4";
    const fs::path clip = folder / "clip.avi";
    run({"ffmpeg", "-v", "error", "-nostdin", "-i", take.string(), "-vf",
         "scale=out_color_matrix=bt601:out_range=pc,format=yuvj422p", "-c:v", "mjpeg", "-q:v", "3", "-c:a", "pcm_s16le",
         "-y", clip.string()},
        folder / "clip.txt");
    fs::remove_all(folder / "scene");
    return clip;
}

Cost record_with_changji(const Options& options, const fs::path& clip, const fs::path& folder) {
    const fs::path project = folder / "project", log = folder / "changji.json";
    fs::remove_all(project);
    Cost cost = run(changji_words(options, clip.string(), project), log);
    const auto report = nlohmann::json::parse(changji::test::content_of(log));
    const int repeated = report.at("losses").at("frames_repeated").get<int>();
    const fs::path take = project / "takes" / report.at("file").get<std::string>();
    cost.frames_lost = 25 * options.seconds - frames_in(take, folder) + repeated;
    return cost;
}

Cost record_with_ffmpeg(const Options& options, const fs::path& clip, const fs::path& folder) {
    const fs::path file = folder / "ffmpeg.mp4", progress = folder / "progress.txt";
    Cost cost = run(ffmpeg_words(options, clip, file, progress), folder / "ffmpeg.txt");
    const std::string said = changji::test::content_of(progress);
    const std::size_t repeats = said.rfind("dup_frames=");
    const int repeated = repeats == std::string::npos ? 0 : std::atoi(said.c_str() + repeats + 11);
    cost.frames_lost = 25 * options.seconds - frames_in(file, folder) + repeated;
    return cost;
}

/// False when the aim is missed.
bool print_row(const char* name, double ours, double theirs, double most_ratio) {
    const double ratio = ours / theirs;
    std::printf("| %-21s | %8.1f | %8.1f | %5.2f | ≤ %.2f |\n", name, ours, theirs, ratio, most_ratio);
    return ratio <= most_ratio;
}

bool print_table(const Options& options, const std::vector<Cost>& ours, const std::vector<Cost>& theirs) {
    std::array<char, 32> today{};
    const std::time_t now = std::time(nullptr);
    std::strftime(today.data(), today.size(), "%Y-%m-%d", std::localtime(&now));
    std::printf("%s, %u processor cores, x264 %s, %d s of 1920x1080 at 25/s, medians of %d rounds\n\n", today.data(),
                std::thread::hardware_concurrency(), options.preset.c_str(), options.seconds, options.rounds);
    std::printf("|                       |  changji |   ffmpeg | ratio |    aim |\n");
    std::printf("|-----------------------|---------:|---------:|------:|-------:|\n");
    bool met = print_row("processor time, s", median(ours, &Cost::processor_s), median(theirs, &Cost::processor_s),
                         most_processor_ratio);
    met &= print_row("peak memory, MB", median(ours, &Cost::memory_mb), median(theirs, &Cost::memory_mb),
                     most_memory_ratio);
    print_row("  private memory, MB", median(ours, &Cost::private_memory_mb), median(theirs, &Cost::private_memory_mb),
              most_memory_ratio);
    double lost_by_us = 0.0, lost_by_them = 0.0;
    for (const Cost& cost : ours) lost_by_us = std::max(lost_by_us, cost.frames_lost);
    for (const Cost& cost : theirs) lost_by_them = std::max(lost_by_them, cost.frames_lost);
    std::printf("| %-21s | %8.0f | %8.0f | %5s | %6s |\n", "frames lost, at most", lost_by_us, lost_by_them, "", "0");
    return met && lost_by_us <= 0.0;
}

void print_peers(const Options& options, const std::vector<Cost>& ours, const std::vector<Cost>& theirs,
                 const std::vector<Cost>& obs) {
    const auto row = [&](const char* name, double Cost::*figure) {
        std::printf("| %-24s | %8.1f | %8.1f | %10.1f |\n", name, median(ours, figure), median(theirs, figure),
                    median(obs, figure));
    };
    std::printf("\n|                          |  changji |   ffmpeg | OBS Studio |\n");
    std::printf("|--------------------------|---------:|---------:|-----------:|\n");
    row("processor time, s", &Cost::processor_s);
    row("peak memory, MB", &Cost::memory_mb);
    std::printf("| %-24s | %8.0f | %8.0f | %10.0f |\n",
                ("late or lost of " + std::to_string(25 * options.seconds)).c_str(), median(ours, &Cost::frames_lost),
                median(theirs, &Cost::frames_lost), median(obs, &Cost::frames_lost));
}

Options read_options(const Told& told) {
    const Options usual;
    return {told.number("seconds", usual.seconds, 2),
            told.number("rounds", usual.rounds, 1),
            told.text("preset", usual.preset),
            told.text("clip", ""),
            told.text("keep", ""),
            told.text("peers", "") == "yes"};
}

}  // namespace

int main(int count, char** words) {
    const Options options = read_options(Told(count, words));
    const changji::test::TemporaryFolder workplace;
    live_in(workplace.path());
    const fs::path folder = options.keep.empty() ? workplace.path() : options.keep;
    fs::create_directories(folder);

    const fs::path clip = options.clip.empty() ? make_clip(options, folder) : options.clip;
    std::vector<Cost> ours, theirs, obs;
    for (int round = 1; round <= options.rounds; ++round) {
        ours.push_back(record_with_changji(options, clip, folder));
        theirs.push_back(record_with_ffmpeg(options, clip, folder));
        std::fprintf(stderr, "round %d: changji %.1f s %.0f MB, lost %.0f; ffmpeg %.1f s %.0f MB, lost %.0f\n", round,
                     ours.back().processor_s, ours.back().memory_mb, ours.back().frames_lost, theirs.back().processor_s,
                     theirs.back().memory_mb, theirs.back().frames_lost);
        if (!options.peers) continue;
        obs.push_back(record_with_obs(clip, options.seconds, options.preset, folder));
        std::fprintf(stderr, "round %d: OBS Studio %.1f s %.0f MB, late %.0f\n", round, obs.back().processor_s,
                     obs.back().memory_mb, obs.back().frames_lost);
    }
    const bool met = print_table(options, ours, theirs);
    if (options.peers) print_peers(options, ours, theirs, obs);
    return met ? 0 : 1;
}
