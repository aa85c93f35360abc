// changji calibrate, as its user runs it.

#include <csignal>
#include <fstream>

#include <gtest/gtest.h>

#include "presets/preset.hpp"
#include "tests/support/child.hpp"
#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* plain = "120+2*N";                                // a wall: no edge anywhere
constexpr const char* cluttered = "128+100*sin(X/(6+N))*sin(Y/(6+N))";  // a chequered one

/// `count` pictures, each a little different: luma is the expression of X, Y and the picture's number N.
void make_pictures(const fs::path& folder, const char* luma, int count) {
    fs::create_directories(folder);
    const auto made =
        run("ffmpeg -v error -f lavfi -i \"nullsrc=s=640x360:r=25,format=gray,geq=lum='" + std::string(luma) +
            "'\" -frames:v " + std::to_string(count) + " '" + folder.string() + "/%02d.png'");
    ASSERT_EQ(made.exit_code, 0) << made.errors;
}

/// Walls are good, chequered ones bad.
void sort_walls(const fs::path& folder, int count, const std::string& good = "good", const std::string& bad = "bad") {
    make_pictures(folder / good, plain, count);
    make_pictures(folder / bad, cluttered, count);
}

Json measure(const Json& report, const std::string& id) {
    for (const auto& one : report["measures"]) {
        if (one["measure"] == id) return one;
    }
    return nullptr;
}

/// The interview's preset with `toml` in the place of all its limits.
Preset preset_with(const std::string& toml, const fs::path& folder) {
    const std::string whole = content_of(fs::path(CHANGJI_SOURCE_DIR) / "presets/hunan-2022-interview.toml");
    const fs::path file = folder / "pasted.toml";
    std::ofstream(file) << whole.substr(0, whole.find("[[meter]]")) << toml;
    const auto checked = changji("preset validate " + in_quotes(file));
    EXPECT_EQ(checked.exit_code, 0) << checked.errors << toml;
    auto outcome = load_preset(file);
    return std::holds_alternative<Preset>(outcome) ? std::get<Preset>(outcome) : Preset();
}

TEST(Calibrate, TellsWallsFromClutterAndItsLimitsCanBePastedIntoAPreset) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    sort_walls(folder.path() / "samples", 10);
    const fs::path limits = folder.path() / "limits.toml";
    const auto result = changji("calibrate " + in_quotes(folder.path() / "samples") + " --json --to " + in_quotes(limits));
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    const Json report = json_of(result);
    EXPECT_EQ(report["schema"], "changji.calibration/1");
    EXPECT_EQ(report["good"], 10);
    EXPECT_EQ(report["bad"], 10);
    const Json clutter = measure(report, "background.clutter");
    EXPECT_EQ(clutter["outcome"], "proposed");
    EXPECT_EQ(clutter["good_when"], "lower");
    EXPECT_DOUBLE_EQ(clutter["auc"].get<double>(), 1.0);
    EXPECT_EQ(clutter["right_left_out"], 20);
    EXPECT_EQ(clutter["proposed"]["bad"]["fail"], 10);
    const double pass_max = clutter["proposed"]["pass_max"].get<double>();
    for (const auto& file : report["files"]) {
        const double value = file["measures"]["background.clutter"].get<double>();
        EXPECT_EQ(file["sorted"] == "good", value <= pass_max) << file["file"];
        EXPECT_EQ(file["sorted"] == "good", value == 0.0) << file["file"];
    }
    EXPECT_EQ(measure(report, "sound.loudness_lufs")["outcome"], "unmeasured");

    EXPECT_EQ(content_of(limits), report["toml"].get<std::string>());
    const Preset preset = preset_with(content_of(limits), folder.path());
    const MeterLimit* const pasted = preset.find_meter("background.clutter");
    ASSERT_TRUE(pasted);
    EXPECT_DOUBLE_EQ(pasted->pass_max.value_or(-1), pass_max);
    EXPECT_EQ(pasted->clause, "四.3-b");
    EXPECT_NE(pasted->source.find("10 good and 10 bad files"), std::string::npos) << pasted->source;
    EXPECT_FALSE(pasted->provisional);
}

TEST(Calibrate, SpeaksChineseAndShowsBothLimitsWithWhatTheyMakeOfTheFiles) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    sort_walls(folder.path(), 4, "合格", "不合格");
    const auto result = changji("calibrate " + in_quotes(folder.path()) + " --language zh_CN");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    for (const char* words : {"已测量：好的 4 个，不好的 4 个。", "杂物  background.clutter", "AUC 1.00", "建议限值：",
                              "现行限值：  ✓ ≤ 0.15  ▲ ≤ 0.3", "好的    ✓ 4  ▲ 0  ✕ 0", "不好的  ✓ 0  ▲ 0  ✕ 4",
                              "文件太少，不足以替换限值：好的、不好的各需 10 个，这里只有 4 个和 4 个。"}) {
        EXPECT_NE(result.output.find(words), std::string::npos) << words << "\n" << result.output;
    }
}

TEST(Calibrate, LimitsFromTooFewFilesAreShownButNotReadyToPaste) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    sort_walls(folder.path() / "samples", 5);
    const Json report = json_of(changji("calibrate " + in_quotes(folder.path() / "samples") + " --json"));
    EXPECT_EQ(measure(report, "background.clutter")["outcome"], "too_few");
    const std::string toml = report["toml"].get<std::string>();
    EXPECT_NE(toml.find("# measure = \"background.clutter\""), std::string::npos) << toml;
    EXPECT_TRUE(preset_with(toml, folder.path()).meters.empty());
}

TEST(Calibrate, RatedFoldersAreSplitAboveTheirMiddleAndCorrelatedByRank) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    make_pictures(folder.path() / "5", plain, 4);
    make_pictures(folder.path() / "3", "128+100*sin(X/(40+N))", 2);
    make_pictures(folder.path() / "1", cluttered, 4);
    const Json report = json_of(changji("calibrate " + in_quotes(folder.path()) + " --json"));
    EXPECT_EQ(report["good_from"], 5.0);
    EXPECT_EQ(report["bad"], 6);
    EXPECT_LT(measure(report, "background.clutter")["spearman"].get<double>(), -0.8);
    EXPECT_EQ(json_of(changji("calibrate " + in_quotes(folder.path()) + " --json --good-from 3"))["good"], 6);
}

TEST(Calibrate, AFileThatCantBeReadIsNamedAndTheOthersCount) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    sort_walls(folder.path(), 3);
    std::ofstream(folder.path() / "good/broken.png") << "no picture";
    fs::create_symlink("nowhere", folder.path() / "bad/lost.png");
    const auto result = changji("calibrate " + in_quotes(folder.path()) + " --json");
    EXPECT_EQ(result.exit_code, 0);
    const Json report = json_of(result);
    EXPECT_EQ(report["good"], 3);
    EXPECT_EQ(report["bad"], 3);
    ASSERT_EQ(report["skipped"].size(), 2u);
    EXPECT_EQ(report["skipped"][0]["file"], "bad/lost.png");
    EXPECT_EQ(report["skipped"][1]["file"], "good/broken.png");
    EXPECT_NE(report["skipped"][1]["reason"].get<std::string>().find("no media file"), std::string::npos);
    const auto shown = changji("calibrate " + in_quotes(folder.path()));
    EXPECT_NE(shown.output.find("Left out: 2 files."), std::string::npos) << shown.output;
    EXPECT_NE(shown.output.find("good/broken.png"), std::string::npos) << shown.output;
}

TEST(Calibrate, NothingIsProposedWhereNoFileOfAKindCanBeRead) {
    const TemporaryFolder folder;
    for (const char* kind : {"good", "bad"}) {
        fs::create_directories(folder.path() / kind);
        std::ofstream(folder.path() / kind / "broken.png") << "no picture";
    }
    const auto result = changji("calibrate " + in_quotes(folder.path()));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.errors.find("good/broken.png: "), std::string::npos) << result.errors;
    EXPECT_NE(result.errors.find("Only 0 good and 0 bad files could be measured"), std::string::npos) << result.errors;
}

TEST(Calibrate, AnUnsortedFolderIsRefusedWithTheLayoutThatIsExpected) {
    const TemporaryFolder folder;
    const auto told = [&](const std::string& name, const std::string& words) {
        const auto result = changji("calibrate " + in_quotes(folder.path() / name));
        EXPECT_EQ(result.exit_code, 2) << name;
        EXPECT_EQ(result.output, "");
        EXPECT_NE(result.errors.find(words), std::string::npos) << result.errors;
    };
    fs::create_directories(folder.path() / "empty");
    told("empty", "make two folders in it, good and bad");
    fs::create_directories(folder.path() / "one/good");
    std::ofstream(folder.path() / "one/good/a.png") << "x";
    told("one", "1 good and 0 bad files");
    told("missing", "can't be read");
    told("one/good/a.png", "can't be read");
    EXPECT_EQ(json_of(changji("calibrate " + in_quotes(folder.path() / "empty") + " --json"))["exit_code"], 2);
}

TEST(Calibrate, AFileThatExistsIsNeverReplaced) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    sort_walls(folder.path() / "samples", 2);
    const fs::path limits = folder.path() / "limits.toml";
    std::ofstream(limits) << "mine";
    const auto result = changji("calibrate " + in_quotes(folder.path() / "samples") + " --to " + in_quotes(limits));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.errors.find("is not replaced"), std::string::npos) << result.errors;
    EXPECT_EQ(content_of(limits), "mine");
    EXPECT_EQ(result.errors.find(" %"), std::string::npos) << "told before anything is measured";
}

TEST(Calibrate, StoppedByCtrlCItProposesNothingFromAPart) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    sort_walls(folder.path() / "samples", 1);
    for (int i = 0; i < 400; ++i) {
        fs::create_symlink("01.png", folder.path() / "samples/good" / ("again" + std::to_string(i) + ".png"));
    }
    const fs::path limits = folder.path() / "limits.toml";
    Child child(changji_command("calibrate " + in_quotes(folder.path() / "samples") + " --to " + in_quotes(limits)));
    ASSERT_TRUE(child.says("samples: 10 %"));
    child.send(SIGINT);
    EXPECT_EQ(child.wait(), 2);
    EXPECT_NE(child.errors().find("Stopped before all files were measured"), std::string::npos) << child.errors();
    EXPECT_EQ(child.output(), "");
    EXPECT_FALSE(fs::exists(limits));
}

TEST(Calibrate, ClutterTellsRealPlainWallsFromABarAShelfAndARoom) {
    const char* const good[] = {"p01_webcam_man_window_side_1080p.jpg", "p02_man_plain_wall_540x.jpg",
                                "v03_face_door_640x360.mp4", "v08_man_headpose_plain_480x270.gif"};
    const char* const bad[] = {"p04_woman_street_bokeh.jpg", "p05_man_sofa_bookshelf_highkey.jpg",
                               "p07_bar_woman_clutter_6000x4000.jpg", "c11_room_clutter_rot180_vfr_720p.mp4"};
    const TemporaryFolder folder;
    const auto sort = [&](const char* kind, const char* name) {
        fs::create_directories(folder.path() / kind);
        fs::create_symlink(media_folder() / name, folder.path() / kind / name);
    };
    for (const char* name : good) {
        CHANGJI_NEEDS_MEDIA(name);
        sort("good", name);
    }
    for (const char* name : bad) {
        CHANGJI_NEEDS_MEDIA(name);
        sort("bad", name);
    }
    const Json clutter =
        measure(json_of(changji("calibrate " + in_quotes(folder.path()) + " --json")), "background.clutter");
    EXPECT_DOUBLE_EQ(clutter["auc"].get<double>(), 1.0);
    EXPECT_EQ(clutter["outcome"], "too_few");
    EXPECT_EQ(clutter["right"], 8);
    EXPECT_EQ(clutter["right_left_out"], 7) << "without the shelf (.19) the limit would lie between .12 and .34";
    EXPECT_GT(clutter["proposed"]["pass_max"].get<double>(), 0.12);
    EXPECT_LT(clutter["proposed"]["pass_max"].get<double>(), 0.34);
}

}  // namespace
}  // namespace changji::test
