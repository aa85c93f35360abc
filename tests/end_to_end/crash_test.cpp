// A crash in the middle of a take, and what the next start makes of it.

#include <gtest/gtest.h>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "tests/support/child.hpp"
#include "tests/support/program.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;

/// Starts a long recording, kills it once `wait` of it is on disk, and returns the project folder's part file.
fs::path killed_recording(const fs::path& project, std::chrono::milliseconds wait) {
    const auto part = project / "takes" / "take-001.part.mp4";
    const std::string command = changji_command(
        "record --camera 'lavfi:testsrc2=size=1920x1080:rate=25[out0];sine=sample_rate=48000[out1]' --microphone "
        "camera "
        "--duration 60 --project '" +
        project.string() + "'");
    const std::string script = "exec setsid " + command + " >/dev/null 2>&1 & echo $!";
    const auto pid = run(script).output;
    for (int i = 0; i < 400 && (!fs::exists(part) || fs::file_size(part) < 100'000); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    std::this_thread::sleep_for(wait);
    static_cast<void>(run("kill -9 " + pid));
    return part;
}

TEST(Crash, AKilledRecordingIsPlayableAndRecovered) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    const TemporaryFolder folder;
    const auto part = killed_recording(folder.path(), std::chrono::seconds(3));
    ASSERT_TRUE(fs::exists(part));
    EXPECT_EQ(run("ffmpeg -v error -i '" + part.string() + "' -t 1 -f null -").exit_code, 0)
        << "playable before recovery";

    const auto recovered = changji("takes recover --json '" + folder.path().string() + "'");
    ASSERT_EQ(recovered.exit_code, 0) << recovered.errors << recovered.output;
    EXPECT_TRUE(json_of(recovered)["takes"][0].value("rescued", false));
    const auto take = folder.path() / "takes" / "take-001.mp4";
    ASSERT_TRUE(fs::exists(take));
    EXPECT_FALSE(fs::exists(part));
    EXPECT_GE(std::stod(ffprobe(take)["format"].value("duration", "0")), 2.0);
    EXPECT_EQ(run("ffmpeg -v error -xerror -i '" + take.string() + "' -f null -").errors, "");
    const auto report = json_of(changji("takes show --json '" + folder.path().string() + "'"));
    EXPECT_EQ(report.value("schema", ""), "changji.take/1");
}

TEST(Crash, TheNextRecordingRescuesTheTakeWithoutBeingAsked) {
    const TemporaryFolder folder;
    const auto part = killed_recording(folder.path(), std::chrono::seconds(1));
    ASSERT_TRUE(fs::exists(part));
    const auto next = changji(
        "record --camera 'lavfi:testsrc2=size=1920x1080:rate=25' --microphone none --duration 1 --json --project '" +
        folder.path().string() + "'");
    EXPECT_EQ(next.exit_code, 0) << next.errors;
    EXPECT_EQ(json_of(next).value("take", 0), 2);
    EXPECT_TRUE(fs::exists(folder.path() / "takes" / "take-001.mp4"));
    EXPECT_NE(next.errors.find("rescued"), std::string::npos) << next.errors;
}

TEST(Crash, ATakeThatIsBeingRecordedIsNotRescued) {
    const TemporaryFolder folder;
    const std::string record = changji_command(
        "record --camera 'lavfi:testsrc2=size=1920x1080:rate=25' --microphone none --duration 4 --json --project '" +
        folder.path().string() + "'");
    std::thread recording([&] { EXPECT_EQ(run(record).exit_code, 0); });
    const auto part = folder.path() / "takes" / "take-001.part.mp4";
    for (int i = 0; i < 200 && (!fs::exists(part) || fs::file_size(part) < 50'000); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    const auto recovered = json_of(changji("takes recover --json '" + folder.path().string() + "'"));
    ASSERT_EQ(recovered["takes"].size(), 1u);
    EXPECT_FALSE(recovered["takes"][0].value("rescued", true));
    recording.join();
    EXPECT_TRUE(fs::exists(folder.path() / "takes" / "take-001.mp4"));
}

std::int64_t decoded_pictures(const fs::path& file) {
    const auto counted =
        run("ffprobe -v error -count_frames -select_streams v:0 -show_entries stream=nb_read_frames -of csv=p=0 '" +
            file.string() + "'");
    return counted.output.empty() || !counted.errors.empty() ? -1 : std::stoll(counted.output);
}

/// A project in which a take of six seconds was broken off, in any state its finishing may have left.
class BrokenOffTake : public testing::Test {
protected:
    void SetUp() override {
        if (!have_program("ffmpeg")) GTEST_SKIP() << "NOT TESTED: the ffmpeg program is not on this machine";
        static const std::string once = make_fragments();
        fragments_ = once;
        ASSERT_FALSE(fragments_.empty());
        fs::create_directories(takes_);
        write(part_, fragments_);
    }
    static std::string make_fragments() {
        const TemporaryFolder folder;
        const std::string file = (folder.path() / "part.mp4").string();
        const auto made =
            run("ffmpeg -v error -f lavfi -i testsrc2=s=1920x1080:r=25:d=6,noise=alls=20:allf=t -f lavfi -i "
                "sine=997:r=48000:d=6 -ac 2 -vf setsar=1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 25 -bf 0 "
                "-video_track_timescale 12800 -c:a aac "
                "-movflags +frag_keyframe+empty_moov+delay_moov+default_base_moof -frag_duration 500000 -f mp4 " +
                file);
        return made.exit_code == 0 ? content_of(file) : "";
    }
    static void write(const fs::path& path, const std::string& bytes) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    }
    [[nodiscard]] std::string recover() const { return "takes recover --json '" + folder_.path().string() + "'"; }
    [[nodiscard]] std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(takes_)) found.insert(entry.path().filename().string());
        return found;
    }
    /// The take is finished, reported and alone; asked again there is nothing to do.
    void expect_finished() {
        EXPECT_EQ(decoded_pictures(video_), 150);
        EXPECT_EQ(names(), (std::set<std::string>{"take-001.json", "take-001.mp4"}));
        const auto report = nlohmann::json::parse(content_of(takes_ / "take-001.json"), nullptr, false);
        ASSERT_FALSE(report.is_discarded());
        EXPECT_EQ(report.value("file", ""), "take-001.mp4");
        EXPECT_EQ(report.value("sha256", "").size(), 64u);
        EXPECT_TRUE(json_of(changji(recover()))["takes"].empty());
    }

    TemporaryFolder folder_;
    const fs::path takes_ = folder_.path() / "takes";
    const fs::path part_ = takes_ / "take-001.part.mp4";
    const fs::path video_ = takes_ / "take-001.mp4";
    std::string fragments_;
};

TEST_F(BrokenOffTake, WithATemporaryFileBesideIsFinishedAndLeavesNoneBehind) {
    write(takes_ / "take-001.finish.tmp.mp4", fragments_.substr(0, 500'000) + std::string(500'000, '\0'));
    EXPECT_EQ(changji(recover()).exit_code, 0);
    expect_finished();
}

TEST_F(BrokenOffTake, BetweenTheRenameAndTheRemovalOfTheFragmentsIsFinished) {
    ASSERT_EQ(changji(recover()).exit_code, 0);
    const std::string video = content_of(video_);
    fs::remove(takes_ / "take-001.json");
    write(part_, fragments_);
    const auto recovered = changji(recover());
    EXPECT_EQ(recovered.exit_code, 0) << recovered.output;
    EXPECT_EQ(content_of(video_), video);
    expect_finished();
}

TEST_F(BrokenOffTake, BetweenFinishingAndTheReportGetsItsReport) {
    ASSERT_EQ(changji(recover()).exit_code, 0);
    fs::remove(takes_ / "take-001.json");
    const auto recovered = changji(recover());
    EXPECT_EQ(recovered.exit_code, 0);
    EXPECT_EQ(json_of(recovered)["takes"].size(), 1u);
    expect_finished();
}

TEST_F(BrokenOffTake, BeforeItsFirstPictureIsTidiedAwayWithoutAWord) {
    write(part_, "");
    write(takes_ / "take-001.meters.csv", "time_s\n");
    const auto recovered = changji(recover());
    EXPECT_EQ(recovered.exit_code, 0);
    EXPECT_TRUE(json_of(recovered)["takes"].empty());
    EXPECT_TRUE(names().empty());
}

TEST_F(BrokenOffTake, KilledAgainAndAgainWhileFinishingIsWholeEachTime) {
    RandomTimes times(20);
    for (int kill = 0; kill < 3; ++kill) {
        SCOPED_TRACE("kill " + std::to_string(kill));
        static_cast<void>(run_and_kill(changji_command(recover()),
                                       times.between(std::chrono::milliseconds(20), std::chrono::milliseconds(700))));
        if (fs::exists(part_)) {
            EXPECT_TRUE(content_of(part_) == fragments_);
        } else {
            EXPECT_EQ(decoded_pictures(video_), 150);
        }
    }
    EXPECT_EQ(changji(recover()).exit_code, 0);
    expect_finished();
}

TEST(Crash, KilledAtRandomTimesARecordingLosesItsLastSecondAtMost) {
    CHANGJI_NEEDS_PROGRAM("ffprobe");
    RandomTimes times(6);
    const TemporaryFolder folder;
    for (int take = 1; take <= 3; ++take) {
        SCOPED_TRACE("take " + std::to_string(take));
        const auto part = folder.path() / "takes" / ("take-00" + std::to_string(take) + ".part.mp4");
        Child recording(changji_command(
            "record --camera 'lavfi:testsrc2=size=1920x1080:rate=25[out0];sine=sample_rate=48000[out1]' --microphone "
            "camera --encoder libx264:ultrafast --duration 60 --project '" +
            folder.path().string() + "'"));
        // The first fragment is there when half a second has been recorded. (It also rescues the take before.)
        ASSERT_TRUE(eventually([&] { return fs::exists(part) && fs::file_size(part) > 0; })) << recording.errors();
        const auto first_half = std::chrono::steady_clock::now();
        std::this_thread::sleep_for(times.between(std::chrono::milliseconds(300), std::chrono::milliseconds(2500)));
        const auto killed = recording.kill();
        const double recorded_s = std::chrono::duration<double>(killed - first_half).count() + 0.5;
        // A second, what the encoder holds, and what may wait before it while the machine is busy.
        EXPECT_GE(static_cast<double>(decoded_pictures(part)) / 25.0, recorded_s - 2.0);
    }
    EXPECT_EQ(changji("takes recover '" + folder.path().string() + "'").exit_code, 0);
    for (int take = 1; take <= 3; ++take) {
        const std::string stem = "take-00" + std::to_string(take);
        EXPECT_GE(decoded_pictures(folder.path() / "takes" / (stem + ".mp4")), 12);
        EXPECT_TRUE(fs::exists(folder.path() / "takes" / (stem + ".json")));
        EXPECT_FALSE(fs::exists(folder.path() / "takes" / (stem + ".part.mp4")));
    }
}

TEST(Crash, ABreakdownLeavesAReportThatSaysWhatHappenedAndTheTakeIsThere) {
    const TemporaryFolder folder;
    const auto state = folder.path() / "state";
    const auto project = folder.path() / "project";
    Child child(
        "env XDG_STATE_HOME='" + state.string() + "' " +
        changji_command("record --camera demo --microphone demo --duration 60 --project '" + project.string() + "'"));
    const auto part = project / "takes" / "take-001.part.mp4";
    ASSERT_TRUE(eventually([&] { return fs::exists(part) && fs::file_size(part) > 100'000; }));
    child.send(SIGSEGV);
    EXPECT_EQ(child.wait(), 128 + SIGSEGV) << "ends as it would have";

    ASSERT_TRUE(fs::is_directory(state / "changji"));
    std::vector<fs::path> reports;
    for (const auto& entry : fs::directory_iterator(state / "changji")) reports.push_back(entry.path());
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_NE(child.errors().find(reports[0].string()), std::string::npos) << child.errors();
    std::ifstream file(reports[0]);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (const char* const part_of_it :
         {"changji 0.", "FFmpeg ", "started as:", "--camera demo", "ended by: SEGV", "run_command_line"}) {
        EXPECT_NE(text.find(part_of_it), std::string::npos) << part_of_it << " in\n" << text;
    }
    const auto recovered = changji("takes recover --json '" + project.string() + "'");
    EXPECT_EQ(recovered.exit_code, 0) << recovered.errors;
    EXPECT_TRUE(fs::exists(project / "takes" / "take-001.mp4"));
}

TEST(Version, NamesTheLibrariesInUse) {
    const auto result = changji("--version");
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(result.output.starts_with("changji 0."));
    for (const char* const library : {"FFmpeg ", "OpenCV ", "SDL "}) {
        EXPECT_NE(result.output.find(library), std::string::npos) << library;
    }
}

}  // namespace
}  // namespace changji::test
