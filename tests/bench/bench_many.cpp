// `changji check` over many files in one run, of every kind that is sent in: generated clips, each with another fault,
// real clips, photos and sounds (from the folder of real media, where there is one), papers, broken files. The same
// mixture at a quarter, half and all of the files, with --quick and in full: time may grow with their number, memory
// may not. Then the same again with --resume, which checks nothing anew.
//
//   bench_many [--files=N] [--keep=FOLDER]
//
// Needs ffmpeg and zip, and changji beside itself. Exits with 1 when cost grows faster than the files, or memory with
// them. --keep=FOLDER leaves the page, the stream and the document of the full run there.

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <vector>

#include "tests/bench/program_cost.hpp"
#include "tests/support/media.hpp"

namespace {

namespace fs = std::filesystem;
using namespace changji::bench;

constexpr double most_cost_growth = 1.35;    // of a file's share, from a quarter to all
constexpr double most_memory_growth = 1.25;  // from half to all

constexpr std::size_t most_real = 12;

constexpr std::array faults{"",
                            "-s 1280x720",
                            "-r 20",
                            "-pix_fmt yuv422p -profile:v high422",
                            "-color_range pc",
                            "-colorspace smpte170m",
                            "-vf scale=1440:1080,setsar=4/3",
                            "-flags +ilme+ildct -x264-params tff=1",
                            "-ar 44100",
                            "-ac 1",
                            "-c:a libmp3lame",
                            "-an",
                            "-vf drawbox=c=black:h=140:t=fill,drawbox=y=940:h=140:c=black:t=fill",
                            "-af adelay=300:all=1",
                            "-movflags frag_keyframe+empty_moov"};

/// Makes file number `i` of the mixture.
class Mixture {
public:
    explicit Mixture(fs::path folder) : folder_(std::move(folder)) {
        fs::create_directories(folder_);
        const fs::path media = changji::test::media_folder();
        if (media.empty()) {
            std::fprintf(stderr, "There are no real media here: generated files only.\n");
            return;
        }
        // Few enough that a quarter of the files has them all.
        for (const auto& entry : fs::directory_iterator(media)) {
            if (!entry.is_regular_file() || entry.file_size() > 1'200'000) continue;
            const std::string ending = entry.path().extension().string();
            if (ending == ".mp4" || ending == ".webm" || ending == ".jpg") real_.push_back(entry.path());
        }
        std::sort(real_.begin(), real_.end());
        if (real_.size() > most_real) real_.resize(most_real);
    }
    fs::path make(int i) const {
        const std::string number = std::to_string(1000 + i).substr(1);
        switch (i % 8) {
            case 0:
            case 1: return clip(i, number);
            case 2:
            case 3: return real_.empty() ? clip(i, number) : real(i, number);
            case 4: return photo(i, number);
            case 5: return paper(i, number);
            case 6: return cut_short(number);
            default: return noise(i, number);
        }
    }

private:
    fs::path clip(int i, const std::string& number) const {
        const fs::path file = folder_ / (number + "-clip.mp4");
        shell(
            "ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=1920x1080:rate=25:duration=1 -f lavfi -i "
            "sine=frequency=" +
            std::to_string(300 + i) +
            ":sample_rate=48000:duration=1 -ac 2 -pix_fmt yuv420p -color_range tv -colorspace bt709 "
            "-color_primaries bt709 -color_trc bt709 -c:v libx264 -preset ultrafast -profile:v high -bf 0 -c:a aac "
            "-movflags +faststart " +
            faults[static_cast<std::size_t>(i / 8 * 2 + i % 2) % faults.size()] + " '" + file.string() + "'");
        return file;
    }
    /// Each time around with some bytes behind it that no reader minds: another file for whoever compares them.
    fs::path real(int i, const std::string& number) const {
        const fs::path& from = real_[static_cast<std::size_t>(i / 8 * 2 + i % 2) % real_.size()];
        const fs::path file = folder_ / (number + "-" + from.filename().string());
        fs::copy_file(from, file);
        std::ofstream(file, std::ios::app | std::ios::binary)
            .write(
                "\0\0\0\x0b"
                "free000",
                11);
        return file;
    }
    fs::path photo(int i, const std::string& number) const {
        const fs::path file = folder_ / (number + "-photo.jpg");
        shell("ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=2600x2000,noise=alls=" + std::to_string(i % 40 + 1) +
              " -frames:v 1 '" + file.string() + "'");
        return file;
    }
    fs::path paper(int i, const std::string& number) const {
        const std::string text =
            "欢迎收看系列访谈，本期我们邀请到的嘉宾是张三。我们学校今年的就业工作从早春开始，全校"
            "上下一起努力，帮助每一位毕业生找到合适的岗位，访企拓岗，供需对接，一生一策。第" +
            number + "稿。联系人：李四，电话：0731-88880000";
        if (i / 8 % 2 == 0) {
            const fs::path file = folder_ / (number + "-文稿.txt");
            std::ofstream(file) << text << "\n";
            return file;
        }
        const fs::path word = folder_ / "word", file = folder_ / (number + "-文稿.docx");
        fs::create_directories(word);
        std::ofstream(word / "document.xml")
            << "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"
               "main\"><w:body><w:p><w:r><w:t>"
            << text << "</w:t></w:r></w:p></w:body></w:document>";
        shell("cd '" + folder_.string() + "' && zip -q -r '" + file.filename().string() + "' word");
        fs::remove_all(word);
        return file;
    }
    fs::path cut_short(const std::string& number) const {
        const fs::path whole = clip(0, number), file = folder_ / (number + "-cut.mp4");
        fs::rename(whole, file);
        fs::resize_file(file, fs::file_size(file) * 2 / 3);
        return file;
    }
    fs::path noise(int i, const std::string& number) const {
        const fs::path file = folder_ / (number + "-noise.mp4");
        std::ofstream stream(file, std::ios::binary);
        unsigned state = static_cast<unsigned>(i);
        for (int byte = 0; byte < 100'000; ++byte) {
            state = state * 1664525u + 1013904223u;
            stream.put(static_cast<char>(state >> 24));
        }
        return file;
    }
    void shell(const std::string& line) const { run({"sh", "-c", line}, folder_.parent_path() / "making.txt"); }

    fs::path folder_;
    std::vector<fs::path> real_;
};

struct Run {
    int files = 0;
    Cost cost;
};

}  // namespace

int main(int count, char** words) {
    const Told told(count, words);
    const int files = told.number("files", 200, 8);
    const fs::path keep = told.text("keep", "");
    const changji::test::TemporaryFolder workplace;
    const fs::path& folder = workplace.path();
    live_in(folder);
    std::fprintf(stderr, "Making %d files ...\n", files);
    const Mixture mixture(folder / "all");
    std::vector<fs::path> made;
    for (int i = 0; i < files; ++i) made.push_back(mixture.make(i));

    bool missed = false;
    std::printf("%-8s %6s %8s %12s %12s %10s\n", "", "files", "s", "s a file", "processor s", "peak MB");
    for (const char* depth : {"--quick", ""}) {
        std::vector<Run> runs;
        for (const int share : {4, 2, 1}) {
            const fs::path part = folder / ("part" + std::to_string(share));
            fs::create_directories(part);
            for (int i = 0; i < files / share; ++i) {
                const fs::path link = part / made[static_cast<std::size_t>(i)].filename();
                if (!fs::exists(link)) fs::create_hard_link(made[static_cast<std::size_t>(i)], link);
            }
            const fs::path outcome = folder / "outcome";
            fs::remove_all(outcome);
            fs::create_directories(outcome);
            const auto check = [&] {
                // Faults and broken files are told by the exit code; only a crash is none of ours.
                return run({"sh", "-c",
                            "\"$0\" check $1 --jsonl --html \"$2/page.html\" --resume \"$2/journal.jsonl\" \"$3\" || "
                            "test $? -le 2",
                            beside_this_program("changji").string(), depth, outcome.string(), part.string()},
                           outcome / "stream.jsonl");
            };
            runs.push_back({files / share, check()});
            const auto tell = [&](const char* what, const Cost& cost) {
                std::printf("%-8s %6d %8.1f %12.3f %12.1f %10.0f\n", what, files / share, cost.elapsed_s,
                            cost.elapsed_s / (files / share), cost.processor_s, cost.memory_mb);
                std::fflush(stdout);
            };
            tell(*depth ? "quick" : "full", runs.back().cost);
            if (share == 1) tell("again", check());
            if (share == 1 && !*depth && !keep.empty())
                fs::copy(outcome, keep, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        }
        const auto each = [](const Run& one) { return one.cost.processor_s / one.files; };
        missed = missed || each(runs[2]) > most_cost_growth * each(runs[0]) ||
                 runs[2].cost.memory_mb > most_memory_growth * runs[1].cost.memory_mb;
    }
    std::printf("Cost grows with the files and memory does not: %s.\n", missed ? "no" : "yes");
    return missed ? 1 : 0;
}
