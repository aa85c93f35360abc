#include "ui/session.hpp"

#include <gtest/gtest.h>
#include <thread>

#include "tests/support/media.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

Preset shipped_preset() {
    auto outcome = load_preset(std::filesystem::path(CHANGJI_SOURCE_DIR) / "presets" / "hunan-2022-interview.toml");
    return std::get<Preset>(std::move(outcome));
}

SessionOptions options_for(const std::filesystem::path& folder, const char* camera, const char* microphone) {
    SessionOptions options;
    options.preset = shipped_preset();
    options.project.folder = folder;
    options.camera = *parse_camera_spec(camera);
    options.microphone = *parse_microphone_spec(microphone);
    return options;
}

/// Waits long enough for any machine; the condition, not the time, is what is tested.
template <typename Condition>
bool comes_true(Condition condition) {
    for (int i = 0; i < 1000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

TEST(Session, WatchesBeforeItRecordsAndRecordsWhenAsked) {
    const test::TemporaryFolder folder;
    auto opened = open_session(options_for(folder.path(), "demo", "camera"));
    ASSERT_TRUE(opened) << in_english(opened.error().message);
    Session& session = **opened;
    EXPECT_EQ(session.snapshot().stage, Stage::Watching);
    EXPECT_TRUE(comes_true([&] { return session.snapshot().readings[Measure::LightPictureLuma].has_value(); }));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "takes")) << "watching writes nothing";
    ASSERT_TRUE(session.start_take());
    EXPECT_TRUE(comes_true([&] { return session.snapshot().elapsed_s > 1.0; }));
    EXPECT_EQ(session.snapshot().stage, Stage::Recording);
    session.stop_take();
    EXPECT_TRUE(comes_true([&] { return session.last_report().has_value(); }));
    EXPECT_EQ(session.snapshot().stage, Stage::Watching);
    ASSERT_EQ(session.snapshot().takes.size(), 1u);
    EXPECT_TRUE(session.snapshot().takes[0].verdict);
    EXPECT_EQ(session.last_report()->losses->audio_gap_ms, 0);
    ASSERT_TRUE(session.start_take()) << "and once more";
    EXPECT_TRUE(comes_true([&] { return session.snapshot().elapsed_s > 0.4; }));
    EXPECT_EQ(session.snapshot().take_number, 2);
}

TEST(Session, ARunningTakeIsFinishedWhenTheSessionEnds) {
    const test::TemporaryFolder folder;
    {
        auto opened = open_session(options_for(folder.path(), "demo", "none"));
        ASSERT_TRUE(opened);
        ASSERT_TRUE((*opened)->start_take());
        EXPECT_TRUE(comes_true([&] { return (*opened)->snapshot().elapsed_s > 0.5; }));
    }
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "takes" / "take-001.mp4"));
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "takes" / "take-001.json"));
}

TEST(Session, TheEndOfAFileEndsTheTakeWithoutAFault) {
    const test::TemporaryFolder folder;
    auto options = options_for(folder.path(), "lavfi:testsrc2=size=1920x1080:rate=25:duration=1", "none");
    options.begin_take = BeginTake::WithFirstFrame;
    auto opened = open_session(std::move(options));
    ASSERT_TRUE(opened);
    EXPECT_TRUE(comes_true([&] { return (*opened)->last_report().has_value(); }));
    EXPECT_FALSE((*opened)->snapshot().loss);
    EXPECT_EQ((*opened)->last_report()->media->video->frames, 25);
    EXPECT_EQ((*opened)->snapshot().stage, Stage::Lost);
    EXPECT_FALSE((*opened)->start_take()) << "there is no picture any more";
}

TEST(Session, TheScriptIsSavedAndPromptedBehindTheOpeningLine) {
    const test::TemporaryFolder folder;
    auto opened = open_session(options_for(folder.path(), "demo", "none"));
    ASSERT_TRUE(opened);
    Session& session = **opened;
    const std::size_t without_guest = session.snapshot().script->characters();
    EXPECT_GT(without_guest, 30u) << "the opening line is there before anybody wrote a text";
    ASSERT_TRUE(session.change_script("问：今年[看镜头]怎么样？"));
    EXPECT_EQ(session.snapshot().script->characters(), without_guest + 5);
    EXPECT_EQ(session.snapshot().script->marks().size(), 1u);
    EXPECT_EQ(load_project(folder.path())->script, "问：今年[看镜头]怎么样？");
    EXPECT_FALSE(std::filesystem::is_empty(folder.path() / "scripts"));
    Slate slate;
    slate.guest = "林安";
    ASSERT_TRUE(session.change_slate(slate));
    EXPECT_EQ(session.snapshot().script->characters(), without_guest + 5 + 2);
    EXPECT_EQ(session.snapshot().prompter.character, 0.0) << "nothing moves until somebody asks";
    session.prompt({PrompterAct::MoveTo, 4.0});
    session.prompt({PrompterAct::SetPace, 400.0});
    session.prompt({PrompterAct::Run});
    EXPECT_TRUE(comes_true([&] { return session.snapshot().prompter.character > 6.0; }));
    session.prompt({PrompterAct::MoveTo, 1.0});
    session.prompt({PrompterAct::Pause});
    EXPECT_LT(session.snapshot().prompter.character, 4.0);
}

TEST(Session, FollowsTheMicrophonesVoiceWhenAsked) {
    const test::TemporaryFolder folder;
    auto options = options_for(folder.path(), "demo", "camera");
    // What the person in the demo scene says.
    options.preset.opening.reset();
    options.project.script =
        "各位同学，大家好，今天我们聊一聊毕业生就业这个话题。\n"
        "就业是最大的民生，我们主动走访企业，为大家开拓新的岗位。\n"
        "学校为每一位同学提供职业规划、简历修改和面试辅导。";
    auto opened = open_session(std::move(options));
    ASSERT_TRUE(opened);
    Session& session = **opened;
    EXPECT_EQ(session.snapshot().prompter.pace, PrompterPace::Even) << "off until somebody asks";
    session.prompt({PrompterAct::Run});
    session.prompt({PrompterAct::FollowVoice});
    EXPECT_TRUE(comes_true([&] { return session.snapshot().prompter.pace == PrompterPace::Voice; }));
    session.prompt({PrompterAct::MoveTo, 0.0});
    EXPECT_TRUE(comes_true([&] { return session.snapshot().prompter.speaking; }));
    const double from = session.snapshot().prompter.character;
    EXPECT_TRUE(comes_true([&] { return session.snapshot().prompter.character > from + 3.0; }));
    session.prompt({PrompterAct::FollowPace});
    EXPECT_EQ(session.snapshot().prompter.pace, PrompterPace::Even);
}

TEST(Session, TheSlateIsSavedAtOnce) {
    const test::TemporaryFolder folder;
    auto opened = open_session(options_for(folder.path(), "demo", "none"));
    ASSERT_TRUE(opened);
    Slate slate;
    slate.guest = "林安";
    ASSERT_TRUE((*opened)->change_slate(slate));
    EXPECT_EQ(load_project(folder.path())->slate.guest, "林安");
    EXPECT_EQ((*opened)->snapshot().slate.guest, "林安");
}

TEST(Session, SignOffsHoldForOneTake) {
    const test::TemporaryFolder folder;
    auto options = options_for(folder.path(), "lavfi:testsrc2=size=1920x1080:rate=25:duration=1", "none");
    options.begin_take = BeginTake::WithFirstFrame;
    options.project.slate.confirmed_clauses = {"四.5-a", "四.5-b"};
    auto opened = open_session(std::move(options));
    ASSERT_TRUE(opened);
    ASSERT_TRUE(comes_true([&] { return (*opened)->last_report().has_value(); }));
    EXPECT_EQ((*opened)->last_report()->slate.confirmed_clauses.size(), 2u) << "they count for the take just made";
    EXPECT_TRUE((*opened)->snapshot().slate.confirmed_clauses.empty()) << "and not for the next";
    EXPECT_TRUE(load_project(folder.path())->slate.confirmed_clauses.empty());
}

TEST(Session, ATakeWithoutAMicrophoneSaysSoAndFails) {
    const test::TemporaryFolder folder;
    auto options = options_for(folder.path(), "lavfi:testsrc2=size=1920x1080:rate=25:duration=1", "none");
    options.begin_take = BeginTake::WithFirstFrame;
    auto opened = open_session(std::move(options));
    ASSERT_TRUE(opened);
    EXPECT_FALSE((*opened)->snapshot().alerts.empty());
    ASSERT_TRUE(comes_true([&] { return (*opened)->last_report().has_value(); }));
    EXPECT_EQ((*opened)->last_report()->verdict.status, VerdictStatus::Fail);
}

}  // namespace
}  // namespace changji
