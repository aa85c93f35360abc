// Bad input gets a clear sentence, the right exit code, and loses nothing.

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdlib>
#include <fstream>
#include <thread>
#include <tuple>

#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

struct BadInput {
    const char* name;
    const char* arguments;   ///< {dir} is a fresh folder
    const char* in_message;  ///< must appear on standard error
};

class BadInputs : public testing::TestWithParam<BadInput> {};

TEST_P(BadInputs, SaysWhatIsWrongAndExitsWithTwo) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "notes.txt") << "These are only words, no picture.\n";
    std::ofstream(folder.path() / "notes.mp4") << "These are only words, no picture.\n";
    std::ofstream(folder.path() / "bad.toml") << "format = 1\nlighting = \"bright\"\n";
    std::string arguments = GetParam().arguments;
    for (auto at = arguments.find("{dir}"); at != std::string::npos; at = arguments.find("{dir}")) {
        arguments.replace(at, 5, folder.path().string());
    }
    const auto result = changji(arguments);
    EXPECT_EQ(result.exit_code, 2) << result.output << result.errors;
    EXPECT_NE(result.errors.find(GetParam().in_message), std::string::npos) << result.errors;
    std::error_code ignored;
    EXPECT_TRUE(!fs::exists(folder.path() / "p" / "takes", ignored) || fs::is_empty(folder.path() / "p" / "takes"))
        << "no take, no rest of one";
    const auto in_json = changji(arguments + " --json");
    EXPECT_EQ(in_json.exit_code, 2);
    static_cast<void>(json_of(in_json));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadInputs,
    testing::Values(
        BadInput{"MissingDevice", "record --camera /dev/video97 --microphone none --project {dir}/p", "/dev/video97"},
        BadInput{"MissingCameraByName", "record --camera 'v4l2:No Such Camera' --microphone none --project {dir}/p",
                 "No Such Camera"},
        BadInput{"MissingFile", "record --camera {dir}/none.mp4 --microphone none --project {dir}/p", "none.mp4"},
        BadInput{"TextFileAsCamera", "record --camera {dir}/notes.txt --microphone none --project {dir}/p",
                 "notes.txt"},
        BadInput{"TextFileNamedMp4", "record --camera {dir}/notes.mp4 --microphone none --project {dir}/p",
                 "notes.mp4"},
        BadInput{"FolderAsCamera", "record --camera {dir} --microphone none --project {dir}/p", "folder"},
        BadInput{"BadGraph", "record --camera lavfi:nosuchfilter --microphone none --project {dir}/p", "nosuchfilter"},
        BadInput{"WrongKeyInPreset", "record --camera demo --preset {dir}/bad.toml --project {dir}/p", "bad.toml:2"},
        BadInput{"UnknownPreset", "record --camera demo --preset mars-2050 --project {dir}/p", "mars-2050"},
        BadInput{"BadDuration", "record --camera demo --duration soon --project {dir}/p", "soon"},
        BadInput{"BadRate", "record --camera demo --rate 24 --project {dir}/p", "24"},
        BadInput{"BadEncoder", "record --camera demo --encoder nosuchencoder --project {dir}/p", "nosuchencoder"},
        BadInput{"BadCrop", "record --camera demo --crop 1,2,3 --project {dir}/p", "1,2,3"},
        BadInput{"UnknownOption", "record --overwrite --project {dir}/p", "overwrite"},
        BadInput{"UnknownCommand", "sing", "sing"}, BadInput{"CheckMissingFile", "check {dir}/none.mp4", ""},
        BadInput{"TakesOfNoProject", "takes list {dir}/nowhere", "nowhere"},
        BadInput{"ValidateBadPreset", "preset validate {dir}/bad.toml", "bad.toml:2"}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(BadInput, AReadOnlyProjectFolderIsRefused) {
    const fs::path unwritable = "/proc/changji-test";  // nobody, not even root, can make a folder there
    const auto result = changji("record --camera demo --duration 1 --project " + unwritable.string());
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.errors.find("/proc/changji-test"), std::string::npos) << result.errors;
}

TEST(BadInput, ABrokenProjectFileIsLeftAlone) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "project.toml") << "preset = \"hunan-2022-interview\nslate";
    const auto result =
        changji("record --camera demo --duration 1 --guest A --project '" + folder.path().string() + "'");
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.errors.find("project.toml"), std::string::npos) << result.errors;
    EXPECT_EQ(fs::file_size(folder.path() / "project.toml"), 36u);
}

TEST(BadInput, ATextFileNamedMp4FailsTheFileClause) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "words.mp4") << "only words";
    const auto result = changji("check --json '" + (folder.path() / "words.mp4").string() + "'");
    EXPECT_EQ(result.exit_code, 2);
    const auto report = json_of(result);
    EXPECT_EQ(report["files"][0].value("verdict", ""), "fail");
}

/// The most memory at a time of the programs of a command line, in MB; its exit status must be 1.
double peak_memory_mb(const std::string& command_line) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::execl("/bin/sh", "sh", "-c", (command_line + " >/dev/null 2>&1").c_str(), nullptr);
        std::_Exit(127);
    }
    int status = 0;
    rusage usage{};
    EXPECT_EQ(::wait4(child, &status, 0, &usage), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 1) << status;
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

TEST(BadInput, APictureOfEightThousandPixelsTakesNoMoreMemoryThanItsFewPictures) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path large = folder.path() / "large.mp4", small = folder.path() / "small.mp4";
    for (const auto& [file, size, seconds] : {std::tuple{large, "7680x4320", "1.2"}, {small, "640x480", "1.2"}}) {
        ASSERT_EQ(run(std::string("ffmpeg -v error -f lavfi -i testsrc2=size=") + size + ":rate=25:duration=" +
                      seconds + " -pix_fmt yuv420p -c:v libx264 -preset ultrafast " + in_quotes(file))
                      .exit_code,
                  0);
    }
    // A picture is 50 MB; the decoder holds some, one a core among them.
    const double beyond = peak_memory_mb(changji_command("check " + in_quotes(large))) -
                          peak_memory_mb(changji_command("check " + in_quotes(small)));
    EXPECT_LT(beyond, 50.0 * (12 + std::thread::hardware_concurrency()));
    RecordProperty("beyond_small_mb", static_cast<int>(beyond));
}

/// A small file system of its own; needs the right to mount.
class SmallDisk {
public:
    explicit SmallDisk(const std::string& size)
        : mounted_(run("mount -t tmpfs -o size=" + size + " tmpfs '" + folder_.path().string() + "'").exit_code == 0) {}
    ~SmallDisk() {
        if (mounted_) static_cast<void>(run("umount -l '" + folder_.path().string() + "'"));
    }
    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] fs::path path() const { return folder_.path(); }

private:
    TemporaryFolder folder_;
    bool mounted_;
};

TEST(BadInput, ATakeThatDoesNotFitTheDiskIsRefusedBeforeItStarts) {
    const SmallDisk disk("20m");
    if (!disk.mounted()) GTEST_SKIP() << "NOT TESTED: mounting a small disk is not allowed here";
    const auto result = changji("record --camera demo --duration 60 --project '" + disk.path().string() + "'");
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_NE(result.errors.find("MB free"), std::string::npos) << result.errors;
}

// A limit on the size of files behaves as a full disk does, at a place that is known: 6 MB, about four seconds.
TEST(BadInput, ADiskThatFillsDuringTheTakeLeavesWhatWasWritten) {
    const TemporaryFolder folder;
    const auto result =
        run("ulimit -f 12000; trap '' XFSZ; exec " +
            changji_command("record --camera 'lavfi:testsrc2=size=1920x1080:rate=25,noise=alls=40:allf=t' "
                            "--microphone none --duration 20 --json --project '" +
                            folder.path().string() + "'"));
    EXPECT_EQ(result.exit_code, 3) << result.errors;
    EXPECT_NE(result.errors.find("disk is full"), std::string::npos) << result.errors;
    const auto take = folder.path() / "takes" / "take-001.mp4";
    ASSERT_TRUE(fs::exists(take)) << result.errors;
    EXPECT_GT(std::stod(ffprobe(take)["format"].value("duration", "0")), 1.5);
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take.string() + "' -f null -").errors, "");
    EXPECT_EQ(json_of(result).value("schema", ""), "changji.take/1");
}

}  // namespace
}  // namespace changji::test
