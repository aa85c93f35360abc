// `changji check` against independent programs: each clause violated alone, and who else sees it.

#include <gtest/gtest.h>

#include "tests/support/mediaconch.hpp"
#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* bars_and_tone =
    "-f lavfi -i testsrc2=size=1920x1080:rate=25:duration=1 -f lavfi -i sine=sample_rate=48000:duration=1 ";
/// In the order in which ffmpeg's later options override earlier ones.
constexpr const char* as_demanded =
    "-vf format=rgb24,scale=out_color_matrix=bt709:out_range=tv -ac 2 -pix_fmt yuv420p -color_range tv -colorspace "
    "bt709 "
    "-color_primaries bt709 -color_trc bt709 -c:v libx264 -preset ultrafast -profile:v high -bf 0 -c:a aac ";

/// The one file that has no fault, made once.
const fs::path& good_file() {
    static const TemporaryFolder folder;
    static const fs::path file = [] {
        const fs::path path = folder.path() / "good.mp4";
        EXPECT_EQ(run(std::string("ffmpeg -v error ") + bars_and_tone + as_demanded + "-movflags +faststart " +
                      in_quotes(path))
                      .exit_code,
                  0);
        return path;
    }();
    return file;
}

struct Fault {
    const char* name;
    const char* file;
    bool copied;          ///< from the good file without encoding again
    const char* options;  ///< what spoils it
    const char* check;
    const char* status;
    const char* ffprobe;    ///< "stream=field_order": what the other program is asked,
    const char* says;       ///< and what it answers
    const char* mediainfo;  ///< "Video;%ScanType%"; empty: it can't tell
    const char* info_says;
    Conch conch;
};

class Oracles : public testing::TestWithParam<Fault> {};

TEST_P(Oracles, AgreeOnTheOneFault) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    CHANGJI_NEEDS_PROGRAM("mediainfo");
    const Fault& fault = GetParam();
    const TemporaryFolder folder;
    const fs::path file = folder.path() / fault.file;
    const std::string made_from =
        fault.copied ? "-i " + in_quotes(good_file()) + " -c copy -map 0 " : std::string(bars_and_tone) + as_demanded;
    ASSERT_EQ(run("ffmpeg -v error " + made_from + fault.options + " " + in_quotes(file)).exit_code, 0);
    if (fault.check == std::string("video.rotation")) turn_picture(file, 180);

    const auto result = changji("check --quick --json " + in_quotes(file));
    const auto checked = json_of(result)["files"][0];
    for (const auto& one : checked["findings"]) {
        const std::string check = one.value("check", ""), status = one.value("status", "");
        // Without a sound track every sound is missing.
        if (check.starts_with("sound.") && fault.check == std::string("audio.present")) continue;
        if (check == fault.check) {
            EXPECT_EQ(status, fault.status) << one.dump(1);
            EXPECT_EQ(one.value("advice", "").empty(), status == "pass") << "it must say what to do";
        } else {
            EXPECT_TRUE(status != "fail") << "a fault that isn't there: " << one.dump(1);
        }
    }
    EXPECT_EQ(finding(checked, fault.check).value("status", ""), fault.status) << checked["findings"].dump(1);
    EXPECT_EQ(result.exit_code, std::string(fault.status) == "fail" ? 1 : 0);

    const auto probed = run("ffprobe -v error -select_streams v:0 -show_entries " + std::string(fault.ffprobe) +
                            " -of default=nw=1:nk=1 " + in_quotes(file));
    EXPECT_EQ(probed.output.substr(0, probed.output.find('\n')), fault.says) << "ffprobe";
    if (*fault.mediainfo) {
        const auto informed = run("mediainfo --Inform='" + std::string(fault.mediainfo) + "' " + in_quotes(file));
        EXPECT_EQ(informed.output.substr(0, informed.output.find('\n')), fault.info_says) << "mediainfo";
    }
    if (const auto verdict = mediaconch_verdict(file)) {
        EXPECT_EQ(verdict->starts_with("pass!"), fault.conch == Conch::Passes) << *verdict;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Each, Oracles,
    testing::Values(
        Fault{"Nothing", "good.mp4", true, "-movflags +faststart", "video.codec", "pass", "stream=codec_name", "h264",
              "Video;%Format%", "AVC", Conch::Passes},
        Fault{"Brand", "take.mov", true, "", "container.brand", "fail", "format_tags=major_brand", "qt  ",
              "General;%Format_Profile%", "QuickTime", Conch::Fails},
        Fault{"Container", "take.mkv", true, "", "container.brand", "fail", "format=format_name", "matroska,webm",
              "General;%Format%", "Matroska", Conch::Fails},
        Fault{"IndexLast", "late.mp4", true, "", "container.moov_first", "warn", "stream=codec_name", "h264",
              "General;%IsStreamable%", "No", Conch::Passes},
        Fault{"Fragments", "fragments.mp4", true, "-movflags frag_keyframe+empty_moov+delay_moov",
              "container.moov_first", "warn", "stream=codec_name", "h264", "", "", Conch::Passes},
        Fault{"Turned", "turned.mp4", true, "-movflags +faststart", "video.rotation", "fail",
              "stream_side_data=rotation", "-180", "Video;%Rotation%", "180.000", Conch::Passes},
        Fault{"TwoSounds", "two.mp4", true, "-movflags +faststart -map 0:a", "streams.count", "fail",
              "format=nb_streams", "3", "General;%AudioCount%", "2", Conch::Passes},
        Fault{"NoSound", "silent.mp4", true, "-movflags +faststart -map -0:a", "audio.present", "fail",
              "format=nb_streams", "1", "General;%AudioCount%", "", Conch::Fails},
        Fault{"Interlaced", "fields.mp4", false, "-movflags +faststart -flags +ilme+ildct -x264-params tff=1",
              "video.scan", "fail", "stream=field_order", "tt", "Video;%ScanType%", "MBAFF", Conch::Fails},
        Fault{"Uneven", "uneven.mp4", false,
              "-movflags +faststart -vf select='mod(n\\,3)',format=rgb24,scale=out_color_matrix=bt709 -vsync vfr",
              "video.frame_rate", "fail", "stream=codec_name", "h264", "Video;%FrameRate_Mode%", "VFR", Conch::Passes},
        Fault{"OddRate", "rate.mp4", false, "-movflags +faststart -r 20", "video.frame_rate", "fail",
              "stream=r_frame_rate", "20/1", "Video;%FrameRate%", "20.000", Conch::Passes},
        Fault{"FullRangeTag", "full.mp4", false, "-movflags +faststart -color_range pc", "video.color", "fail",
              "stream=color_range", "pc", "Video;%colour_range%", "Full", Conch::Passes},
        Fault{"SdTag", "sd.mp4", false, "-movflags +faststart -colorspace smpte170m", "video.color", "fail",
              "stream=color_space", "smpte170m", "Video;%matrix_coefficients%", "BT.601", Conch::Passes},
        Fault{"FullChroma", "chroma.mp4", false, "-movflags +faststart -pix_fmt yuv422p -profile:v high422",
              "video.pixel_format", "fail", "stream=pix_fmt", "yuv422p", "Video;%ChromaSubsampling%", "4:2:2",
              Conch::Fails},
        Fault{"SmallSound", "rate44.mp4", false, "-movflags +faststart -ar 44100", "audio.sample_rate", "fail",
              "stream=codec_name", "h264", "Audio;%SamplingRate%", "44100", Conch::Fails},
        Fault{"Mono", "mono.mp4", false, "-movflags +faststart -ac 1", "audio.channels", "fail", "stream=codec_name",
              "h264", "Audio;%Channel(s)%", "1", Conch::Passes},
        Fault{"OldSound", "mp3.mp4", false, "-movflags +faststart -c:a libmp3lame", "audio.codec", "fail",
              "stream=codec_name", "h264", "Audio;%Format%", "MPEG Audio", Conch::Passes},
        Fault{"ShortSound", "short.mp4", false, "-movflags +faststart -af atrim=0:0.5", "av.length", "warn",
              "stream=codec_name", "h264", "", "", Conch::Passes}),
    [](const auto& param) { return std::string(param.param.name); });

/// What no tag shows: only who looks at the pictures finds it.
struct Sign {
    const char* name;
    int rate;  ///< of the test picture
    const char* options;
    const char* check;
    const char* status;
};
class PictureSigns : public testing::TestWithParam<Sign> {};

TEST_P(PictureSigns, AreFoundThoughEveryTagIsRight) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "file.mp4";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i testsrc2=size=1920x1080:duration=1:rate=" +
                  std::to_string(GetParam().rate) + " -f lavfi -i sine=sample_rate=48000:duration=1 " + as_demanded +
                  GetParam().options + " -movflags +faststart " + in_quotes(file))
                  .exit_code,
              0);
    const auto checked = json_of(changji("check --json " + in_quotes(file)))["files"][0];
    for (const char* check : {"picture.scan", "picture.range", "picture.matrix"}) {
        EXPECT_EQ(finding(checked, check).value("status", ""),
                  std::string(check) == GetParam().check ? GetParam().status : "pass")
            << finding(checked, check).dump(1);
    }
    for (const char* tag : {"video.scan", "video.color"})
        EXPECT_EQ(finding(checked, tag).value("status", ""), "pass") << tag;
    EXPECT_EQ(finding(checked, "decode").value("status", ""), "pass");
}

INSTANTIATE_TEST_SUITE_P(
    Each, PictureSigns,
    testing::Values(
        Sign{"None", 25, "", "", ""},
        Sign{"Combs", 50, "-vf tinterlace=interleave_top,setfield=prog,format=rgb24,scale=out_color_matrix=bt709 -r 25",
             "picture.scan", "fail"},
        Sign{"FullRange", 25,
             "-vf \"format=rgb24,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
             "lutyuv=y='if(lt(val,64),3,val)'\"",
             "picture.range", "warn"},
        Sign{"SdColours", 25,
             "-vf format=rgb24,scale=out_color_matrix=bt601:out_range=tv,format=yuv420p,setparams=colorspace=bt709",
             "picture.matrix", "warn"}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(CheckOracles, BlackFrozenAndSilentAreFoundAsTheFiltersFindThem) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "black.mp4";
    ASSERT_EQ(run(std::string("ffmpeg -v error ") +
                  "-f lavfi -i color=black:size=1920x1080:rate=25:duration=2 -f lavfi "
                  "-i anullsrc=r=48000:cl=stereo:d=2 " +
                  as_demanded + "-movflags +faststart " + in_quotes(file))
                  .exit_code,
              0);
    const auto filters =
        run("ffmpeg -nostats -i " + in_quotes(file) +
            " -vf blackdetect=d=1:pix_th=0.10,freezedetect=n=-60dB:d=1 -af silencedetect=d=1 -f null -");
    for (const char* found : {"black_start", "freeze_start", "silence_start"})
        EXPECT_NE(filters.errors.find(found), std::string::npos) << found;
    const auto checked = json_of(changji("check --json " + in_quotes(file)))["files"][0];
    for (const char* check : {"picture.black_s", "picture.frozen_s"})
        EXPECT_EQ(finding(checked, check).value("status", ""), "fail") << finding(checked, check).dump(1);
    EXPECT_NE(finding(checked, "sound.silent_s").value("status", ""), "pass");
    EXPECT_EQ(finding(checked, "picture.scan").value("status", ""), "unmeasured") << "nothing moves";
}

TEST(CheckOracles, TheLimitOfFifteenMinutesIsKeptToTheFrame) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const fs::path second = folder.path() / "second.mp4";
    ASSERT_EQ(run(std::string("ffmpeg -v error ") +
                  "-f lavfi -i color=gray:size=1920x1080:rate=25:duration=1 "
                  "-f lavfi -i anullsrc=r=48000:cl=stereo:d=1 " +
                  as_demanded + "-x264-params keyint=1 -an " + in_quotes(second))
                  .exit_code,
              0);
    for (const auto& [frames, status] : {std::pair(22'500, "pass"), std::pair(22'501, "fail")}) {
        const fs::path file = folder.path() / (std::to_string(frames) + ".mp4");
        ASSERT_EQ(run("ffmpeg -v error -stream_loop 900 -i " + in_quotes(second) + " -c copy -frames:v " +
                      std::to_string(frames) + " -t 900.04 -movflags +faststart " + in_quotes(file))
                      .exit_code,
                  0);
        EXPECT_EQ(ffprobe(file)["streams"][0].value("nb_frames", ""), std::to_string(frames));
        const auto checked = json_of(changji("check --quick --json " + in_quotes(file)))["files"][0];
        EXPECT_EQ(finding(checked, "duration").value("status", ""), status) << finding(checked, "duration").dump(1);
    }
}

}  // namespace
}  // namespace changji::test
