// `changji check` against files whose faults are known.

#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* good_video =
    "-f lavfi -i testsrc2=size=1920x1080:rate=25:duration=1 -f lavfi -i sine=sample_rate=48000:duration=1 -ac 2 "
    "-pix_fmt yuv420p -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 -c:v libx264 "
    "-preset ultrafast -profile:v high -bf 0 -c:a aac -movflags +faststart";

struct Variant {
    const char* name;
    const char* more;  ///< encoder options that make it differ from a good file
    const char* file;
    const char* check;  ///< the finding that must fail
};

class CheckVariants : public testing::TestWithParam<Variant> {};

TEST_P(CheckVariants, FailsJustForItsFault) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const auto file = folder.path() / GetParam().file;
    ASSERT_EQ(run(std::string("ffmpeg -v error ") + good_video + " " + GetParam().more + " '" + file.string() + "'")
                  .exit_code,
              0);
    const auto result = changji("check --json '" + file.string() + "'");
    EXPECT_EQ(result.exit_code, 1) << result.errors;
    const auto checked = json_of(result)["files"][0];
    EXPECT_EQ(finding(checked, GetParam().check).value("status", ""), "fail") << checked["findings"].dump(1);
    EXPECT_EQ(checked.value("verdict", ""), "fail");
}

INSTANTIATE_TEST_SUITE_P(
    All, CheckVariants,
    testing::Values(Variant{"Small", "-s 1280x720", "small.mp4", "video.size"},
                    Variant{"FourByThree", "-vf scale=1440:1080,setsar=1", "narrow.mp4", "video.aspect"},
                    Variant{"QuickTime", "", "take.mov", "container.brand"},
                    Variant{"Matroska", "", "take.mkv", "container.brand"},
                    Variant{"Mpeg4Part2", "-c:v mpeg4 -profile:v 0", "old.mp4", "video.codec"},
                    Variant{"NotSquare", "-vf scale=1440:1080,setsar=4/3", "anamorphic.mp4", "video.sample_aspect"},
                    Variant{"FullChroma", "-pix_fmt yuv444p -profile:v high444", "444.mp4", "video.pixel_format"},
                    Variant{"NoSound", "-an", "silent.mp4", "audio.present"}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Check, AGoodFilePassesItsFileClauses) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const auto file = folder.path() / "good.mp4";
    ASSERT_EQ(run(std::string("ffmpeg -v error ") + good_video + " '" + file.string() + "'").exit_code, 0);
    const auto result = changji("check --quick --json '" + file.string() + "'");
    EXPECT_EQ(result.exit_code, 0) << result.output;
    for (const auto& one : json_of(result)["files"][0]["findings"]) {
        EXPECT_NE(one.value("status", ""), "fail") << one.dump(1);
        if (one.value("check", "").starts_with("video.")) {
            EXPECT_EQ(one.value("status", ""), "pass") << one.dump(1);
        }
    }
}

TEST(Check, ABrokenFileNeverStopsTheRun) {
    CHANGJI_NEEDS_MEDIA("c07_face_moov_unreachable.mp4");
    const auto result = changji("check --quick --json '" + media_folder().string() + "'");
    const auto files = json_of(result)["files"];
    EXPECT_GE(files.size(), 15u);
    EXPECT_EQ(result.exit_code, 2) << "one of them can't be read";
    for (const auto& one : files) {
        // Photos and what a folder says of them are judged by other clauses; see delivery_files_test.
        const std::string name = one.value("file", "");
        if (name.ends_with(".jpg") || name == media_folder().string()) continue;
        EXPECT_EQ(one.value("verdict", ""), "fail") << name << " is no compliant file";
    }
}

TEST(Commands, EachHasHelpWithAnExampleInBothLanguages) {
    for (const char* command : {"record", "check", "package", "devices", "takes", "preset", "doctor"}) {
        const auto english = changji(std::string(command) + " --help");
        EXPECT_EQ(english.exit_code, 0);
        EXPECT_NE(english.output.find("Example"), std::string::npos) << command;
        const auto chinese = changji(std::string(command) + " --help --language zh_CN");
        EXPECT_NE(chinese.output.find("示例"), std::string::npos) << command;
    }
}

TEST(Commands, EachPrintsOneJsonDocument) {
    for (const char* command : {"devices --json", "preset list --json", "preset show hunan-2022-message --json",
                                "preset validate --json", "doctor --json"}) {
        const auto result = changji(command);
        EXPECT_EQ(result.exit_code, 0) << command << result.errors;
        EXPECT_TRUE(json_of(result).is_object()) << command;
    }
}

}  // namespace
}  // namespace changji::test
