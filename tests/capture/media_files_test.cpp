// Files of all kinds as sources: what plays, and what is refused with which sentence.

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/capture/played_source.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;
using test::expect_in_order;
using test::Heard;
using test::one_second;
using test::open;
using test::play;
using MediaFiles = test::MadeClips;
using MediaFilesRefused = test::MadeClips;

void expect_refusal(const std::string& path, ErrorKind kind, const std::string& part) {
    const auto sources = open(path, "none");
    ASSERT_FALSE(sources) << path;
    EXPECT_EQ(sources.error().kind, kind) << path;
    const std::string sentence = in_english(sources.error().message);
    EXPECT_NE(sentence.find(part), std::string::npos) << sentence;
}

TEST_F(MediaFilesRefused, WhatIsNoMediaFile) {
    const auto write = [&](const std::string& name, const std::string& content) {
        const std::string path = (folder_.path() / name).string();
        std::ofstream(path, std::ios::binary) << content;
        return path;
    };
    std::string noise;
    unsigned state = 1;
    for (int i = 0; i < 100'000; ++i) noise += static_cast<char>((state = state * 1664525U + 1013904223U) >> 24);
    std::string text;
    for (int i = 0; i < 2'000; ++i) text += "The interview begins at ten o'clock.\n\x1b[1mcolour\x1b[0m\n";
    const std::string secret = make("secret.mp4", one_second);

    expect_refusal((folder_.path() / "missing.mp4").string(), ErrorKind::Io, "There is no file");
    expect_refusal(folder_.path().string(), ErrorKind::UnsupportedFormat, "is a folder");
    expect_refusal("/dev/null", ErrorKind::UnsupportedFormat, "neither a media file nor a camera");
    expect_refusal(write("empty.mp4", ""), ErrorKind::UnsupportedFormat, "no media file");
    expect_refusal(write("notes.txt", text), ErrorKind::UnsupportedFormat, "no media file");
    expect_refusal(write("notes.mp4", text), ErrorKind::UnsupportedFormat, "no media file");
    expect_refusal(write("noise.mp4", noise), ErrorKind::UnsupportedFormat, "no media file");
    expect_refusal(write("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + secret + "\n#EXT-X-ENDLIST\n"),
                   ErrorKind::UnsupportedFormat, "no media file");
    expect_refusal(write("list.mp4", "ffconcat version 1.0\nfile secret.mp4\n"), ErrorKind::UnsupportedFormat,
                   "no media file");
    expect_refusal(make("tone.wav", "-f lavfi -i sine=duration=0.2"), ErrorKind::UnsupportedFormat, "holds no picture");
    expect_refusal("gopher://host/x", ErrorKind::InvalidConfig, "gopher://");
}

TEST_F(MediaFilesRefused, HdrVideo) {
    for (const std::string transfer : {"smpte2084", "arib-std-b67"}) {
        expect_refusal(make(transfer + ".mkv",
                            "-f lavfi -i testsrc2=size=320x180:duration=0.2,format=yuv420p10le,setparams="
                            "color_primaries=bt2020:colorspace=bt2020nc:color_trc=" +
                                transfer + " -c:v ffv1 -color_trc " + transfer),
                       ErrorKind::UnsupportedFormat, "is HDR video");
    }
}

TEST_F(MediaFiles, TenBitVideoThatIsNotHdrPlays) {
    auto sources = open(make("ten.mkv",
                             "-f lavfi -i testsrc2=size=320x180:duration=0.4:rate=25 -pix_fmt yuv422p10le "
                             "-color_trc bt709 -colorspace bt709 -color_range tv -c:v ffv1")
                                .string() +
                            "?pace=free",
                        "none");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    Heard heard;
    play(*sources, heard);
    ASSERT_EQ(heard.frames.size(), 10U);
    EXPECT_EQ(heard.frames[0].format, PixelFormat::I422);
    EXPECT_EQ(heard.frames[0].range, ColorRange::Limited);
}

TEST_F(MediaFiles, AnInterlacedFileSaysSoOfEachPicture) {
    auto sources = open(make("fields.mpg",
                             "-f lavfi -i testsrc2=size=720x576:duration=0.4:rate=50 -vf "
                             "tinterlace=interleave_top,fieldorder=tff -flags +ildct+ilme -c:v "
                             "mpeg2video -b:v 8M")
                                .string() +
                            "?pace=free",
                        "none");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    Heard heard;
    play(*sources, heard);
    ASSERT_GE(heard.frames.size(), 9U);
    for (const VideoFrame& frame : heard.frames) EXPECT_EQ(frame.scan, Scan::TopFieldFirst);
}

TEST_F(MediaFilesRefused, AFileItMayNotRead) {
    if (::geteuid() == 0) GTEST_SKIP() << "NOT TESTED: the superuser may read every file";
    const std::string path = make("locked.mp4", one_second);
    fs::permissions(path, fs::perms::none);
    expect_refusal(path, ErrorKind::Io, "may not read");
}

TEST_F(MediaFilesRefused, ACoverPictureIsNoCamera) {
    const std::string cover = make("cover.png", "-f lavfi -i testsrc2=size=320x180 -frames:v 1");
    expect_refusal(make("song.mp3", "-f lavfi -i sine=duration=1 -i '" + cover +
                                        "' -map 0 -map 1 -c:v copy -disposition:v attached_pic"),
                   ErrorKind::UnsupportedFormat, "holds no picture");
}

struct Clip {
    const char* file;
    Orientation orientation;
    Rational aspect;
    std::size_t least_frames;
};

class RealClip : public ::testing::TestWithParam<Clip> {};

TEST_P(RealClip, PlaysToItsEndWithItsOrientationAndShape) {
    const Clip clip = GetParam();
    CHANGJI_NEEDS_MEDIA(clip.file);
    auto sources = open((test::media_folder() / clip.file).string() + "?pace=free", "camera");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    Heard heard;
    play(*sources, heard);
    expect_in_order(heard);
    ASSERT_GE(heard.frames.size(), clip.least_frames);
    for (const VideoFrame& frame : heard.frames) {
        EXPECT_EQ(frame.orientation, clip.orientation);
        EXPECT_EQ(frame.sample_aspect_ratio, clip.aspect);
    }
    EXPECT_EQ(sources->video->granted().orientation, clip.orientation);
    EXPECT_EQ(heard.picture_lost.at(0).kind, ErrorKind::EndOfStream);
}

INSTANTIATE_TEST_SUITE_P(Media, RealClip,
                         ::testing::Values(Clip{"c01_bed_dog_dim_rot270_720p.mp4", {270, false}, {1, 1}, 149},
                                           Clip{"c03_face_rotate_and_reflect.mp4", {270, true}, {1, 1}, 30},
                                           Clip{"v02_selfie_headphones_hevc_rot90.mp4", {270, false}, {1, 1}, 50},
                                           Clip{"c09_sar_2by3.mp4", {0, false}, {2, 3}, 60},
                                           Clip{"c11_room_clutter_rot180_vfr_720p.mp4", {180, false}, {1, 1}, 24},
                                           Clip{"c05_face_missing_stsd.mp4", {0, false}, {1, 1}, 30},
                                           Clip{"c06_face_mdat_too_long.mp4", {0, false}, {1, 1}, 30},
                                           Clip{"c08_corrupt_nal.mp4", {0, false}, {1, 1}, 40},
                                           Clip{"v08_man_headpose_plain_480x270.gif", {0, false}, {1, 1}, 62}),
                         [](const auto& clip) { return std::string(clip.param.file).substr(0, 3); });

TEST(RealClips, AnHdrClipOfAPhoneIsRefusedWithWhatToDo) {
    CHANGJI_NEEDS_MEDIA("c02_iphone_hlg_hevc10_editlist_rot90.mp4");
    expect_refusal((test::media_folder() / "c02_iphone_hlg_hevc10_editlist_rot90.mp4").string(),
                   ErrorKind::UnsupportedFormat, "Switch \"HDR video\" off");
}

TEST(RealClips, AFileWhoseIndexIsOutOfReachIsCorrupt) {
    CHANGJI_NEEDS_MEDIA("c07_face_moov_unreachable.mp4");
    expect_refusal((test::media_folder() / "c07_face_moov_unreachable.mp4").string(), ErrorKind::Corrupt, "c07_face");
}

}  // namespace
}  // namespace changji
