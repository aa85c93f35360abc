// The real window on a screen of its own, driven by keys as a crew would.

#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <iterator>

#include "window_fixture.hpp"

namespace changji::test {
namespace {

TEST_F(Window, SpaceRecordsAndOnlyADeliberateSecondActStops) {
    open_window("--camera demo --microphone camera");
    ASSERT_TRUE(starts_a_take());
    std::this_thread::sleep_for(3s);
    screen_->key("space");  // arms only
    std::this_thread::sleep_for(5s);
    EXPECT_TRUE(fs::exists(take("take-001.part.mp4"))) << "one press, forgotten, doesn't stop";
    screen_->key("space");
    std::this_thread::sleep_for(800ms);
    screen_->key("space");
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-001.json")); }));
    EXPECT_TRUE(fs::exists(take("take-001.mp4")));
    EXPECT_GE(std::stod(ffprobe(take("take-001.mp4"))["format"].value("duration", "0")), 5.0);
    EXPECT_TRUE(runs()) << "and the window is still there";
    screen_->key("ctrl+q");
    EXPECT_TRUE(comes_true([&] { return !runs(); }));
}

TEST_F(Window, BeingToldToEndFinishesTheTakeFirst) {
    open_window("--camera demo --microphone camera");
    ASSERT_TRUE(starts_a_take());
    std::this_thread::sleep_for(2s);
    static_cast<void>(run("kill " + pid_));
    EXPECT_TRUE(comes_true([&] { return !runs(); }));
    EXPECT_TRUE(fs::exists(take("take-001.mp4")));
    EXPECT_TRUE(fs::exists(take("take-001.json")));
}

TEST_F(Window, WhatIsTickedAndMarkedReachesTheReportAndHoldingTheKeyStops) {
    open_window("--camera demo --microphone camera");
    ASSERT_TRUE(starts_a_take());
    std::this_thread::sleep_for(1s);
    const auto lines = [&] {
        std::ifstream journal(take("take-001.marks.jsonl"));
        return std::count(std::istreambuf_iterator<char>(journal), {}, '\n');
    };
    std::ptrdiff_t pressed = 0;
    for (const char* key : {"1", "2", "9", "g", "x"}) {
        screen_->key(key);
        ++pressed;
        EXPECT_TRUE(comes_true([&] { return lines() == pressed; })) << key << " is in the journal while recording";
    }
    EXPECT_EQ(run(screen_->display() + " xdotool keydown space").exit_code, 0);
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-001.json")); })) << "held down, it stops";
    EXPECT_EQ(run(screen_->display() + " xdotool keyup space").exit_code, 0);
    const auto report = [&] {
        std::ifstream stream(take("take-001.json"));
        return nlohmann::json::parse(stream, nullptr, false);
    };
    const auto first = report();
    ASSERT_EQ(first["marks"].size(), 5u) << first["marks"];
    const std::array topics{1, 2, 9};
    for (std::size_t i = 0; i < topics.size(); ++i) EXPECT_EQ(first["marks"][i]["topic"], topics[i]);
    EXPECT_EQ(first["marks"][3]["kind"], "good");
    EXPECT_EQ(first["marks"][4]["kind"], "bad");
    EXPECT_LE(first["marks"][4]["at_s"], first["duration_s"]);
    EXPECT_EQ(finding(first, "crew.topics").value("status", ""), "pass");
    EXPECT_EQ(finding(first, "crew.confirmation").value("status", ""), "confirm");
    EXPECT_FALSE(fs::exists(take("take-001.marks.jsonl")));

    // The open questions have come up by themselves; the second is about the host.
    screen_->key("2");
    EXPECT_TRUE(comes_true([&] { return finding(report(), "crew.confirmation").value("status", "") == "pass"; }));
    EXPECT_EQ(report()["marks"], first["marks"]);
}

// Clause 四.6: the window draws its overlays over its own copy of the picture; the take doesn't know of them.
TEST_F(Window, NothingThatIsDrawnReachesTheTake) {
    const auto source = home_.path() / "source.mkv";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i color=c=0x405060:size=1920x1080:rate=25:duration=60 -pix_fmt yuv420p "
                  "-color_range tv -colorspace bt709 -c:v ffv1 '" +
                  source.string() + "'")
                  .exit_code,
              0);
    open_window("--camera '" + source.string() + "' --microphone none");
    ASSERT_TRUE(starts_a_take());
    screen_->key("F1");
    std::this_thread::sleep_for(3s);
    screen_->key("Escape");
    screen_->key("F4");  // something to compare with
    for (const char* aid : {"F5", "F6", "F7", "F8", "F9", "F10", "w", "k", "a", "r", "s"}) screen_->key(aid);
    std::this_thread::sleep_for(2s);
    for (const char* aid : {"w", "r", "p", "q"}) screen_->key(aid);
    std::this_thread::sleep_for(1s);
    for (const char* aid : {"Escape", "v", "z"}) screen_->key(aid);
    std::this_thread::sleep_for(1s);
    screen_->key("h");
    std::this_thread::sleep_for(1s);
    EXPECT_TRUE(fs::exists(project() / "reference.png")) << "the keys reached the window";
    screen_->key("space");
    std::this_thread::sleep_for(800ms);
    screen_->key("space");
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-001.json")); }));
    const auto compared = run("ffmpeg -hide_banner -i '" + take("take-001.mp4").string() + "' -i '" + source.string() +
                              "' -lavfi '[0:v]setpts=N[a];[1:v]setpts=N[b];[a][b]psnr=shortest=1' -f null -");
    const auto at = compared.errors.find("min:");
    ASSERT_NE(at, std::string::npos) << compared.errors;
    const std::string least = compared.errors.substr(at + 4);
    EXPECT_TRUE(least.starts_with("inf") || std::stod(least) > 45.0) << "a flat picture comes back flat: " << least;
}

// The guide lies beside the picture: it shows a newcomer the way and holds nobody up.
TEST_F(Window, TheFirstStartShowsTheGuideAndStillRecordsByKey) {
    fs::create_directories(home_.path() / "Videos");
    open("");
    screen_->photograph("guide");
    EXPECT_TRUE(comes_by_key("Escape", [&] {
        return text_of(".config/changji/settings.toml").find("guide_done = true") != std::string::npos;
    })) << "it was open, and Escape skips it for good";
    EXPECT_TRUE(comes_by_key(
        "ctrl+g", [] { return true; }, 1s));
    const auto part = home_.path() / "Videos" / "changji" / "takes" / "take-001.part.mp4";
    EXPECT_TRUE(comes_by_key("space", [&] { return fs::exists(part); }));
}

TEST_F(Window, TMakesATestRecordingThatIsNoTake) {
    open_window("--camera demo --microphone camera");
    EXPECT_TRUE(comes_by_key(
        "t", [&] { return fs::exists(project() / "trial" / "trial.mp4"); }, 60s));
    EXPECT_GE(std::stod(ffprobe(project() / "trial" / "trial.mp4")["format"].value("duration", "0")), 4.5);
    EXPECT_FALSE(fs::exists(project() / "takes"));
    screen_->photograph("test-recording");
    screen_->key("Escape");
    ASSERT_TRUE(starts_a_take()) << "and the first take is the first";
}

TEST_F(Window, TheSetUpMakesAndOpensProjectsAndRefusesABrokenOne) {
    const auto memory = [&] { return text_of(".local/state/changji/last-start.toml"); };
    const auto broken = home_.path() / "broken";
    fs::create_directories(broken);
    std::ofstream(broken / "project.toml") << "preset = \"unfinished\n";
    open_window("--camera demo --microphone none");
    // 1280×720: the field for a new project, then the one to open.
    const auto type_into = [&](int x, int y, const std::string& text) {
        const std::string window = screen_->display() + " xdotool mousemove " + std::to_string(x) + " " +
                                   std::to_string(y) + " click 1 sleep 1 key ctrl+a type --delay 60 '" + text + "'";
        EXPECT_EQ(run(window).exit_code, 0);
        std::this_thread::sleep_for(1s);
        screen_->key("Return");
    };
    const auto made = home_.path() / "made";
    bool opened = false;
    for (int attempt = 0; attempt < 4 && !opened; ++attempt) {
        screen_->key("F12");
        std::this_thread::sleep_for(2s);
        screen_->photograph("set-up");
        type_into(250, 253, made.string());
        opened = comes_true([&] { return memory().find("project = '" + made.string()) != std::string::npos; }, 15s);
    }
    ASSERT_TRUE(opened) << memory();
    EXPECT_TRUE(fs::exists(made / "project.toml"));
    type_into(800, 155, broken.string());
    std::this_thread::sleep_for(5s);
    EXPECT_EQ(memory().find("project = '" + broken.string()), std::string::npos);
    EXPECT_TRUE(runs()) << "the present project goes on";
    const auto other = home_.path() / "other";
    fs::create_directories(other);
    type_into(800, 155, other.string());
    EXPECT_TRUE(comes_true([&] { return memory().find("project = '" + other.string()) != std::string::npos; }))
        << "the same field opens one that is whole";
    screen_->key("Escape");
    screen_->key("Escape");
    EXPECT_TRUE(comes_by_key("space", [&] { return fs::exists(other / "takes" / "take-001.part.mp4"); }));
}

TEST_F(Window, FalseColourPaintsAWellLitFaceGreenAndWhatIsBurntOutRed) {
    CHANGJI_NEEDS_PROGRAM("import");
    // Left half at 60 % of luma, right half at 100 %.
    const auto source = home_.path() / "source.mkv";
    ASSERT_EQ(run("ffmpeg -v error -f lavfi -i \"color=c=black:size=1920x1080:rate=25:duration=0.04,format=yuv420p,"
                  "geq=lum='if(lt(X,960),147,235)':cb=128:cr=128,loop=loop=1499:size=1,setpts=N/25/TB,"
                  "setparams=range=tv:colorspace=bt709\" -c:v ffv1 '" +
                  source.string() + "'")
                  .exit_code,
              0);
    open_window("--camera '" + source.string() + "' --microphone none");
    const auto channels_at = [&](int x, int y) {
        const auto shot = run(screen_->display() + " import -window root -crop 1x1+" + std::to_string(x) + "+" +
                              std::to_string(y) + " -depth 8 rgb:-");
        return shot.output.size() < 3 ? std::array{-1, -1, -1}
                                      : std::array{static_cast<int>(static_cast<unsigned char>(shot.output[0])),
                                                   static_cast<int>(static_cast<unsigned char>(shot.output[1])),
                                                   static_cast<int>(static_cast<unsigned char>(shot.output[2]))};
    };
    EXPECT_TRUE(comes_by_key("F5", [&] {
        const auto face = channels_at(150, 380), burnt = channels_at(700, 380);
        return face[1] > face[0] + 60 && face[1] > face[2] + 60 && burnt[0] > burnt[1] + 120 && burnt[0] > 200;
    }));
    EXPECT_TRUE(comes_by_key("F9", [&] {
        const auto left = channels_at(150, 380);
        return left[0] > left[1] + 120;
    })) << "mirrored: what is burnt out lies left";
    EXPECT_TRUE(comes_by_key("F5", [&] {
        const auto plain = channels_at(700, 380);
        return plain[0] == plain[1] && plain[1] == plain[2] && plain[0] > 100 && plain[0] < 200;
    })) << "60 % grey again, at the right";
}

}  // namespace
}  // namespace changji::test
