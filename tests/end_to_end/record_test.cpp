// Whole takes made by the program, judged by programs that aren't ours.

#include <gtest/gtest.h>

#include "tests/support/demanded_picture.hpp"
#include "tests/support/mediaconch.hpp"
#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* bars_and_tone =
    "--camera 'lavfi:testsrc2=size=1920x1080:rate=25[out0];sine=frequency=440:sample_rate=48000[out1]' --microphone "
    "camera";

/// The demands of the notice, as ffprobe sees them.
void expect_compliant(const fs::path& take) {
    const auto probed = ffprobe(take);
    const auto streams = probed.value("streams", nlohmann::json::array());
    ASSERT_EQ(streams.size(), 2u);
    const auto &video = streams[0], &audio = streams[1];
    expect_demanded_picture(video);
    EXPECT_EQ(audio.value("codec_name", ""), "aac");
    EXPECT_EQ(audio.value("sample_rate", ""), "48000");
    EXPECT_EQ(audio.value("channels", 0), 2);
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take.string() + "' -f null -").output, "");
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take.string() + "' -f null -").errors, "");
}

void expect_mediaconch_agrees(const fs::path& take) {
    const auto verdict = mediaconch_verdict(take);
    EXPECT_TRUE(!verdict || verdict->starts_with("pass!")) << *verdict;
}

TEST(Record, ATestPatternBecomesACompliantTake) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    const TemporaryFolder folder;
    const auto result = changji(std::string("record ") + bars_and_tone + " --duration 3 --json --project '" +
                                folder.path().string() + "'");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    const auto report = json_of(result);
    EXPECT_EQ(report.value("schema", ""), "changji.take/1");
    EXPECT_EQ(report["video"].value("frames", 0), 75);
    EXPECT_TRUE(report["video"].value("constant_frame_rate", false));
    EXPECT_EQ(report["losses"].value("frames_dropped", -1), 0);
    EXPECT_DOUBLE_EQ(report.value("duration_s", 0.0), 3.0);
    const fs::path take = folder.path() / "takes" / "take-001.mp4";
    expect_compliant(take);
    expect_mediaconch_agrees(take);
    EXPECT_EQ(ffprobe(take)["streams"][0].value("nb_frames", ""), "75");
    EXPECT_EQ(run("sha256sum '" + take.string() + "'").output.substr(0, 64), report.value("sha256", ""));
    EXPECT_FALSE(fs::exists(folder.path() / "takes" / "take-001.part.mp4"));
    EXPECT_TRUE(fs::exists(folder.path() / "takes" / "take-001.json"));
    EXPECT_TRUE(fs::exists(folder.path() / "takes" / "take-001.meters.csv"));
}

TEST(Record, ThePresetsLimitEndsTheTakeToTheFrame) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    const TemporaryFolder folder;
    const auto preset = folder.path() / "short.toml";
    ASSERT_EQ(run("sed 's/^max *= *\"15:00\"/max = \"0:02\"/; s/^warnings *=.*/warnings = [\"0:01\"]/' "
                  "'" CHANGJI_SOURCE_DIR "/presets/hunan-2022-interview.toml' > '" +
                  preset.string() + "'")
                  .exit_code,
              0);
    const auto result = changji(std::string("record ") + bars_and_tone + " --preset '" + preset.string() +
                                "' --json --project '" + (folder.path() / "p").string() + "'");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    EXPECT_EQ(json_of(result)["video"].value("frames", 0), 50);
    EXPECT_EQ(finding(json_of(result), "duration").value("status", ""), "pass");
}

TEST(Record, ARealClipBecomesACompliantTakeThatFailsTheClausesItMust) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    CHANGJI_NEEDS_MEDIA("v03_face_door_640x360.mp4");
    const TemporaryFolder folder;
    const auto result =
        changji("record --camera '" + (media_folder() / "v03_face_door_640x360.mp4").string() +
                "' --microphone camera --duration 10 --preset hunan-2022-interview --strict --json --project '" +
                folder.path().string() + "'");
    const auto report = json_of(result);
    expect_compliant(folder.path() / "takes" / "take-001.mp4");
    expect_mediaconch_agrees(folder.path() / "takes" / "take-001.mp4");
    EXPECT_EQ(finding(report, "video.enlarged").value("status", ""), "fail") << "640x360 is not 1080p";
    EXPECT_EQ(report.value("verdict", ""), "fail");
    EXPECT_EQ(result.exit_code, 1) << "--strict";
    EXPECT_TRUE(report["measures"].contains("light.face_luma_percent")) << "the clip shows a face";
}

TEST(Record, ATurnedPhoneClipIsUprightAndCropped) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    CHANGJI_NEEDS_MEDIA("v02_selfie_headphones_hevc_rot90.mp4");
    const TemporaryFolder folder;
    const auto result =
        changji("record --camera '" + (media_folder() / "v02_selfie_headphones_hevc_rot90.mp4").string() +
                "?pace=free' --microphone none --json --project '" + folder.path().string() + "'");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    const auto report = json_of(result);
    EXPECT_EQ(report["video"].value("width_px", 0), 1920);
    EXPECT_EQ(report["video"].value("rotation_degrees", -1), 0);
    EXPECT_EQ(finding(report, "video.enlarged").value("status", ""), "fail") << "a portrait clip is 1080 wide";
    EXPECT_EQ(report.value("verdict", ""), "fail") << "a take without sound fails the sound clause";
}

TEST(Record, TakesAreNumberedAndNothingIsReplaced) {
    const TemporaryFolder folder;
    const std::string command =
        std::string("record ") + bars_and_tone + " --duration 1 --json --project '" + folder.path().string() + "'";
    ASSERT_EQ(changji(command).exit_code, 0);
    const auto first = run("sha256sum '" + (folder.path() / "takes" / "take-001.mp4").string() + "'").output;
    EXPECT_EQ(json_of(changji(command)).value("file", ""), "take-002.mp4");
    EXPECT_EQ(run("sha256sum '" + (folder.path() / "takes" / "take-001.mp4").string() + "'").output, first);
    const auto list = json_of(changji("takes list --json '" + folder.path().string() + "'"));
    EXPECT_EQ(list["takes"].size(), 2u);
}

TEST(Record, EveryClauseOfThePresetStandsInTheReport) {
    const TemporaryFolder folder;
    const auto report = json_of(changji(std::string("record ") + bars_and_tone + " --duration 1 --json --project '" +
                                        folder.path().string() + "'"));
    const auto preset = json_of(changji("preset show hunan-2022-interview --json"));
    ASSERT_GT(preset["clauses"].size(), 10u);
    for (const auto& clause : preset["clauses"]) {
        bool found = false;
        for (const auto& one : report["findings"]) found = found || one["clause"] == clause["id"];
        for (const auto& left : report["left_to_delivery"]) found = found || left == clause["id"];
        EXPECT_TRUE(found) << clause;
    }
}

TEST(Record, TheDemoSceneIsFoundToHaveAFaceAndAVoice) {
    const TemporaryFolder folder;
    const auto result = changji("record --camera demo --microphone camera --duration 6 --json --project '" +
                                folder.path().string() + "'");
    ASSERT_EQ(result.exit_code, 0) << result.errors;
    const auto measures = json_of(result)["measures"];
    ASSERT_TRUE(measures.contains("light.face_luma_percent"));
    EXPECT_GT(measures["light.face_luma_percent"].value("median", 0.0), 40.0);
    ASSERT_TRUE(measures.contains("sound.loudness_lufs"));
    EXPECT_GT(measures["sound.loudness_lufs"].value("value", -99.0), -30.0);
    const auto dark =
        json_of(changji("record --camera demo:light=0.1 --microphone camera --duration 3 --json --project '" +
                        folder.path().string() + "'"));
    EXPECT_EQ(dark.value("verdict", ""), "fail") << "a tenth of the light is too dark";
}

TEST(Record, TheMetersFileHasARowEveryFifthOfASecond) {
    const TemporaryFolder folder;
    ASSERT_EQ(changji(std::string("record ") + bars_and_tone + " --duration 3 --json --project '" +
                      folder.path().string() + "'")
                  .exit_code,
              0);
    const auto rows = run("wc -l < '" + (folder.path() / "takes" / "take-001.meters.csv").string() + "'").output;
    EXPECT_GE(std::stoi(rows), 13) << "a header and about fifteen rows";
    EXPECT_LE(std::stoi(rows), 17);
}

// Clause 四.6: what is recorded is what the source gave. The pattern's pixels come back but for the encoder's loss.
TEST(Record, ThePictureInTheFileIsThePictureOfTheSource) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const auto source = folder.path() / "source.mkv";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i smptehdbars=size=1920x1080:rate=25:duration=2 -pix_fmt yuv420p "
                  "-color_range tv "
                  "-colorspace bt709 -c:v ffv1 '" +
                  source.string() + "'")
                  .exit_code,
              0);
    ASSERT_EQ(changji("record --camera '" + source.string() + "?pace=free' --microphone none --json --project '" +
                      folder.path().string() + "'")
                  .exit_code,
              0);
    const auto compared =
        run("ffmpeg -hide_banner -i '" + (folder.path() / "takes" / "take-001.mp4").string() + "' -i '" +
            source.string() + "' -lavfi '[0:v]setpts=N[a];[1:v]setpts=N[b];[a][b]psnr' -f null -");
    const auto at = compared.errors.find("min:");
    ASSERT_NE(at, std::string::npos) << compared.errors;
    EXPECT_GT(std::stod(compared.errors.substr(at + 4)), 40.0) << compared.errors;
}

}  // namespace
}  // namespace changji::test
