// `changji check` over many files: streams, journals, pages, repaired copies.

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::vector<json> lines_of(const std::string& text) {
    std::vector<json> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(json::parse(line));
    return lines;
}

/// Three small clips, one file that is no clip, one in a folder below.
class CheckMany : public testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        fs::create_directories(in() / "deep");
        make("a.mp4", "-movflags +faststart");
        make("b.mov", "");
        make("deep/c.mp4", "");
        std::ofstream(in() / "broken.mp4") << "this is no clip";
        std::ofstream(in() / "notes.txt") << "read me";
    }
    void make(const std::string& name, const std::string& options) const {
        ASSERT_EQ(
            run("ffmpeg -v error -f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -f lavfi -i "
                "sine=sample_rate=48000:duration=1 -ac 2 -pix_fmt yuv420p -c:v libx264 -preset ultrafast -c:a aac " +
                options + " " + in_quotes(in() / name))
                .exit_code,
            0);
    }
    [[nodiscard]] fs::path in() const { return folder_.path() / "in"; }
    [[nodiscard]] fs::path at(const std::string& name) const { return folder_.path() / name; }

private:
    TemporaryFolder folder_;
};

TEST_F(CheckMany, ABrokenFileNeverStopsTheRunAndEachHasItsLine) {
    const auto result = changji("check --jsonl " + in_quotes(in()));
    EXPECT_EQ(result.exit_code, 2) << "one can't be read";
    std::set<std::string> names;
    for (const json& line : lines_of(result.output)) {
        EXPECT_EQ(line["schema"], "changji.check/1");
        EXPECT_EQ(line.contains("error"), line["file"].get<std::string>().ends_with("broken.mp4")) << line.dump();
        names.insert(fs::path(line["file"].get<std::string>()).filename());
    }
    EXPECT_EQ(names, (std::set<std::string>{"a.mp4", "b.mov", "c.mp4", "broken.mp4"}));
}

TEST_F(CheckMany, OneDocumentHoldsAllInOrder) {
    const auto document = json_of(changji("check --json --jobs 3 " + in_quotes(in())));
    std::vector<std::string> names;
    for (const json& file : document["files"]) names.push_back(fs::path(file["file"].get<std::string>()).filename());
    EXPECT_EQ(names, (std::vector<std::string>{"a.mp4", "b.mov", "broken.mp4", "c.mp4"}));
    EXPECT_TRUE(document["files"][0].contains("measures")) << "the meters ran";
    const auto quick = json_of(changji("check --quick --json " + in_quotes(in())));
    EXPECT_FALSE(quick["files"][0].contains("measures"));
    EXPECT_EQ(finding(quick["files"][0], "decode").value("status", ""), "unmeasured");
}

TEST_F(CheckMany, ARunThatWasBrokenOffGoesOnWhereItWas) {
    const std::string command = "check --jsonl --resume " + in_quotes(at("run.jsonl")) + " " + in_quotes(in());
    const auto first = changji(command);
    EXPECT_EQ(lines_of(first.output).size(), 4u);
    // As after a kill: the last line is missing, and half of another is there.
    std::string journal = content_of(at("run.jsonl"));
    ASSERT_EQ(lines_of(journal).size(), 4u);
    const auto last = journal.rfind('\n', journal.size() - 2);
    std::ofstream(at("run.jsonl"), std::ios::trunc) << journal.substr(0, last + 20);
    // One has changed since.
    fs::last_write_time(in() / "a.mp4", fs::last_write_time(in() / "a.mp4") + std::chrono::seconds(5));
    const auto second = changji(command);
    EXPECT_EQ(second.exit_code, first.exit_code);
    EXPECT_EQ(lines_of(second.output).size(), 4u);
    const auto grown = lines_of(content_of(at("run.jsonl"))).size();
    EXPECT_TRUE(grown == 5 || grown == 4) << "the missing one, and the changed one if that is another: " << grown;
    const auto third = changji(command);
    EXPECT_EQ(lines_of(content_of(at("run.jsonl"))).size(), grown) << "nothing is checked again";
    EXPECT_NE(third.errors.find("4 were taken over"), std::string::npos) << third.errors;
    const auto refused = changji("check --resume " + in_quotes(in() / "notes.txt") + " " + in_quotes(in()));
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_EQ(content_of(in() / "notes.txt"), "read me");
}

TEST_F(CheckMany, ThePageHasAllFilesWithStillsAndNothingFromTheNetwork) {
    const auto result = changji("check --quick --html " + in_quotes(at("page.html")) + " " + in_quotes(in()));
    EXPECT_EQ(result.exit_code, 2);
    const std::string page = content_of(at("page.html"));
    for (const char* part :
         {"a.mp4", "b.mov", "c.mp4", "broken.mp4", "href=\"in/deep/c.mp4\"", "data:image/jpeg;base64,"})
        EXPECT_NE(page.find(part), std::string::npos) << part;
    for (const char* part : {"http:", "https:", "<link", "src=\"/"})
        EXPECT_EQ(page.find(part), std::string::npos) << part;
    const auto chinese =
        changji("check --quick --language zh_CN --html " + in_quotes(at("页.html")) + " " + in_quotes(in() / "a.mp4"));
    EXPECT_NE(content_of(at("页.html")).find("lang=zh-CN"), std::string::npos) << chinese.errors;
}

TEST_F(CheckMany, ContradictionsAreRefused) {
    EXPECT_EQ(changji("check --json --jsonl " + in_quotes(in())).exit_code, 2);
    EXPECT_EQ(changji("check --reencode " + in_quotes(in())).exit_code, 2);
    EXPECT_EQ(changji("check --fix " + in_quotes(in() / "a.mp4") + " " + in_quotes(in())).exit_code, 2);
    EXPECT_EQ(changji("check " + in_quotes(at("nowhere"))).exit_code, 2);
}

TEST_F(CheckMany, CopiesAreRepairedLosslesslyAndOriginalsStayAsTheyAre) {
    const std::string before = content_of(in() / "b.mov") + content_of(in() / "deep" / "c.mp4");
    const std::string command = "check --json --fix " + in_quotes(at("fixed")) + " " + in_quotes(in());
    const auto document = json_of(changji(command));
    EXPECT_EQ(content_of(in() / "b.mov") + content_of(in() / "deep" / "c.mp4"), before);
    for (const char* name : {"b.mp4", "deep/c.mp4"}) {
        const auto copy = json_of(changji("check --quick --json " + in_quotes(at("fixed") / name)))["files"][0];
        for (const char* check : {"container.brand", "container.moov_first", "video.frame_rate"})
            EXPECT_EQ(finding(copy, check).value("status", ""), "pass") << name << check;
    }
    EXPECT_EQ(document["files"][1]["repaired"]["by"], "copying") << document["files"][1]["repaired"].dump(1);
    const std::string copied = content_of(at("fixed") / "b.mp4");
    const auto again = json_of(changji(command));
    EXPECT_TRUE(again["files"][1]["repaired"].contains("problem")) << "nothing is replaced";
    EXPECT_EQ(content_of(at("fixed") / "b.mp4"), copied);
}

TEST(CheckRepair, EncodingTurnsConvertsAndEvensOutWhereItIsAskedFor) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path bad = folder.path() / "phone.mov", turned = folder.path() / "turned.mov";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:rate=25:duration=1 -f lavfi -i "
                  "sine=sample_rate=44100:duration=1 -vf scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p,"
                  "setparams=range=pc:colorspace=smpte170m -c:v libx264 -preset ultrafast -c:a aac -ac 1 " +
                  in_quotes(bad))
                  .exit_code,
              0);
    fs::copy_file(bad, turned);
    turn_picture(turned, 180);
    const auto without = json_of(changji("check --quick --json --fix " + in_quotes(folder.path() / "copied") + " " +
                                         in_quotes(turned)))["files"][0];
    EXPECT_EQ(without["repaired"]["by"], "copying") << "nothing is encoded unless it is asked for";
    const auto with = json_of(changji("check --quick --json --reencode --fix " + in_quotes(folder.path() / "encoded") +
                                      " " + in_quotes(turned)))["files"][0];
    ASSERT_EQ(with["repaired"].value("by", ""), "encoding") << with["repaired"].dump(1);
    EXPECT_EQ(with["repaired"]["still_fails"], json::array()) << with["repaired"].dump(1);
    const fs::path fixed = folder.path() / "encoded" / "turned.mp4";
    const auto video = ffprobe(fixed)["streams"][0];
    EXPECT_EQ(video.value("color_range", ""), "tv");
    EXPECT_EQ(video.value("color_space", ""), "bt709");
    EXPECT_EQ(video.value("nb_frames", ""), "25");
    EXPECT_FALSE(video.contains("side_data_list")) << "turned in the picture, not by a tag";
    EXPECT_FALSE(fs::exists(folder.path() / "encoded" / "turned.part.mp4"));
    // The picture is the original's, upside down: the mean difference after turning it back is an encoder's.
    const auto compared = run("ffmpeg -v info -i " + in_quotes(fixed) + " -noautorotate -i " + in_quotes(bad) +
                              " -lavfi \"[1:v]hflip,vflip,scale=out_range=tv:in_range=pc:in_color_matrix=bt601:"
                              "out_color_matrix=bt709,format=yuv420p[b];[0:v]format=yuv420p[a];[a][b]psnr\" -f null -");
    const auto at = compared.errors.find("average:");
    ASSERT_NE(at, std::string::npos) << compared.errors;
    EXPECT_GT(std::stod(compared.errors.substr(at + 8)), 28.0) << compared.errors.substr(at);
}

}  // namespace
}  // namespace changji::test
