// What `changji check --quick` costs for a clip as long as an interview may be: 15 minutes of 1080p at 8 Mbit/s, as a
// flat MP4 with its index first, with its index last, and in fragments as a crash leaves it. Matroska has no index that
// tells every picture's time, so all of it has to be read: it is shown, without an aim. Beside it ffprobe on the same
// file, and what the program takes to start alone: 250 shared libraries. The aim is for the whole command.
//
//   bench_check [--seconds=N] [--rounds=N]
//
// Needs ffmpeg and ffprobe, and changji beside itself. Exits with 1 when the aim is missed.

#include <cstdio>

#include "tests/bench/program_cost.hpp"
#include "tests/support/media.hpp"

namespace {

namespace fs = std::filesystem;
using namespace changji::bench;

constexpr double longest_ms = 100.0;

struct Kind {
    const char* name;
    const char* file;
    Words options;
    bool has_aim;
};

/// Ten seconds of noise, again and again: no sample table is shorter for that.
fs::path make_seed(const fs::path& folder) {
    const fs::path seed = folder / "seed.mp4";
    run({"ffmpeg",     "-v",      "error",    "-nostdin",
         "-f",         "lavfi",   "-i",       "testsrc2=size=1920x1080:rate=25:duration=10,noise=alls=12:allf=t",
         "-f",         "lavfi",   "-i",       "sine=sample_rate=48000:duration=10",
         "-c:v",       "libx264", "-preset",  "ultrafast",
         "-pix_fmt",   "yuv420p", "-b:v",     "8M",
         "-maxrate",   "8M",      "-bufsize", "8M",
         "-g",         "25",      "-bf",      "0",
         "-c:a",       "aac",     "-ac",      "2",
         seed.string()},
        folder / "seed.txt");
    return seed;
}

fs::path make_clip(const fs::path& seed, const Kind& kind, int seconds) {
    const fs::path clip = seed.parent_path() / kind.file;
    Words words{"ffmpeg", "-v",  "error",       "-nostdin", "-stream_loop",
                "-1",     "-i",  seed.string(), "-t",       std::to_string(seconds),
                "-c",     "copy"};
    words.insert(words.end(), kind.options.begin(), kind.options.end());
    words.push_back(clip.string());
    run(words, seed.parent_path() / "clip.txt");
    return clip;
}

}  // namespace

int main(int count, char** words) {
    const Told told(count, words);
    const int seconds = told.number("seconds", 900, 10), rounds = told.number("rounds", 9, 1);
    const changji::test::TemporaryFolder workplace;
    const fs::path& folder = workplace.path();
    live_in(folder);
    std::fprintf(stderr, "Making clips of %d s ...\n", seconds);
    const fs::path seed = make_seed(folder);
    const auto repeated = [&](const Words& command) {
        std::vector<Cost> costs;
        for (int round = 0; round < rounds; ++round) costs.push_back(run(command, folder / "log.txt"));
        return costs;
    };
    const std::string changji = beside_this_program("changji").string();
    const double start_ms = 1e3 * median(repeated({changji, "--version"}), &Cost::processor_s);
    std::printf("Milliseconds of processor; the program's start alone takes %.0f.\n\n", start_ms);
    std::printf("| 15 minutes of          | changji | beyond its start | ffprobe | memory, MB |\n");
    std::printf("|------------------------|--------:|-----------------:|--------:|-----------:|\n");
    bool missed = false;
    for (const Kind& kind : {Kind{"MP4, index first", "first.mp4", {"-movflags", "+faststart"}, true},
                             Kind{"MP4, index last", "last.mp4", {}, true},
                             Kind{"MP4 in fragments", "fragments.mp4", {"-movflags", "frag_keyframe+empty_moov"}, true},
                             Kind{"Matroska", "clip.mkv", {}, false}}) {
        const fs::path clip = make_clip(seed, kind, seconds);
        // A clip that fails a clause is told by the exit code; sh makes it a success, as only the cost counts here.
        const auto ours =
            repeated({"sh", "-c", "\"$0\" check --quick --json \"$1\" || test $? -eq 1", changji, clip.string()});
        const auto theirs = repeated({"ffprobe", "-v", "error", "-show_format", "-show_streams", clip.string()});
        const double all_ms = 1e3 * median(ours, &Cost::processor_s);
        missed = missed || (kind.has_aim && all_ms > longest_ms);
        std::printf("| %-16s %3.0f MB | %7.0f | %16.0f | %7.0f | %10.0f |\n", kind.name,
                    static_cast<double>(fs::file_size(clip)) / 1e6, all_ms, all_ms - start_ms,
                    1e3 * median(theirs, &Cost::processor_s), median(ours, &Cost::memory_mb));
        fs::remove(clip);
    }
    std::printf("\nThe aim for MP4, %.0f ms in all, is %s.\n", longest_ms, missed ? "missed" : "met");
    return missed ? 1 : 0;
}
