// Measures a take with `changji measure` and decodes it with the ffmpeg program, by turns, and compares the time on the
// clock. Both take FFmpeg's own number of decoding threads. The take has the bit rate of a real one (8 Mbit/s): the
// demo scene with a camera's noise in it. It lasts three minutes: an interview lasts up to fifteen, and what a file
// costs once, however long it is (starting, the report, its stills and bites), weighs three times as much in a minute.
//
//   bench_measure [--seconds=N] [--rounds=N] [--clip=FILE]
//
// Needs ffmpeg, and changji beside itself. Exits with 1 when the aim is missed.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "tests/bench/program_cost.hpp"
#include "tests/support/media.hpp"

namespace {

namespace fs = std::filesystem;
using namespace changji::bench;

constexpr double most_time_ratio = 1.15;

struct Options {
    int seconds = 180;
    int rounds = 5;
    fs::path clip;
};

Options read_options(const Told& told) {
    const Options usual;
    return {told.number("seconds", usual.seconds, 4), told.number("rounds", usual.rounds, 1), told.text("clip", "")};
}

/// Ten seconds of the scene, again and again under noise that never repeats.
fs::path make_clip(const Options& options, const fs::path& folder) {
    std::fprintf(stderr, "Making a clip of %d s ...\n", options.seconds);
    run({beside_this_program("changji").string(), "record", "--camera", "demo", "--microphone", "camera", "--duration",
         "10", "--encoder", "libx264:ultrafast", "--project", (folder / "scene").string()},
        folder / "scene.txt");
    const fs::path clip = folder / "clip.mp4";
    run({"ffmpeg",       "-v",
         "error",        "-nostdin",
         "-stream_loop", "-1",
         "-i",           (folder / "scene" / "takes" / "take-001.mp4").string(),
         "-t",           std::to_string(options.seconds),
         "-vf",          "noise=alls=6:allf=t",
         "-c:v",         "libx264",
         "-preset",      "superfast",
         "-b:v",         "8M",
         "-maxrate",     "12M",
         "-bufsize",     "12M",
         "-g",           "25",
         "-bf",          "0",
         "-c:a",         "aac",
         "-b:a",         "192k",
         "-ar",          "48000",
         "-y",           clip.string()},
        folder / "clip.txt");
    return clip;
}

}  // namespace

int main(int count, char** words) {
    const Options options = read_options(Told(count, words));
    const changji::test::TemporaryFolder workplace;
    const fs::path& folder = workplace.path();
    live_in(folder);
    const fs::path clip = options.clip.empty() ? make_clip(options, folder) : fs::absolute(options.clip);
    std::vector<Cost> ours, theirs;
    for (int round = 1; round <= options.rounds; ++round) {
        ours.push_back(
            run({beside_this_program("changji").string(), "measure", "--json", "--to", folder.string(), clip.string()},
                folder / "measure.json"));
        theirs.push_back(
            run({"ffmpeg", "-v", "error", "-nostdin", "-i", clip.string(), "-f", "null", "-"}, folder / "ffmpeg.txt"));
        std::fprintf(stderr, "round %d: changji %.2f s (%.2f s of processor), ffmpeg %.2f s (%.2f s)\n", round,
                     ours.back().elapsed_s, ours.back().processor_s, theirs.back().elapsed_s,
                     theirs.back().processor_s);
    }
    const double time_ratio = median(ours, &Cost::elapsed_s) / median(theirs, &Cost::elapsed_s);
    const double work_ratio = median(ours, &Cost::processor_s) / median(theirs, &Cost::processor_s);
    std::printf(
        "%u processor cores, medians of %d rounds: %.2f times the time (aim: at most %.2f), %.2f times the "
        "processor time of ffmpeg\n",
        std::thread::hardware_concurrency(), options.rounds, time_ratio, most_time_ratio, work_ratio);
    return time_ratio <= most_time_ratio ? 0 : 1;
}
