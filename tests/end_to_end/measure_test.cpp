// changji measure, as its user runs it.

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/media.hpp"
#include "tests/support/onnx_model.hpp"
#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

/// Six seconds with speech-like sound, at the take's own size and rate.
fs::path make_clip(const fs::path& folder, const std::string& picture_filter = "null") {
    const fs::path clip = folder / "clip.mkv";
    const auto made =
        run("ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:rate=25 -f lavfi -i "
            "'aevalsrc=0.2*sin(600*t)*sin(7*t)+0.002*random(0)|0.2*sin(600*t)*sin(7*t):s=48000' -t 6 -vf '" +
            picture_filter +
            "' -c:v libx264 -preset ultrafast -pix_fmt yuv420p -color_range tv -colorspace bt709 "
            "-c:a pcm_s16le '" +
            clip.string() + "'");
    EXPECT_EQ(made.exit_code, 0) << made.errors;
    return clip;
}

TEST(Measure, ReadsTheSameAsARecordingOfTheSameFramesToTheLastDigit) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path clip = make_clip(folder.path());
    const auto measured = changji("measure '" + clip.string() + "'");
    ASSERT_EQ(measured.exit_code, 0) << measured.errors;
    const auto recorded = changji("record --camera '" + clip.string() + "?pace=free' --microphone camera --project '" +
                                  (folder.path() / "project").string() + "'");
    ASSERT_EQ(recorded.exit_code, 0) << recorded.errors;
    const std::string from_file = content_of(fs::path(clip.string() + ".meters.csv"));
    const std::string from_take = content_of(folder.path() / "project/takes/take-001.meters.csv");
    EXPECT_GT(from_file.size(), 1000u);
    EXPECT_EQ(from_file, from_take);
}

TEST(Measure, WritesCsvReportAndEvidenceAndPrintsOneDocument) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path clip = make_clip(folder.path(), "eq=brightness=-0.35");
    const auto result = changji("measure '" + clip.string() + "' --json");
    EXPECT_EQ(result.exit_code, 0) << "a failing clause is a result, not a fault: " << result.errors;
    const auto report = json_of(result);
    EXPECT_EQ(report["schema"], "changji.check/1");
    const auto& file = report["files"][0];
    EXPECT_EQ(file["verdict"], "fail");
    EXPECT_TRUE(file["measures"].contains("light.clipped_percent"));
    EXPECT_TRUE(file["measures"].contains("sound.noise_floor_dbfs"));
    EXPECT_EQ(json_of({0, content_of(fs::path(clip.string() + ".report.json")), ""}), report);
    int stills = 0, bites = 0;
    for (const auto& finding : file["findings"]) {
        if (!finding.contains("evidence")) continue;
        EXPECT_GE(finding["evidence"]["at_s"].get<double>(), 0.0);
        for (const char* kind : {"still", "sound"}) {
            if (!finding["evidence"].contains(kind)) continue;
            const fs::path evidence = folder.path() / finding["evidence"][kind].get<std::string>();
            EXPECT_GT(fs::file_size(evidence), 1000u) << evidence;
            (std::string(kind) == "still" ? stills : bites) += 1;
        }
    }
    EXPECT_GT(stills, 0);
    EXPECT_GT(bites, 0);
}

/// What is wrong with a real clip, by eye and ear, and the evidence that must lie beside its report.
struct RealClip {
    const char* file;
    std::vector<std::string> stills, bites;
};
class RealClips : public ::testing::TestWithParam<RealClip> {};

TEST_P(RealClips, HaveAReportWithTheEvidenceOfWhatIsWrong) {
    CHANGJI_NEEDS_MEDIA(GetParam().file);
    const TemporaryFolder folder;
    const auto measured = changji("measure '" + (media_folder() / GetParam().file).string() + "' --json --to '" +
                                  folder.path().string() + "'");
    ASSERT_EQ(measured.exit_code, 0) << measured.errors;
    const auto report = json_of(measured);
    const auto evidence_of = [&](const std::string& check, const char* kind) {
        for (const auto& finding : report["files"][0]["findings"]) {
            if (finding["check"] != check) continue;
            EXPECT_TRUE(finding["status"] == "warn" || finding["status"] == "fail") << finding;
            return finding.value("evidence", nlohmann::json::object()).value(kind, "");
        }
        return std::string();
    };
    for (const std::string& check : GetParam().stills) {
        const fs::path still = folder.path() / evidence_of(check, "still");
        ASSERT_TRUE(fs::is_regular_file(still)) << check;
        EXPECT_EQ(content_of(still).substr(1, 3), "PNG") << check;
    }
    for (const std::string& check : GetParam().bites) {
        const fs::path bite = folder.path() / evidence_of(check, "sound");
        ASSERT_TRUE(fs::is_regular_file(bite)) << check;
        EXPECT_EQ(content_of(bite).substr(0, 4), "RIFF") << check;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Measure, RealClips,
    testing::Values(RealClip{"v01_face_laptop_backlit_1080x720.mp4",
                             {"light.backlight_stops", "light.face_luma_percent", "light.clipped_percent"},
                             {"sound.loudness_lufs"}},
                    RealClip{
                        "c01_bed_dog_dim_rot270_720p.mp4", {"light.face_luma_percent"}, {"sound.noise_floor_dbfs"}},
                    RealClip{"v12_outdoor_city_640x360.mp4", {"background.clutter"}, {"sound.noise_floor_dbfs"}}),
    [](const auto& named) { return std::string(named.param.file).substr(0, 3); });

TEST(Measure, SoundAloneAndOnePhotoAreMeasured) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const auto sound = folder.path() / "voice.flac", photo = folder.path() / "photo.png";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i sine=440:d=4 '" + sound.string() + "'").exit_code, 0);
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i testsrc2=s=1920x1080 -frames:v 1 '" + photo.string() + "'").exit_code,
              0);
    const auto report = json_of(changji("measure '" + sound.string() + "' '" + photo.string() + "' --json"));
    ASSERT_EQ(report["files"].size(), 2u);
    EXPECT_TRUE(report["files"][0]["measures"].contains("sound.loudness_lufs"));
    EXPECT_FALSE(report["files"][0]["measures"].contains("light.clipped_percent"));
    EXPECT_TRUE(report["files"][1]["measures"].contains("light.clipped_percent"));
}

TEST(Measure, AnHdrClipIsRefusedAndNotTakenForSoundAlone) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const auto clip = folder.path() / "phone.mkv";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i testsrc2=size=640x360:rate=25 -f lavfi -i sine=440 -t 2 -c:v libx264 "
                  "-vf setparams=color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc -pix_fmt yuv420p '" +
                  clip.string() + "'")
                  .exit_code,
              0);
    const auto result = changji("measure '" + clip.string() + "'");
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.errors.find("HDR"), std::string::npos) << result.errors;
    EXPECT_FALSE(fs::exists(clip.string() + ".meters.csv"));
}

TEST(Measure, AFileThatIsNoMediaIsToldAndTheOthersAreMeasured) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const auto text = folder.path() / "notes.mp4";
    std::ofstream(text) << "no film at all";
    const fs::path clip = make_clip(folder.path());
    const auto result = changji("measure '" + text.string() + "' '" + clip.string() + "' --json");
    EXPECT_EQ(result.exit_code, 2);
    const auto report = json_of(result);
    EXPECT_TRUE(report["files"][0].contains("error"));
    EXPECT_TRUE(report["files"][1].contains("measures"));
    EXPECT_FALSE(fs::exists(text.string() + ".meters.csv"));
}

TEST(Measure, AFolderThatCantBeWrittenIsToldBeforeTheFileIsRead) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path clip = make_clip(folder.path());
    const auto result = changji("measure '" + clip.string() + "' --to /proc");
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.errors.find("--to"), std::string::npos) << result.errors;
}

TEST(Measure, APersonModelThatDoesntFitIsToldAndNothingIsMeasuredOrRecorded) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path clip = make_clip(folder.path()), model = folder.path() / "people.onnx";
    std::ofstream(model) << "no network at all";
    const auto measured = changji("measure '" + clip.string() + "' --person-model '" + model.string() + "'");
    EXPECT_EQ(measured.exit_code, 2);
    EXPECT_NE(measured.errors.find("people.onnx is no ONNX model"), std::string::npos) << measured.errors;
    const fs::path project = folder.path() / "project";
    const auto recorded = changji("record --camera demo --duration 2 --project '" + project.string() +
                                  "' --person-model '" + model.string() + "'");
    EXPECT_EQ(recorded.exit_code, 2);
    EXPECT_FALSE(fs::exists(project / "takes" / "take-001.mp4"));
}

TEST(Measure, APersonModelTakesThePeopleOutOfTheBackground) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path clip = make_clip(folder.path()), model = folder.path() / "people.onnx";
    // Whatever is a little blue is a person.
    OnnxModel blue;
    blue.inputs = {{"picture", {1, 3, 96, 160}, 1}};
    blue.weights = {{"weight", {1, 3, 1, 1}, {0, 0, 20}}, {"bias", {1}, {0}}};
    blue.nodes = {{"Conv", {"picture", "weight", "bias"}, "score", {{"kernel_shape", {1, 1}}}},
                  {"Sigmoid", {"score"}, "people", {}}};
    blue.outputs = {{"people", {1, 1, 96, 160}, 1}};
    std::ofstream(model, std::ios::binary) << onnx_file(blue);
    const auto clutter_with = [&](const std::string& option) {
        const auto measured = json_of(changji("measure --json '" + clip.string() + "' " + option));
        return measured["files"][0]["measures"]["background.clutter"]["median"].get<double>();
    };
    EXPECT_NE(clutter_with("--person-model '" + model.string() + "'"), clutter_with(""));
}

TEST(Reference, OfATakeIsShownAndForgotten) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path clip = make_clip(folder.path());
    const std::string project = "'" + folder.path().string() + "'";
    ASSERT_EQ(changji("reference set " + project + " --file '" + clip.string() + "'").exit_code, 0);
    const auto stored = json_of(changji("reference show " + project + " --json"));
    EXPECT_EQ(stored["made_from"], "clip.mkv");
    EXPECT_TRUE(stored["readings"].contains("light.contrast"));
    ASSERT_EQ(changji("reference clear " + project).exit_code, 0);
    EXPECT_TRUE(json_of(changji("reference show " + project + " --json"))["readings"].empty());
    EXPECT_EQ(changji("reference set " + project).exit_code, 2) << "there is no take";
}

}  // namespace
}  // namespace changji::test
