// What crews bring along: other sizes, shapes, ranges, rates, scans, and streams over the network. Each becomes a
// take of the one right kind, with the colours and the crop it must have, or is refused with a sentence.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/support/child.hpp"
#include "tests/support/demanded_picture.hpp"
#include "tests/support/fake_camera.hpp"
#include "tests/support/made_clips.hpp"
#include "tests/support/rtsp_server.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

struct Code {
    int y, cb, cr;
};
using Rgb = std::array<double, 3>;

/// R'G'B' (0..1) in a matrix (its weights of red and blue) and range, straight from the standards' definition.
Code code_of(Rgb rgb, double kr, double kb, bool full) {
    const double luma = kr * rgb[0] + (1.0 - kr - kb) * rgb[1] + kb * rgb[2];
    const double pb = (rgb[2] - luma) / (2.0 * (1.0 - kb)), pr = (rgb[0] - luma) / (2.0 * (1.0 - kr));
    const auto rounded = [](double value) { return static_cast<int>(std::lround(value)); };
    return {rounded(full ? 255.0 * luma : 16.0 + 219.0 * luma), rounded(128.0 + (full ? 255.0 : 224.0) * pb),
            rounded(128.0 + (full ? 255.0 : 224.0) * pr)};
}
Code bt709(Rgb rgb) { return code_of(rgb, 0.2126, 0.0722, false); }
Code bt601(Rgb rgb, bool full) { return code_of(rgb, 0.299, 0.114, full); }

constexpr Rgb brick{0.75, 0.25, 0.2}, sea{0.15, 0.45, 0.7}, black{0, 0, 0};

/// A lavfi graph of `frames` equal pictures: `inside` where `where` holds (an expression of X and Y), else `outside`.
std::string still(const std::string& size, int rate, int frames, const std::string& where, Code inside, Code outside,
                  const std::string& format = "yuv420p", int scale = 1) {
    const auto plane = [&](const char* name, int in, int out, const std::string& here) {
        return std::string(name) + "='if(" + here + "," + std::to_string(in * scale) + "," +
               std::to_string(out * scale) + ")'";
    };
    return "-f lavfi -i \"nullsrc=s=" + size + ":r=" + std::to_string(rate) + ",format=" + format +
           ",geq=" + plane("lum", inside.y, outside.y, where) + ":" + plane("cb", inside.cb, outside.cb, where) + ":" +
           plane("cr", inside.cr, outside.cr, where) + ",trim=end_frame=1,loop=loop=" + std::to_string(frames - 1) +
           ":size=1:start=0,setpts=N/" + std::to_string(rate) + "/TB\" ";
}
constexpr const char* lossless = "-c:v libx264 -qp 0 -preset ultrafast ";
/// Said of the pictures as they are: to FFmpeg 7 an encoder's -colorspace is a wish for other ones.
constexpr const char* as_709 = "-vf setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709 ";

class Inputs : public MadeClips {
protected:
    void SetUp() override {
        MadeClips::SetUp();
        CHANGJI_NEEDS_PROGRAM("ffprobe");
    }
    [[nodiscard]] std::string command(const std::string& camera, const std::string& more) const {
        return changji_command("record --encoder libx264:ultrafast --camera '" + camera + "' --json --project '" +
                               (folder_.path() / "p").string() + "' " + more);
    }
    /// Takes the whole clip as fast as it goes.
    nlohmann::json take_clip(const std::string& clip) {
        const auto result = run(command(clip + "?pace=free", "--microphone none"));
        EXPECT_EQ(result.exit_code, 0) << result.errors;
        const auto report = json_of(result);
        expect_right_kind(report);
        return report;
    }
    [[nodiscard]] fs::path take() const { return folder_.path() / "p" / "takes" / "take-001.mp4"; }

    void expect_right_kind(const nlohmann::json& report) const {
        EXPECT_TRUE(report["video"].value("constant_frame_rate", false));
        expect_demanded_picture(ffprobe(take())["streams"][0]);
    }
    void expect_enlarged(const nlohmann::json& report, bool enlarged) const {
        EXPECT_EQ(finding(report, "video.enlarged").value("status", ""), enlarged ? "fail" : "pass");
    }
    /// A picture of the take as its bytes: the planes one after another.
    [[nodiscard]] std::string picture(int index = 2) const {
        const auto raw = folder_.path() / "raw.yuv";
        const auto cut =
            run("ffmpeg -v error -y -i '" + take().string() + "' -vf 'select=eq(n\\," + std::to_string(index) +
                ")' -frames:v 1 -pix_fmt yuv420p -f rawvideo '" + raw.string() + "'");
        EXPECT_EQ(cut.exit_code, 0) << cut.errors;
        std::ifstream file(raw, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(file), {}};
        EXPECT_EQ(bytes.size(), 1920U * 1080U * 3U / 2U);
        bytes.resize(1920U * 1080U * 3U / 2U);
        return bytes;
    }
    static void expect_code(const std::string& picture, int x, int y, Code want, const std::string& where) {
        const auto at = [&](int plane, int row, int column) {
            const int start = plane == 0 ? 0 : 1920 * 1080 + (plane - 1) * 960 * 540;
            return static_cast<int>(static_cast<unsigned char>(
                picture[static_cast<std::size_t>(start + row * (plane == 0 ? 1920 : 960) + column)]));
        };
        EXPECT_NEAR(at(0, y, x), want.y, 3) << where;
        EXPECT_NEAR(at(1, y / 2, x / 2), want.cb, 3) << where;
        EXPECT_NEAR(at(2, y / 2, x / 2), want.cr, 3) << where;
    }
    /// The same colour in the middle and at all edges.
    void expect_all(Rgb colour) const {
        const std::string bytes = picture();
        for (const auto& [x, y] : {std::pair{960, 540}, {12, 12}, {1908, 12}, {12, 1068}, {1908, 1068}}) {
            expect_code(bytes, x, y, bt709(colour), std::to_string(x) + "," + std::to_string(y));
        }
    }
};

TEST_F(Inputs, FourKIsReducedAndIsTrue1080p) {
    const auto report =
        take_clip(make("4k.mp4", still("3840x2160", 25, 25, "1", bt709(brick), bt709(brick)) + lossless + as_709));
    expect_enlarged(report, false);
    EXPECT_EQ(report["video"].value("frames", 0), 25);
    expect_all(brick);
}

TEST_F(Inputs, FourToThreeLosesTopAndBottomOnly) {
    // 1440 x 1080: the middle 810 lines are taken, black lies outside of them.
    const auto report =
        take_clip(make("43.mp4", still("1440x1080", 25, 15, "between(Y*1080/H,136,940)", bt709(brick), bt709(black)) +
                                     lossless + as_709));
    expect_enlarged(report, true);
    expect_all(brick);
}

TEST_F(Inputs, OldFourToThreeVideoIsTakenAs601) {
    const auto report =
        take_clip(make("sd.mp4", still("640x480", 25, 15, "1", bt601(brick, false), bt601(brick, false)) + lossless));
    expect_enlarged(report, true);
    expect_all(brick);
}

TEST_F(Inputs, APortraitPhoneClipStandsUprightAndIsCropped) {
    // Stored lying; the middle 608 of 1920 upright lines are taken. Its right side is shown above.
    const std::string stored =
        make("stored.mp4", still("1920x1080", 30, 15, "lt(X/W,0.5)", bt709(brick), bt709(sea)) + lossless + as_709);
    turn_picture(stored, 270);
    const auto report = take_clip(stored);
    expect_enlarged(report, true);
    const std::string bytes = picture();
    expect_code(bytes, 960, 100, bt709(sea), "above");
    expect_code(bytes, 960, 980, bt709(brick), "below");
    EXPECT_EQ(report["video"].value("frame_rate", ""), "30/1");
}

TEST_F(Inputs, FullRangeBecomesLimited) {
    take_clip(make("full.mp4", still("1920x1080", 25, 15, "1", bt601(sea, true), bt601(sea, true), "yuvj420p") +
                                   lossless + "-vf setparams=range=pc:colorspace=smpte170m"));
    expect_all(sea);
}

TEST_F(Inputs, TenBitsBecomeEight) {
    take_clip(make("ten.mkv",
                   still("1920x1080", 25, 15, "1", bt709(sea), bt709(sea), "yuv422p10le", 4) + "-c:v ffv1 " + as_709));
    expect_all(sea);
}

TEST_F(Inputs, HdrIsRefusedWithWhatToDo) {
    const std::string clip = make("hdr.mkv", still("1920x1080", 25, 3, "1", bt709(sea), bt709(sea), "yuv420p10le", 4) +
                                                 "-vf setparams=color_trc=arib-std-b67:colorspace=bt2020nc -c:v ffv1");
    const auto result = run(command(clip, "--microphone none --duration 1"));
    EXPECT_NE(result.exit_code, 0);
    EXPECT_NE(result.errors.find("Switch \"HDR video\" off"), std::string::npos) << result.errors;
    EXPECT_FALSE(fs::exists(take()));
}

TEST_F(Inputs, AVariableRateBecomesAConstantOne) {
    const std::string clip =
        make("vfr.mkv",
             "-f lavfi -i testsrc2=size=1280x720:rate=30:duration=2 -vf \"select='not(eq(mod(n,5),3))*not("
             "between(n,20,27))'\" -fps_mode vfr -c:v libx264 -preset ultrafast");
    const auto report = take_clip(clip);
    const double rate = std::stod(report["video"].value("frame_rate", "1/1"));  // the whole ones of the preset
    EXPECT_NEAR(report["video"].value("frames", 0) / rate, 2.0, 0.1) << report["video"];
    EXPECT_GT(report["losses"].value("frames_repeated", 0), 3) << "a hole of 0.27 s";
}

TEST_F(Inputs, InterlacedVideoIsDeinterlaced) {
    // Fifty moments a second, two in each picture.
    const std::string clip =
        make("fields.mkv",
             "-f lavfi -i testsrc2=size=1280x720:rate=50:duration=1.2 -vf "
             "\"format=yuv420p,scroll=h=0.006,tinterlace=interleave_top,fieldorder=tff\" -flags +ildct+ilme "
             "-pix_fmt yuv420p -x264-params tff=1 -c:v libx264 -qp 10 -preset ultrafast");
    const auto idet = [](const std::string& file) {
        const auto found = run("ffmpeg -hide_banner -i '" + file + "' -vf idet -f null - 2>&1").output;
        const auto at = found.rfind("Multi frame detection: TFF:");  // FFmpeg 7 tells of an unused filter first
        EXPECT_NE(at, std::string::npos) << found;
        int top = 0, bottom = 0, progressive = 0;
        if (at != std::string::npos) {
            std::sscanf(found.c_str() + at, "Multi frame detection: TFF: %d BFF: %d Progressive: %d", &top, &bottom,
                        &progressive);
        }
        return std::pair{top + bottom, progressive};
    };
    ASSERT_GT(idet(clip).first, 25) << "the source is combed";
    const auto report = take_clip(clip);
    EXPECT_EQ(report["video"].value("frame_rate", ""), "25/1");
    EXPECT_EQ(report["video"].value("frames", 0), 30) << "none is lost, not even the last";
    const auto [combed, whole] = idet(take().string());
    EXPECT_GE(whole, 25) << combed << " combed";
}

TEST_F(Inputs, TheSourcesRateIsTheTakesRate) {
    for (const std::string rate : {"24/1", "30000/1001", "50/1", "60/1"}) {
        const auto result =
            changji("record --encoder libx264:ultrafast --camera 'lavfi:testsrc2=size=1920x1080:rate=" + rate +
                    ":duration=0.5?pace=free' --microphone none --json --project '" +
                    (folder_.path() / ("r" + rate.substr(0, 2))).string() + "'");
        const auto video = json_of(result)["video"];
        EXPECT_EQ(video.value("frame_rate", ""), rate) << result.errors;
        EXPECT_TRUE(video.value("constant_frame_rate", false)) << rate;
        EXPECT_NEAR(video.value("frames", 0), std::stod(rate) / (rate == "30000/1001" ? 1001 : 1) / 2, 1) << rate;
    }
}

TEST_F(Inputs, CamerasOf4KAndOf60PicturesASecond) {
    FakeCameras cameras;
    // Slow ones: a busy machine must not lose pictures over their size.
    cameras.plug_in(42, "name Big Cam\nmode mjpeg 3840x2160 10 " + cameras.mjpeg_frames(3840, 2160) + "\n");
    cameras.plug_in(43, "name Stick\nmode mjpeg 1920x1080 60 " + cameras.mjpeg_frames(1920, 1080) + "\n");
    cameras.plug_in(44, "name Raw Cam\nmode yuyv 1920x1080 10 " + cameras.yuyv_frames(1920, 1080, 100) + "\n");
    for (const auto& [camera, rate] : {std::pair{42, ""}, {43, "60/1"}, {44, ""}}) {
        const fs::path project = folder_.path() / std::to_string(camera);
        const auto result =
            run(cameras.environment() +
                changji_command("record --encoder libx264:ultrafast --camera /dev/video" + std::to_string(camera) +
                                " --microphone none --duration 1.5 --json --project '" + project.string() + "'"));
        const auto report = json_of(result);
        ASSERT_TRUE(report.contains("video")) << result.errors;
        if (*rate != '\0') {
            EXPECT_EQ(report["video"].value("frame_rate", ""), rate) << camera;
        }
        EXPECT_TRUE(report["video"].value("constant_frame_rate", false)) << camera;
        EXPECT_EQ(report["video"].value("width_px", 0), 1920) << camera;
        expect_enlarged(report, false);
    }
    fs::create_directories(take().parent_path());
    fs::copy_file(folder_.path() / "44" / "takes" / "take-001.mp4", take());
    expect_code(picture(), 960, 540, {100, 128, 128}, "grey of the raw camera");
}

TEST_F(Inputs, AStreamThatDropsOutDoesNotEndTheTake) {
    const std::string port = std::to_string(free_port());
    const auto server = [&] {
        return std::make_unique<Child>(
            "ffmpeg -v error -re -f lavfi -i testsrc2=size=1280x720:rate=25 -re -f lavfi -i sine=sample_rate=48000 "
            "-c:v "
            "libx264 -preset ultrafast -tune zerolatency -g 12 -c:a aac -f mpegts 'srt://127.0.0.1:" +
            port + "?mode=listener'");
    };
    auto sender = server();
    CommandResult result;
    std::thread recording(
        [&] { result = run(command("srt://127.0.0.1:" + port, "--microphone camera --duration 9")); });
    const fs::path part = folder_.path() / "p" / "takes" / "take-001.part.mp4";
    const bool began = eventually([&] { return fs::exists(part) && fs::file_size(part) > 200'000; });
    EXPECT_TRUE(began);
    sender.reset();
    std::this_thread::sleep_for(2s);
    sender = server();
    recording.join();
    EXPECT_EQ(result.exit_code, 3) << "a device failed: " << result.errors;
    const auto report = json_of(result);
    expect_right_kind(report);
    EXPECT_EQ(report["video"].value("frames", 0), 225);
    EXPECT_EQ(report["losses"].value("camera_lost", 0), 1);
    const auto gaps = report["losses"]["camera_gaps_s"];
    ASSERT_EQ(gaps.size(), 1U) << report["losses"];
    EXPECT_LT(gaps[0][1].get<double>(), 8.9) << "it came back before the end";
    for (const auto& stream : ffprobe(take())["streams"]) {
        EXPECT_NEAR(std::stod(stream.value("duration", "0")), 9.0, 0.05) << stream["codec_type"];
    }
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take().string() + "' -f null -").errors, "");
}

}  // namespace
}  // namespace changji::test
