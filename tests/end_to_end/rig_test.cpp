// The test rig itself: a fake that does not behave as told would make every other test worthless.

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>

#include "tests/support/child.hpp"
#include "tests/support/fake_camera.hpp"
#include "tests/support/fake_disk.hpp"
#include "tests/support/flash_and_beep.hpp"
#include "tests/support/program.hpp"
#include "tests/support/sound_server.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class RigCamera : public testing::Test {
protected:
    void SetUp() override {
        CHANGJI_NEEDS_PROGRAM("ffmpeg");
        CHANGJI_NEEDS_PROGRAM("v4l2-ctl");
    }
    void plug_in(const std::string& more = "", int number = 42) {
        cameras_.plug_in(number, "name Studio Cam\nmode mjpeg 640x480 30,25 " + cameras_.flash_frames(640, 480) +
                                     "\nmode yuyv 320x240 15 " + cameras_.yuyv_frames(320, 240, 90) + "\n" + more);
    }
    CommandResult ctl(const std::string& arguments, int number = 42) const {
        return run(cameras_.environment() + "timeout 20 v4l2-ctl -d /dev/video" + std::to_string(number) + " " +
                   arguments);
    }
    int control(const std::string& name) const {
        const std::string line = ctl("-C " + name).output;
        return line.find(": ") == std::string::npos ? -1 : std::stoi(line.substr(line.find(": ") + 2));
    }

    struct Picture {
        long bytes = 0;
        double time_s = 0;
        int sequence = 0;
    };
    std::vector<Picture> stream(int count, const std::string& more = "") const {
        std::istringstream lines(
            ctl("--verbose --stream-mmap --stream-count=" + std::to_string(count) + " " + more).errors);
        std::vector<Picture> pictures;
        for (std::string line; std::getline(lines, line);) {
            const auto after = [&line](const char* word) {
                const auto at = line.find(word);
                return at == std::string::npos ? 0.0 : std::stod(line.substr(at + std::strlen(word)));
            };
            if (line.find("cap dqbuf") == std::string::npos) continue;
            pictures.push_back(
                {static_cast<long>(after("bytesused: ")), after("ts: "), static_cast<int>(after("seq:"))});
        }
        return pictures;
    }

    FakeCameras cameras_;
};

TEST_F(RigCamera, SatisfiesV4l2Compliance) {
    CHANGJI_NEEDS_PROGRAM("v4l2-compliance");
    plug_in();
    const auto result = run(cameras_.environment() + "timeout 120 v4l2-compliance -s 10 -d /dev/video42");
    EXPECT_NE(result.output.find("Failed: 0"), std::string::npos) << result.output << result.errors;
}

TEST_F(RigCamera, AnAutomaticControlWandersUntilItIsLockedAndAllProgramsSeeIt) {
    plug_in();
    const int before = control("exposure_time_absolute");
    EXPECT_TRUE(eventually([&] { return control("exposure_time_absolute") != before; }));
    EXPECT_EQ(ctl("-c auto_exposure=1 -c exposure_time_absolute=312").errors, "");
    EXPECT_EQ(control("exposure_time_absolute"), 312);
    EXPECT_EQ(cameras_.control(42, "exposure_auto"), 1);
    EXPECT_EQ(cameras_.control(42, "exposure_time_absolute"), 312);
    cameras_.set_control(42, "power_line_frequency", 1);
    EXPECT_EQ(control("power_line_frequency"), 1);
    EXPECT_EQ(cameras_.control(42, "zoom"), std::nullopt);
}

TEST_F(RigCamera, ControlsCanBeFewNoneOrStrict) {
    plug_in("controls exposure,gain\n");
    const std::string few = ctl("-l").output;
    EXPECT_NE(few.find("auto_exposure"), std::string::npos) << few;
    EXPECT_NE(few.find(" gain "), std::string::npos) << few;
    EXPECT_EQ(few.find("focus"), std::string::npos) << few;
    plug_in("controls none\n");
    EXPECT_EQ(ctl("-l").output, "");
    plug_in("controls strict\n");
    EXPECT_NE(ctl("-c exposure_time_absolute=100").errors.find("Permission denied"), std::string::npos);
}

TEST_F(RigCamera, AnUnplugEndsTheStreamAndResetsTheControls) {
    plug_in("at 0.3 unplug 0.5\n");
    cameras_.set_control(42, "brightness", 17);
    const auto pictures = stream(100);
    EXPECT_GT(pictures.size(), 2U);
    EXPECT_LT(pictures.size(), 20U);
    EXPECT_EQ(ctl("--info").exit_code, 1) << "still away";
    ASSERT_TRUE(eventually([&] { return ctl("--info").exit_code == 0; }));
    EXPECT_EQ(cameras_.control(42, "brightness"), 128);
    EXPECT_EQ(stream(20).size(), 20U) << "what happened does not happen again";
}

TEST_F(RigCamera, TheSameCameraReturnsUnderAnotherNumber) {
    const std::string identity = "bus usb-0000:00:14.0-4\nserial 4A1B2C\n";
    plug_in(identity);
    Child watching(cameras_.environment() + "v4l2-ctl -d /dev/video42 --stream-mmap --stream-count=10000");
    EXPECT_FALSE(watching.wait(500ms));
    cameras_.unplug(42);
    EXPECT_TRUE(watching.wait(20s)) << "it ended";
    plug_in(identity, 7);
    EXPECT_EQ(ctl("--info").exit_code, 1);
    EXPECT_NE(ctl("--info", 7).output.find("usb-0000:00:14.0-4"), std::string::npos);
    EXPECT_EQ(run(cameras_.environment() + "cat /sys/class/video4linux/video7/device/../serial").output, "4A1B2C\n");
}

TEST_F(RigCamera, WhileOneStreamsOthersMaySetControlsButNotTheFormat) {
    plug_in();
    Child streaming(cameras_.environment() + "v4l2-ctl -d /dev/video42 --verbose --stream-mmap --stream-count=10000");
    ASSERT_TRUE(streaming.says("cap dqbuf"));
    EXPECT_EQ(ctl("-c brightness=99").exit_code, 0);
    EXPECT_EQ(cameras_.control(42, "brightness"), 99);
    const auto format = ctl("-v width=320,height=240,pixelformat=YUYV");
    EXPECT_NE((format.output + format.errors).find("busy"), std::string::npos);
}

TEST_F(RigCamera, TheFlashIsThePictureStampedWithAMultipleOfItsPeriod) {
    plug_in("flash 0.4\n");
    const long white_bytes = [&] {
        const std::string all = run("cat '" + cameras_.flash_frames(640, 480) + "'").output;
        return static_cast<long>(all.find("\xFF\xD9") + 2);
    }();
    const auto pictures = stream(40, "-p 25");
    ASSERT_EQ(pictures.size(), 40U);
    int flashes = 0;
    for (const Picture& picture : pictures) {
        const double from_multiple_s = std::fabs(std::remainder(picture.time_s, 0.4));
        EXPECT_EQ(picture.bytes == white_bytes, from_multiple_s < 0.001) << picture.time_s;
        flashes += picture.bytes == white_bytes;
    }
    EXPECT_GE(flashes, 3);
}

TEST_F(RigCamera, ItCanDeliverAnotherRateThanItClaims) {
    plug_in("at 0 rate 15\n");
    const auto pictures = stream(10, "-p 30");
    ASSERT_EQ(pictures.size(), 10U);
    EXPECT_NEAR((pictures.back().time_s - pictures.front().time_s) / 9, 1.0 / 15, 0.001);
    EXPECT_NE(ctl("-P").output.find("30.000"), std::string::npos) << "and says 30";
}

TEST_F(RigCamera, FourKArrivesWhole) {
    cameras_.plug_in(42, "mode mjpeg 3840x2160 30 " + cameras_.mjpeg_frames(3840, 2160) + "\n");
    const auto pictures = stream(3);
    ASSERT_EQ(pictures.size(), 3U);
    EXPECT_GT(pictures[0].bytes, 100'000);
}

// ── Sound ──

std::vector<std::int16_t> heard(const SoundServer& server, const std::string& name, double seconds) {
    const std::string raw = run("PULSE_SERVER=" + server.address() + " timeout " + std::to_string(seconds) +
                                " parec --raw --format=s16le --rate=48000 --channels=1 --latency-msec=20 -d " + name)
                                .output;
    std::vector<std::int16_t> samples(raw.size() / 2);
    std::memcpy(samples.data(), raw.data(), samples.size() * 2);
    return samples;
}

std::vector<std::size_t> beeps_in(const std::vector<std::int16_t>& samples) {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < samples.size(); ++at) {
        if (std::abs(samples[at]) > 4000 && (found.empty() || at > found.back() + 4800)) found.push_back(at);
    }
    return found;
}

TEST(RigSound, BeepsFollowTheMicrophonesOwnClock) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    server->add_microphone("lavalier");
    server->feed_beeps("lavalier", 0.5, 1000.0);
    const auto beeps = beeps_in(heard(*server, "lavalier", 3.0));
    ASSERT_GE(beeps.size(), 4U);
    for (std::size_t i = 2; i < beeps.size(); ++i) {
        EXPECT_NEAR(static_cast<double>(beeps[i] - beeps[i - 1]), 24'024.0, 2.0) << "1000 ppm fast";
    }
}

TEST(RigSound, AMicrophoneCanBeMutedPulledOutAndComeBack) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    server->add_microphone("lavalier");
    server->feed_digital_zero("lavalier");
    auto samples = heard(*server, "lavalier", 1.0);
    ASSERT_GT(samples.size(), 10'000U);
    EXPECT_TRUE(std::all_of(samples.begin(), samples.end(), [](auto sample) { return sample == 0; }));
    server->feed_silence("lavalier");
    samples = heard(*server, "lavalier", 1.0);
    EXPECT_FALSE(std::all_of(samples.begin(), samples.end(), [](auto sample) { return sample == 0; }));
    server->unload("lavalier");
    EXPECT_EQ(heard(*server, "lavalier", 0.5).size(), 0U);
    server->add_microphone("lavalier");
    EXPECT_GT(heard(*server, "lavalier", 1.0).size(), 10'000U);
}

TEST(RigSound, ARecordingCanBeMovedToAnotherMicrophoneWithoutItsKnowing) {
    CHANGJI_NEEDS_SOUND_SERVER(server);
    server->add_microphone("lavalier");
    server->add_microphone("builtin");
    server->feed_digital_zero("lavalier");
    server->feed_tone("builtin", 1000.0, 0.5);
    Child recording("PULSE_SERVER=" + server->address() + " parec --raw --format=s16le --channels=1 -d lavalier");
    ASSERT_TRUE(eventually([&] { return server->recordings() == 1; }));
    ASSERT_TRUE(eventually([&] { return recording.output().size() > 48'000; }));
    server->move_recordings_to("builtin");
    EXPECT_TRUE(eventually([&] {
        const std::string raw = recording.output();
        return raw.find_last_not_of('\0') != std::string::npos;
    }));
}

// ── Disk ──

class RigDisk : public testing::Test {
protected:
    CommandResult copy(int blocks) const {
        return run(disk_.environment() + "dd if=/dev/zero of='" + (folder_.path() / "a").string() +
                   "' bs=1000 count=" + std::to_string(blocks));
    }
    TemporaryFolder folder_;
    FakeDisk disk_{folder_.path()};
};

TEST_F(RigDisk, TheWriteThatIsToldToFailsAndWhatWasBeforeIsKept) {
    disk_.set_rules("fail write 3 ENOSPC");
    const auto result = copy(5);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_NE(result.errors.find("No space left"), std::string::npos) << result.errors;
    EXPECT_EQ(fs::file_size(folder_.path() / "a"), 2000U);
    EXPECT_EQ(disk_.operations(), (std::vector<std::string>{"write a 1000", "write a 1000", "write a 1000 ENOSPC"}));
}

TEST_F(RigDisk, SyncAndRenameFailTooAndOtherFoldersAreLeftAlone) {
    disk_.set_rules("fail sync 1 EIO\nfail rename 1+ EIO\nfail write 1+ EIO");
    std::ofstream(folder_.path() / "a") << "here since before\n";
    const std::string path = "'" + (folder_.path() / "a").string();
    EXPECT_NE(run(disk_.environment() + "sync " + path + "'").errors.find("Input/output error"), std::string::npos);
    EXPECT_NE(run(disk_.environment() + "mv " + path + "' " + path + "b'").exit_code, 0);
    EXPECT_TRUE(fs::exists(folder_.path() / "a"));
    const TemporaryFolder elsewhere;
    EXPECT_EQ(
        run(disk_.environment() + "dd if=/dev/zero of='" + (elsewhere.path() / "a").string() + "' count=1").exit_code,
        0);
}

TEST_F(RigDisk, AThrottledDiskTakesItsTimeAndTheRuleChangesLive) {
    disk_.set_rules("throttle 1000");
    Child slow(disk_.environment() + "dd if=/dev/zero of='" + (folder_.path() / "a").string() + "' bs=1000 count=60");
    EXPECT_FALSE(slow.wait(1500ms));
    disk_.set_rules("");
    EXPECT_EQ(slow.wait(), 0);
    EXPECT_EQ(disk_.count("write"), 60U);
}

TEST_F(RigDisk, ASmallDiskIsReallyFull) {
    CHANGJI_NEEDS_SMALL_DISK(disk, 1 << 20);
    EXPECT_EQ(run("dd if=/dev/zero bs=64k count=20 of='" + (disk->path() / "a").string() + "'").exit_code, 1);
    EXPECT_EQ(fs::file_size(disk->path() / "a"), 1U << 20);
}

// ── Programs ──

TEST(RigChild, IsKilledInTheMiddleAndRandomTimesRepeat) {
    EXPECT_TRUE(run_and_kill("sleep 60", 50ms));
    EXPECT_FALSE(run_and_kill("true", 10s)) << "it had ended";
    Child child("A=b sh -c 'echo $A; echo more >&2; exit 7'");
    EXPECT_EQ(child.wait(), 7);
    EXPECT_EQ(child.output(), "b\n");
    EXPECT_TRUE(child.says("more"));
    RandomTimes one(5), other(5);
    EXPECT_EQ(one.between(0ms, 9999ms), other.between(0ms, 9999ms));
}

TEST(RigFlashAndBeep, FindsAKnownOffset) {
    CHANGJI_NEEDS_PROGRAM("ffmpeg");
    const TemporaryFolder folder;
    const auto file = folder.path() / "known.mp4";
    // White at every whole second, a beep 30 ms later.
    const auto made =
        run("ffmpeg -v error -f lavfi -i 'color=black:size=320x180:rate=25:duration=4,lutyuv=y=40,"
            "drawbox=color=white:t=fill:enable=lt(mod(t+0.001\\,1)\\,0.03)' "
            "-f lavfi -i "
            "'aevalsrc=if(between(mod(t\\,1)\\,0.03\\,0.04)\\,0.5*sin(2*PI*1000*(mod(t\\,1)-0.03))\\,0):s=48000:d=4' "
            "-c:v libx264 -bf 0 -c:a aac '" +
            file.string() + "'");
    ASSERT_EQ(made.exit_code, 0) << made.errors;
    const auto pairs = flashes_and_beeps(file);
    ASSERT_EQ(pairs.size(), 4U) << summary(pairs);
    for (const auto& pair : pairs) EXPECT_NEAR(pair.sound_late_ms(), 30.0, 1.0);
    EXPECT_EQ(flashes_and_beeps(file, 1.5, 2.5).size(), 1U);
}

}  // namespace
}  // namespace changji::test
