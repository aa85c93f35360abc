#include "capture/source.hpp"
#include "capture/types/queue.hpp"
#include "tests/support/media.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <fstream>
#include <limits>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace changji {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

SourceSpec camera_spec(const std::string& text) {
    const auto spec = parse_camera_spec(text);
    EXPECT_TRUE(spec) << text;
    return spec ? *spec : SourceSpec();
}

SourceSpec microphone_spec(const std::string& text) {
    const auto spec = parse_microphone_spec(text);
    EXPECT_TRUE(spec) << text;
    return spec ? *spec : SourceSpec();
}

Result<Sources> open(const std::string& camera, const std::string& microphone = "camera") {
    return open_sources(camera_spec(camera), microphone_spec(microphone));
}

/// Everything a pair of sources delivered.
struct Heard {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<VideoFrame> frames;
    std::vector<SoundBlock> blocks;
    std::vector<Error> picture_lost, sound_lost;
    bool late_item = false;  ///< something came after the track's end

    [[nodiscard]] std::int64_t sound_frames() const {
        std::int64_t sum = 0;
        for (const SoundBlock& block : blocks) sum += static_cast<std::int64_t>(block.frames());
        return sum;
    }
    [[nodiscard]] double level(std::size_t channel, std::int64_t from = 0,
                               std::int64_t to = std::numeric_limits<std::int64_t>::max()) const {
        double power = 0.0;
        std::int64_t count = 0;
        for (const SoundBlock& block : blocks) {
            for (std::size_t i = 0; i < block.frames(); ++i) {
                const std::int64_t at = block.first_frame + static_cast<std::int64_t>(i);
                if (at < from || at >= to) continue;
                const double sample = block.interleaved()[2 * i + channel];
                power += sample * sample;
                ++count;
            }
        }
        return count > 0 ? std::sqrt(power / static_cast<double>(count)) : 0.0;
    }
};

void start(Sources& sources, Heard& heard) {
    ASSERT_TRUE(sources.video->start(
        [&](VideoFrame frame) {
            std::lock_guard lock(heard.mutex);
            heard.late_item |= !heard.picture_lost.empty();
            heard.frames.push_back(std::move(frame));
            heard.changed.notify_all();
        },
        [&](Error error) {
            std::lock_guard lock(heard.mutex);
            heard.picture_lost.push_back(std::move(error));
            heard.changed.notify_all();
        }));
    if (!sources.audio) return;
    ASSERT_TRUE(sources.audio->start(
        [&](SoundBlock block) {
            std::lock_guard lock(heard.mutex);
            heard.late_item |= !heard.sound_lost.empty();
            heard.blocks.push_back(std::move(block));
            heard.changed.notify_all();
        },
        [&](Error error) {
            std::lock_guard lock(heard.mutex);
            heard.sound_lost.push_back(std::move(error));
            heard.changed.notify_all();
        }));
}

template <typename Condition>
bool wait_for(Heard& heard, Condition condition) {
    std::unique_lock lock(heard.mutex);
    return heard.changed.wait_for(lock, std::chrono::seconds(60), condition);
}

/// Plays to the end.
void play(Sources& sources, Heard& heard) {
    start(sources, heard);
    EXPECT_TRUE(wait_for(heard, [&] {
        return !heard.picture_lost.empty() && (!sources.audio || !heard.sound_lost.empty());
    })) << "no end";
    sources.video->stop();
    if (sources.audio) sources.audio->stop();
}

void expect_in_order(const Heard& heard) {
    for (std::size_t i = 1; i < heard.frames.size(); ++i) {
        EXPECT_GT(heard.frames[i].captured_at, heard.frames[i - 1].captured_at) << i;
        EXPECT_EQ(heard.frames[i].sequence, heard.frames[i - 1].sequence + 1) << i;
    }
    std::int64_t next = 0;
    for (const SoundBlock& block : heard.blocks) {
        EXPECT_EQ(block.first_frame, next);
        EXPECT_GE(block.frames(), 240U);
        EXPECT_LE(block.frames(), 4800U);
        EXPECT_EQ(block.captured_at - heard.blocks.front().captured_at, sound_duration(next));
        next += static_cast<std::int64_t>(block.frames());
    }
    EXPECT_FALSE(heard.late_item);
}

/// Makes a file with the ffmpeg program in a folder of its own.
class MadeFile : public ::testing::Test {
protected:
    void SetUp() override {
        if (!test::have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: the ffmpeg program is not on this machine";
    }
    std::string make(const std::string& name, const std::string& arguments) {
        const std::string path = (folder_.path() / name).string();
        const auto made = test::run("ffmpeg -v error -y " + arguments + " '" + path + "'");
        EXPECT_EQ(made.exit_code, 0) << made.errors;
        return path;
    }
    test::TemporaryFolder folder_;
};
using MediaSource = MadeFile;
using MediaSourceRefuses = MadeFile;

const std::string one_second =
    "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -f lavfi -i sine=frequency=440:duration=1 "
    "-c:v libx264 -preset ultrafast -c:a aac -shortest";

TEST_F(MediaSource, OwnPaceTakesAsLongAsTheFile) {
    auto sources = open(make("a.mp4", one_second));
    ASSERT_TRUE(sources);
    EXPECT_EQ(sources->video->granted().liveness, Liveness::Live);
    Heard heard;
    const auto begun = Clock::now();
    play(*sources, heard);
    EXPECT_GE(Clock::now() - begun, std::chrono::milliseconds(900));
    EXPECT_EQ(heard.frames.size(), 25U);
    EXPECT_EQ(heard.frames[24].captured_at - heard.frames[0].captured_at, std::chrono::milliseconds(960));
    ASSERT_FALSE(heard.blocks.empty());
    EXPECT_NEAR(static_cast<double>(heard.sound_frames()), 48000, 2500);
    expect_in_order(heard);
}

TEST_F(MediaSource, TheEndIsToldOnceToEachTrackAfterItsLastItem) {
    auto sources = open(make("a.mp4", one_second) + "?pace=free");
    ASSERT_TRUE(sources);
    Heard heard;
    play(*sources, heard);
    ASSERT_EQ(heard.picture_lost.size(), 1U);
    ASSERT_EQ(heard.sound_lost.size(), 1U);
    EXPECT_EQ(heard.picture_lost[0].kind, ErrorKind::EndOfStream);
    EXPECT_EQ(heard.sound_lost[0].kind, ErrorKind::EndOfStream);
    expect_in_order(heard);
}

TEST_F(MediaSource, FreePaceWaitsForItsSinks) {
    auto sources = open(make("a.mp4", one_second) + "?pace=free");
    ASSERT_TRUE(sources);
    EXPECT_EQ(sources->video->granted().liveness, Liveness::Held);
    BoundedQueue<int> queue(2, WhenFull::Wait);
    int sent = 0;
    ASSERT_TRUE(sources->video->start([&](VideoFrame) { queue.push(++sent); }, [&](Error) { queue.close(); }));
    sources->audio->stop();
    std::vector<int> taken;
    while (const auto item = queue.pop()) taken.push_back(*item);
    EXPECT_EQ(taken.size(), 25U);
    EXPECT_EQ(queue.lost(), 0U);
}

TEST_F(MediaSource, NothingPlaysBeforeBothTracksAreStarted) {
    auto sources = open(make("a.mp4", one_second) + "?pace=free");
    ASSERT_TRUE(sources);
    std::atomic<int> frames = 0;
    ASSERT_TRUE(sources->video->start([&](VideoFrame) { ++frames; }, [](Error) {}));
    ::usleep(100'000);
    EXPECT_EQ(frames, 0);
    Heard heard;
    ASSERT_TRUE(sources->audio->start([](SoundBlock) {},
                                      [&](Error error) {
                                          std::lock_guard lock(heard.mutex);
                                          heard.sound_lost.push_back(error);
                                          heard.changed.notify_all();
                                      }));
    EXPECT_TRUE(wait_for(heard, [&] { return !heard.sound_lost.empty(); }));
    sources->video->stop();
    EXPECT_GE(frames, 1);
}

TEST_F(MediaSource, ATrackThatStartsLaterKeepsItsDistance) {
    // The sound begins half a second after the picture.
    auto sources = open(make("late.mkv",
                             "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -itsoffset 0.5 -f lavfi -i "
                             "sine=duration=0.5 -c:v libx264 -preset ultrafast -c:a pcm_s16le") +
                        "?pace=free");
    ASSERT_TRUE(sources);
    Heard heard;
    play(*sources, heard);
    ASSERT_FALSE(heard.frames.empty());
    ASSERT_FALSE(heard.blocks.empty());
    const Nanoseconds distance = heard.blocks[0].captured_at - heard.frames[0].captured_at;
    EXPECT_NEAR(to_seconds(distance), 0.5, 0.03);
}

TEST_F(MediaSource, AMonoTrackFillsBothChannelsAtFullLevel) {
    auto sources =
        open(make("mono.mkv",
                  "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -f lavfi -i "
                  "aevalsrc='0.5*sin(2*PI*440*t)':s=44100:d=1 -c:v libx264 -preset ultrafast -c:a pcm_s16le") +
             "?pace=free");
    ASSERT_TRUE(sources);
    EXPECT_EQ(sources->audio->granted().channels, 1);
    EXPECT_EQ(sources->audio->granted().sample_rate_hz, 44100);
    Heard heard;
    play(*sources, heard);
    EXPECT_NEAR(heard.level(0), 0.5 / std::sqrt(2.0), 0.005);
    EXPECT_NEAR(heard.level(1), 0.5 / std::sqrt(2.0), 0.005);
    EXPECT_NEAR(static_cast<double>(heard.sound_frames()), 48000, 250);
}

TEST_F(MediaSource, AHoleInTheSoundIsSilence) {
    // 1 s of tone whose packets between 0.4 and 0.7 s are missing.
    auto sources = open(make("hole.mkv",
                             "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -f lavfi -i "
                             "sine=sample_rate=48000:duration=1 -af \"aselect='not(between(t,0.4,0.7))'\" -c:v libx264 "
                             "-preset ultrafast -c:a pcm_s16le") +
                        "?pace=free");
    ASSERT_TRUE(sources);
    Heard heard;
    play(*sources, heard);
    expect_in_order(heard);
    EXPECT_NEAR(static_cast<double>(heard.sound_frames()), 48000, 2400);
    EXPECT_GT(heard.level(0, 0, 17000), 0.05);
    EXPECT_LT(heard.level(0, 22000, 32000), 1e-4);
    EXPECT_GT(heard.level(0, 36000, 47000), 0.05);
}

TEST_F(MediaSource, SoundAloneIsAMicrophone) {
    const std::string sound = make("tone.wav", "-f lavfi -i sine=duration=1");
    auto sources = open("lavfi:testsrc2=size=320x180:duration=1?pace=free", sound + "?pace=free");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    ASSERT_TRUE(sources->audio);
    Heard heard;
    play(*sources, heard);
    EXPECT_EQ(heard.frames.size(), 25U);
    EXPECT_NEAR(static_cast<double>(heard.sound_frames()), 48000, 250);
}

TEST_F(MediaSource, APhotoRepeatsTwentyFiveTimesASecond) {
    auto sources = open(make("photo.png", "-f lavfi -i testsrc2=size=320x180 -frames:v 1") + "?pace=free", "none");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    Heard heard;
    start(*sources, heard);
    EXPECT_TRUE(wait_for(heard, [&] { return heard.frames.size() >= 26; }));
    sources->video->stop();
    expect_in_order(heard);
    EXPECT_EQ(heard.frames[25].captured_at - heard.frames[0].captured_at, std::chrono::seconds(1));
    EXPECT_TRUE(heard.picture_lost.empty());
}

TEST(MediaSourceLife, StopWorksInEveryStateAndNothingComesAfterIt) {
    for (const int state : {0, 1, 2}) {
        auto sources = open("lavfi:testsrc2=size=320x180[out0];sine[out1]");
        ASSERT_TRUE(sources);
        Heard heard;
        if (state > 0) start(*sources, heard);
        if (state > 1) {
            EXPECT_TRUE(wait_for(heard, [&] { return heard.frames.size() > 3; }));
        }
        const auto begun = Clock::now();
        sources->video->stop();
        sources->audio->stop();
        sources->video->stop();
        EXPECT_LT(Clock::now() - begun, std::chrono::seconds(5));
        const std::size_t frames = heard.frames.size();
        ::usleep(100'000);
        EXPECT_EQ(heard.frames.size(), frames);
        EXPECT_TRUE(heard.picture_lost.empty()) << "a stopped source has not ended";
        EXPECT_FALSE(sources->video->start([](VideoFrame) {}, [](Error) {}));
    }
}

TEST(MediaSourceLife, OneTrackMayStopWhileTheOtherGoesOn) {
    auto sources = open("lavfi:testsrc2=size=320x180[out0];sine[out1]");
    ASSERT_TRUE(sources);
    Heard heard;
    start(*sources, heard);
    EXPECT_TRUE(wait_for(heard, [&] { return !heard.frames.empty(); }));
    sources->video->stop();
    std::size_t blocks = 0;
    {
        std::lock_guard lock(heard.mutex);
        blocks = heard.blocks.size();
    }
    EXPECT_TRUE(wait_for(heard, [&] { return heard.blocks.size() > blocks + 5; }));
    sources->audio->stop();
}

TEST(MediaSourceLife, ASecondStartIsRefused) {
    auto sources = open("lavfi:testsrc2=size=320x180", "none");
    ASSERT_TRUE(sources);
    ASSERT_TRUE(sources->video->start([](VideoFrame) {}, [](Error) {}));
    const Status again = sources->video->start([](VideoFrame) {}, [](Error) {});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::InvalidConfig);
}

TEST(MediaSourceLife, ABadGraphIsRefusedWithFFmpegsReason) {
    const auto sources = open("lavfi:nosuchfilter=1", "none");
    ASSERT_FALSE(sources);
    EXPECT_EQ(sources.error().kind, ErrorKind::InvalidConfig);
    EXPECT_NE(in_english(sources.error().message).find("nosuchfilter"), std::string::npos);
}

TEST(MediaSourceLife, ASourceWithoutSoundSaysSo) {
    const auto sources = open("lavfi:testsrc2=size=320x180", "camera");
    ASSERT_TRUE(sources);
    EXPECT_FALSE(sources->audio);
    EXPECT_NE(in_english(sources->note).find("no sound"), std::string::npos);
}

TEST(MediaSourceLife, AFreeFileDoesNotGoWithALiveMicrophone) {
    const auto sources = open("lavfi:testsrc2?pace=free", "pulse:anything");
    ASSERT_FALSE(sources);
    EXPECT_EQ(sources.error().kind, ErrorKind::InvalidConfig);
}

TEST(MediaSourceLife, ASilentStreamIsGivenUpWhenItIsStopped) {
    // A server that sends the head of a stream and then nothing more.
    const int server = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(server, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(server, 1), 0);
    ::getsockname(server, reinterpret_cast<sockaddr*>(&address), &size);
    std::atomic<bool> over = false;
    std::thread serving([&] {
        const int client = ::accept(server, nullptr, nullptr);
        std::string stream =
            "HTTP/1.0 200 OK\r\nContent-Type: video/x-yuv4mpeg\r\n\r\nYUV4MPEG2 W320 H180 F25:1 Ip C420\n";
        for (int i = 0; i < 60; ++i) stream += "FRAME\n" + std::string(320 * 180 * 3 / 2, '\x50');
        static_cast<void>(::send(client, stream.data(), stream.size(), MSG_NOSIGNAL));
        while (!over) ::usleep(10'000);
        ::close(client);
    });
    {
        auto sources =
            open("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/live.y4m?pace=free", "none");
        EXPECT_TRUE(sources) << in_english(sources.error().message);
        if (sources) {
            Heard heard;
            start(*sources, heard);
            EXPECT_TRUE(wait_for(heard, [&] { return heard.frames.size() >= 50; }));
            const auto begun = Clock::now();
            sources->video->stop();
            EXPECT_LT(Clock::now() - begun, std::chrono::seconds(3)) << "waited for the network's own 5 s";
        }
    }
    over = true;
    serving.join();
    ::close(server);
}

void expect_refusal(const std::string& path, ErrorKind kind, const std::string& part) {
    const auto sources = open(path, "none");
    ASSERT_FALSE(sources) << path;
    EXPECT_EQ(sources.error().kind, kind) << path;
    const std::string sentence = in_english(sources.error().message);
    EXPECT_NE(sentence.find(part), std::string::npos) << sentence;
}

TEST_F(MediaSourceRefuses, WhatIsNoMediaFile) {
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

TEST_F(MediaSourceRefuses, HdrVideo) {
    for (const std::string transfer : {"smpte2084", "arib-std-b67"}) {
        expect_refusal(make(transfer + ".mkv",
                            "-f lavfi -i testsrc2=size=320x180:duration=0.2,format=yuv420p10le,setparams="
                            "color_primaries=bt2020:colorspace=bt2020nc:color_trc=" +
                                transfer + " -c:v ffv1 -color_trc " + transfer),
                       ErrorKind::UnsupportedFormat, "is HDR video");
    }
}

TEST_F(MediaSource, TenBitVideoThatIsNotHdrPlays) {
    auto sources = open(make("ten.mkv",
                             "-f lavfi -i testsrc2=size=320x180:duration=0.4:rate=25 -pix_fmt yuv422p10le "
                             "-color_trc bt709 -colorspace bt709 -color_range tv -c:v ffv1") +
                            "?pace=free",
                        "none");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    Heard heard;
    play(*sources, heard);
    ASSERT_EQ(heard.frames.size(), 10U);
    EXPECT_EQ(heard.frames[0].format, PixelFormat::I422);
    EXPECT_EQ(heard.frames[0].range, ColorRange::Limited);
}

TEST_F(MediaSource, AnInterlacedFileSaysSoOfEachPicture) {
    auto sources = open(make("fields.mpg",
                             "-f lavfi -i testsrc2=size=720x576:duration=0.4:rate=50 -vf "
                             "tinterlace=interleave_top,fieldorder=tff -flags +ildct+ilme -c:v "
                             "mpeg2video -b:v 8M") +
                            "?pace=free",
                        "none");
    ASSERT_TRUE(sources) << in_english(sources.error().message);
    Heard heard;
    play(*sources, heard);
    ASSERT_GE(heard.frames.size(), 9U);
    for (const VideoFrame& frame : heard.frames) EXPECT_EQ(frame.scan, Scan::TopFieldFirst);
}

TEST_F(MediaSourceRefuses, AFileItMayNotRead) {
    if (::geteuid() == 0) GTEST_SKIP() << "NOT TESTED: the superuser may read every file";
    const std::string path = make("locked.mp4", one_second);
    fs::permissions(path, fs::perms::none);
    expect_refusal(path, ErrorKind::Io, "may not read");
}

TEST_F(MediaSourceRefuses, ACoverPictureIsNoCamera) {
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
