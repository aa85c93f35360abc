// What is installed beside the program: judged by the desktop's own tools where they are at hand.

#include <gtest/gtest.h>
#include <fstream>
#include <iterator>
#include <regex>

#include "tests/support/program.hpp"

namespace changji::test {
namespace {

const std::string desktop = CHANGJI_SOURCE_DIR "/ui/desktop/";

std::string text_of(const std::string& name) {
    std::ifstream file(desktop + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// As --help lists them.
std::vector<std::string> commands() {
    const std::string help = changji("--language en --help").output;
    const std::string list = help.substr(help.find("Subcommands:"));
    std::vector<std::string> found;
    const std::regex line("\n  ([a-z]+) ");
    for (std::sregex_iterator at(list.begin(), list.end(), line), end; at != end; ++at) found.push_back((*at)[1]);
    return found;
}

TEST(Desktop, TheEntryIsValid) {
    CHANGJI_NEEDS_PROGRAM("desktop-file-validate");
    const auto judged = run("desktop-file-validate '" + desktop + "changji.desktop'");
    EXPECT_EQ(judged.exit_code, 0) << judged.output << judged.errors;
}

TEST(Desktop, TheMetadataAreValid) {
    CHANGJI_NEEDS_PROGRAM("appstreamcli");
    const auto judged = run("appstreamcli validate --no-net '" + desktop + "org.changji.Changji.metainfo.xml'");
    EXPECT_EQ(judged.exit_code, 0) << judged.output << judged.errors;
}

TEST(Desktop, BothManualPagesNameEveryCommand) {
    const auto all = commands();
    ASSERT_GE(all.size(), 10u);
    for (const char* const page : {"changji.1", "changji.zh_CN.1"}) {
        const std::string text = text_of(page);
        for (const std::string& command : all)
            EXPECT_NE(text.find(command), std::string::npos) << command << " in " << page;
    }
}

std::string completed(const std::string& words, const std::string& last) {
    const std::string program = changji_command("");
    const std::string script = "changji() { " + program + " \"$@\"; }; . '" + desktop +
                               "completion.bash'; COMP_WORDS=(" + words + "); COMP_CWORD=" + last +
                               "; _changji; printf '%s\\n' \"${COMPREPLY[@]}\"";
    const TemporaryFolder folder;
    const auto file = folder.path() / "complete.sh";
    std::ofstream(file) << script;
    return run("bash '" + file.string() + "'").output;
}

TEST(Desktop, CompletionKnowsCommandsAndOptions) {
    EXPECT_NE(completed("changji ca", "1").find("calibrate\ncamera"), std::string::npos);
    EXPECT_EQ(completed("changji takes comp", "2"), "compare\n");
    EXPECT_NE(completed("changji record --dur", "2").find("--duration"), std::string::npos);
    EXPECT_EQ(completed("changji --language z", "2"), "zh_CN\n");
}

}  // namespace
}  // namespace changji::test
