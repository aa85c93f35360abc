// What the README tells people to type works, in the order in which it stands there.

#include <gtest/gtest.h>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

const fs::path source = CHANGJI_SOURCE_DIR;

std::vector<std::string> lines_of_readme() {
    std::ifstream file(source / "README.md");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

/// The indented lines that begin so, without what follows a #.
std::vector<std::string> commands(const std::string& program) {
    std::vector<std::string> found;
    for (const std::string& line : lines_of_readme()) {
        if (!line.starts_with("    " + program + " ")) continue;
        const std::string command = line.substr(4 + program.size() + 1);
        found.push_back(command.substr(0, command.find("  #")));
    }
    return found;
}

TEST(Readme, EveryCommandOfTheProgramWorks) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const std::string in = "cd '" + folder.path().string() + "' && ";
    const std::string clip =
        "ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:rate=25 -f lavfi -i sine=sample_rate=48000 -t 2 "
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac ";
    ASSERT_EQ(run(in + "mkdir deliveries && " + clip + "interview.mp4 && " + clip +
                  "phone.mov && cp interview.mp4 deliveries/")
                  .exit_code,
              0);
    const auto all = commands("changji");
    ASSERT_GE(all.size(), 5u);
    for (const std::string& command : all) {
        // No camera and no microphone here: the scene and its sound. 1 is a verdict, not a fault.
        const auto result = run(in + changji_command(command));
        EXPECT_LE(result.exit_code, 1) << command << "\n" << result.output << result.errors;
    }
    EXPECT_TRUE(fs::exists(folder.path() / "interview" / "takes" / "take-001.mp4"));
    EXPECT_TRUE(fs::exists(folder.path() / "overview.html"));
}

TEST(Readme, EveryVerbOfDevIsKnown) {
    const auto help = run("LC_ALL=C '" + (source / "dev").string() + "' help").output;
    const auto verbs = commands("./dev");
    ASSERT_GE(verbs.size(), 2u);
    for (const std::string& verb : verbs) {
        EXPECT_NE(help.find("\n  " + verb.substr(0, verb.find(' ')) + " "), std::string::npos) << verb << "\n" << help;
    }
}

TEST(Readme, EveryLinkAndPictureIsThere) {
    std::size_t seen = 0;
    for (const std::string& line : lines_of_readme()) {
        for (std::size_t at = 0; (at = line.find("](", at)) != std::string::npos; ++at) {
            const std::string target = line.substr(at + 2, line.find(')', at) - at - 2);
            if (target.starts_with("http")) continue;
            ++seen;
            EXPECT_TRUE(fs::exists(source / target)) << target;
        }
    }
    EXPECT_GE(seen, 5u);
}

}  // namespace
}  // namespace changji::test
