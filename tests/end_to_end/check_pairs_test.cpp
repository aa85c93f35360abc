// `changji check --quick` against ffprobe, mediainfo and mediaconch, two faults in one file: neither hides the other,
// and nothing else is blamed. A part of all pairs; all of them (some 150 files, minutes) with CHANGJI_ALL_PAIRS=1.

#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <regex>

#include "tests/end_to_end/paired_faults.hpp"
#include "tests/support/mediaconch.hpp"
#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

bool go_together(const PairedFault& one, const PairedFault& other) {
    // ffmpeg leaves a Matroska file's fields out: nothing says then that there are two.
    const auto are = [&](std::string_view a, std::string_view b) { return a == one.name && b == other.name; };
    if (are("Fields", "Matroska") || are("Matroska", "Fields")) return false;
    return std::string(one.slot) != other.slot && !one.excludes.contains(other.slot) &&
           !other.excludes.contains(one.slot);
}

using Pair = std::pair<const PairedFault*, const PairedFault*>;

/// All that go together; of these, without CHANGJI_ALL_PAIRS, so many that each fault is there three times or more.
std::vector<Pair> pairs() {
    std::vector<Pair> chosen;
    const auto& all = paired_faults();
    std::map<const PairedFault*, int> uses;
    const bool every = std::getenv("CHANGJI_ALL_PAIRS") != nullptr;
    for (std::size_t apart = all.size() / 2; apart >= 1; --apart) {
        for (std::size_t i = 0; i + apart < all.size(); ++i) {
            const PairedFault &one = all[i], &other = all[i + apart];
            if (!go_together(one, other) || (!every && (uses[&one] >= 2 && uses[&other] >= 2))) continue;
            ++uses[&one];
            ++uses[&other];
            chosen.emplace_back(&one, &other);
        }
    }
    if (!every) return chosen;
    for (std::size_t apart = all.size() / 2 + 1; apart < all.size(); ++apart) {
        for (std::size_t i = 0; i + apart < all.size(); ++i) {
            if (go_together(all[i], all[i + apart])) chosen.emplace_back(&all[i], &all[i + apart]);
        }
    }
    return chosen;
}

fs::path make(const Pair& pair, const fs::path& folder) {
    const auto& [one, other] = pair;
    const std::string ending = one->ending != std::string("mp4") ? one->ending : other->ending;
    const fs::path file = folder / (std::string(one->name) + "-" + other->name + "." + ending);
    std::string filters;
    for (const PairedFault* fault : {one, other}) {
        if (*fault->filter) filters += (filters.empty() ? " -vf " : ",") + std::string(fault->filter);
    }
    const auto made =
        run("ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:rate=25:duration=0.4 -f lavfi -i "
            "sine=sample_rate=48000:duration=0.4" +
            filters +
            " -ac 2 -pix_fmt yuv420p -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 -c:v "
            "libx264 -preset ultrafast -profile:v high -bf 0 -c:a aac -movflags +faststart " +
            one->options + " " + other->options + " " + in_quotes(file));
    EXPECT_EQ(made.exit_code, 0) << file << made.errors;
    return file;
}

void compare_with_ffprobe(const PairedFault& fault, const nlohmann::json& probed) {
    const auto said = [&]() -> std::string {
        const auto text = [&](const nlohmann::json& of) {
            const auto found = of.find(fault.key);
            if (found == of.end()) return of.contains("tags") ? of["tags"].value(fault.key, "") : std::string();
            return found->is_string() ? found->get<std::string>() : found->dump();
        };
        if (fault.stream == std::string("format")) return text(probed["format"]);
        for (const auto& stream : probed["streams"]) {
            if (stream.value("codec_type", "") == fault.stream) return text(stream);
        }
        return "no such stream";
    };
    // FFmpeg names a format of full range yuvj422p.
    EXPECT_EQ(std::regex_replace(said(), std::regex("^yuvj"), "yuv"), fault.says) << "ffprobe on " << fault.name;
}

TEST(Pairs, OfFaultsAreBothFoundAndNothingElse) {
    for (const char* program : {"ffmpeg", "ffprobe", "mediainfo"}) CHANGJI_NEEDS_PROGRAM(program);
    const TemporaryFolder folder;
    const auto made = pairs();
    std::map<std::string, Pair> of;
    for (const Pair& pair : made) of.emplace(make(pair, folder.path()).string(), pair);
    const auto report = json_of(changji("check --quick --json " + in_quotes(folder.path())));
    ASSERT_EQ(report["files"].size(), of.size());
    for (const auto& checked : report["files"]) {
        const std::string file = checked.value("file", "");
        SCOPED_TRACE(file);
        ASSERT_TRUE(of.contains(file));
        const auto& [one, other] = of.at(file);
        const bool silent = one->slot == std::string("sound") || other->slot == std::string("sound");
        for (const auto& found : checked["findings"]) {
            const std::string check = found.value("check", "");
            if (silent && check.starts_with("sound.")) continue;  // without a sound track every sound is missing
            const bool due = one->checks.contains(check) || other->checks.contains(check);
            EXPECT_TRUE(due || found.value("status", "") != "fail") << "a fault that isn't there: " << found.dump(1);
        }
        const auto probed = ffprobe(file);
        for (const PairedFault* fault : {one, other}) {
            // Sizes follow from shapes, so it is the fault's own check that counts.
            const std::string own =
                fault->slot == std::string("shape") ? "video.sample_aspect" : *fault->checks.begin();
            EXPECT_EQ(finding(checked, own).value("status", ""), fault->status) << finding(checked, own).dump(1);
            compare_with_ffprobe(*fault, probed);
            if (!*fault->mediainfo) continue;
            const auto informed = run("mediainfo --Inform='" + std::string(fault->mediainfo) + "' " + in_quotes(file));
            EXPECT_EQ(informed.output.substr(0, informed.output.find('\n')), fault->info_says)
                << "mediainfo on " << fault->name;
        }
        const bool passes = one->conch == Conch::Passes && other->conch == Conch::Passes;
        const auto verdict = mediaconch_verdict(file);
        EXPECT_TRUE(!verdict || verdict->starts_with("pass!") == passes) << *verdict;
    }
}

constexpr const char* whole_clip =
    "-ac 2 -pix_fmt yuv420p -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 -c:v libx264 "
    "-preset ultrafast -profile:v high -bf 0 -g 5 -c:a aac ";

/// What is missing at a file's end is missed, wherever it was cut and however it is laid out.
TEST(CutFiles, AreFoundWhereverTheyWereCut) {
    for (const char* program : {"ffmpeg", "mediainfo"}) CHANGJI_NEEDS_PROGRAM(program);
    const TemporaryFolder folder;
    struct Layout {
        const char* name;
        const char* options;
        bool has_index_first;
    };
    for (const Layout& layout : {Layout{"first", "-movflags +faststart", true}, Layout{"last", "", false},
                                 Layout{"fragments", "-movflags frag_keyframe+empty_moov+delay_moov", true}}) {
        const fs::path whole = folder.path() / (std::string(layout.name) + ".mp4");
        ASSERT_EQ(run("ffmpeg -v error -f lavfi -i testsrc2=size=640x360:rate=25:duration=2 -f lavfi -i "
                      "sine=sample_rate=48000:duration=2 " +
                      std::string(whole_clip) + layout.options + " " + in_quotes(whole))
                      .exit_code,
                  0);
        for (const int percent : {30, 60, 90, 99}) {
            const fs::path cut = folder.path() / (std::string(layout.name) + std::to_string(percent) + "-cut.mp4");
            fs::copy_file(whole, cut);
            fs::resize_file(cut, fs::file_size(whole) * static_cast<std::uintmax_t>(percent) / 100);
        }
    }
    const auto report = json_of(changji("check --json " + in_quotes(folder.path())));
    ASSERT_EQ(report["files"].size(), 15u);
    for (const auto& checked : report["files"]) {
        const fs::path file = checked.value("file", "");
        const std::string name = file.filename().string();
        SCOPED_TRACE(name);
        const bool cut = name.find("-cut") != std::string::npos;
        const std::string status = finding(checked, "decode").is_null()
                                       ? finding(checked, "container.readable").value("status", "")
                                       : finding(checked, "decode").value("status", "");
        EXPECT_EQ(status, cut ? "fail" : "pass") << checked["findings"].dump(1).substr(0, 2000);
        const bool readable = run("ffprobe -v error " + in_quotes(file)).exit_code == 0;
        EXPECT_EQ(readable, finding(checked, "container.readable").is_null()) << "ffprobe";
        if (name.starts_with("first")) {
            const auto informed = run("mediainfo --Inform='General;%IsTruncated%' " + in_quotes(file));
            EXPECT_EQ(informed.output.starts_with("Yes"), cut) << "mediainfo: " << informed.output;
        }
    }
}

TEST(StartOffsets, OfSoundAgainstPictureAreToldAsFfprobeTellsThem) {
    for (const char* program : {"ffmpeg", "mediainfo"}) CHANGJI_NEEDS_PROGRAM(program);
    const TemporaryFolder folder;
    for (const int late_ms : {0, 20, 120, 400}) {
        const fs::path file = folder.path() / (std::to_string(late_ms) + ".mp4");
        ASSERT_EQ(
            run("ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:rate=25:duration=1 -itsoffset " +
                std::to_string(late_ms / 1000.0) + " -f lavfi -i sine=sample_rate=48000:duration=1 -map 0:v -map 1:a " +
                std::string(whole_clip) + "-movflags +faststart " + in_quotes(file))
                .exit_code,
            0);
        double start[2] = {0.0, 0.0};
        const auto probed = ffprobe(file);
        for (const auto& stream : probed["streams"])
            start[stream.value("codec_type", "") == "audio"] = std::stod(stream.value("start_time", "0"));
        EXPECT_NEAR(start[1] - start[0], late_ms / 1000.0, 0.025) << "ffprobe";
        const auto checked = json_of(changji("check --quick --json " + in_quotes(file)))["files"][0];
        const auto found = finding(checked, "av.start");
        EXPECT_EQ(found.value("status", "") == "pass", late_ms <= 20) << late_ms << found.dump(1);
    }
}

TEST(BakedInBars, AreFoundAsCropdetectFindsThem) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    struct Bars {
        const char* name;
        const char* filter;
        const char* crop;  ///< as cropdetect says it
        double share;      ///< of the picture under bars
    };
    for (const Bars& bars :
         {Bars{"none", "null", "crop=1920:1080:0:0", 0.0},
          Bars{"letterbox", "scale=1920:800,pad=1920:1080:0:140:black", "crop=1920:800:0:140", 280.0 / 1080},
          Bars{"pillarbox", "scale=1440:1080,pad=1920:1080:240:0:black", "crop=1440:1080:240:0", 480.0 / 1920}}) {
        SCOPED_TRACE(bars.name);
        const fs::path file = folder.path() / (std::string(bars.name) + ".mp4");
        ASSERT_EQ(run("ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:rate=25:duration=5 -f lavfi -i "
                      "sine=sample_rate=48000:duration=5 -vf " +
                      std::string(bars.filter) + ",setsar=1 " + whole_clip + "-movflags +faststart " + in_quotes(file))
                      .exit_code,
                  0);
        const auto detected =
            run("ffmpeg -nostats -i " + in_quotes(file) + " -vf cropdetect=round=2:reset=0 -an -f null -");
        EXPECT_NE(detected.errors.find(bars.crop), std::string::npos) << "cropdetect";
        const auto checked = json_of(changji("check --json " + in_quotes(file)))["files"][0];
        const auto found = finding(checked, "background.bars");
        EXPECT_EQ(found.value("status", ""), bars.share > 0 ? "fail" : "pass") << found.dump(1);
        EXPECT_NEAR(std::stod(found.value("value", "-1")), bars.share, 0.02) << found.dump(1);
    }
}

}  // namespace
}  // namespace changji::test
