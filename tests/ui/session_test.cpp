#include "ui/session/session.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/presets/shipped_preset.hpp"
#include "tests/support/media.hpp"
#include "ui/session/rescue.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

SessionOptions options_for(const std::filesystem::path& folder, const char* camera, const char* microphone) {
    SessionOptions options;
    options.preset = test::shipped_preset();
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

nlohmann::json report_in(const std::filesystem::path& project) {
    std::ifstream stream(project / "takes" / "take-001.json");
    return nlohmann::json::parse(stream, nullptr, false);
}

std::string status_of_check(const nlohmann::json& report, const std::string& check, const std::string& clause) {
    for (const auto& finding : report["findings"]) {
        if (finding["check"] == check && finding["clause"] == clause) return finding["status"];
    }
    return "none";
}

TEST(Session, MarksReachTheReportAndRequiredTopicsAreJudgedByThem) {
    const test::TemporaryFolder folder;
    auto opened = open_session(options_for(folder.path(), "demo", "none"));
    ASSERT_TRUE(opened);
    Session& session = **opened;
    session.mark(MarkKind::Topic, 1);
    EXPECT_TRUE(session.snapshot().marks.empty()) << "nothing runs";
    ASSERT_TRUE(session.start_take(Consent::WithoutSound));
    ASSERT_TRUE(comes_true([&] { return session.snapshot().elapsed_s > 0.5; }));
    for (const int topic : {1, 2, 9, 3, 3}) session.mark(MarkKind::Topic, topic);
    session.mark(MarkKind::Good, 0);
    session.mark(MarkKind::Bad, 0);
    EXPECT_EQ(session.snapshot().marks.size(), 5u) << "topic 3 was ticked and taken back";
    const auto journal = folder.path() / "takes" / "take-001.marks.jsonl";
    EXPECT_TRUE(comes_true([&] { return std::filesystem::exists(journal); }));
    session.stop_take();
    ASSERT_TRUE(comes_true([&] { return session.last_report().has_value(); }));
    EXPECT_FALSE(std::filesystem::exists(journal)) << "the report has them now";
    EXPECT_TRUE(session.snapshot().marks.empty());

    const auto report = report_in(folder.path());
    ASSERT_EQ(report["marks"].size(), 5u);
    EXPECT_EQ(report["marks"][0]["topic"], 1);
    EXPECT_GT(report["marks"][0]["at_s"], 0.4);
    EXPECT_LE(report["marks"][0]["at_s"], report["duration_s"]);
    EXPECT_EQ(report["marks"][3]["kind"], "good");
    EXPECT_EQ(report["marks"][4]["kind"], "bad");
    EXPECT_EQ(status_of_check(report, "crew.topics", "三"), "pass");
}

TEST(Session, ThePlaceInTheScriptIsMarkedInTheTake) {
    const test::TemporaryFolder folder;
    auto options = options_for(folder.path(), "demo", "none");
    options.project.script = "问：一？\n答。\n问：二？\n答。";
    auto opened = open_session(std::move(options));
    ASSERT_TRUE(opened);
    Session& session = **opened;
    const auto marks = session.snapshot().script->marks();
    ASSERT_EQ(marks.size(), 2u);
    ASSERT_TRUE(session.start_take(Consent::WithoutSound));
    ASSERT_TRUE(comes_true([&] { return session.snapshot().elapsed_s > 0.3; }));
    session.prompt({PrompterAct::Hold, 0.0});  // so that a slow machine doesn't read on by itself
    session.prompt({PrompterAct::Run, 0.0});
    const auto noted = [&](std::size_t count) {
        return comes_true([&] {
            const auto now = session.snapshot().marks;
            return std::ranges::count(now, MarkKind::Script, &Mark::kind) == static_cast<std::ptrdiff_t>(count);
        });
    };
    for (std::size_t i = 0; i < marks.size(); ++i) {
        session.prompt({PrompterAct::MoveTo, static_cast<double>(marks[i].character)});
        EXPECT_TRUE(noted(i + 1)) << i;
    }
    session.mark(MarkKind::Good, 0);
    session.stop_take();
    ASSERT_TRUE(comes_true([&] { return session.last_report().has_value(); }));
    const auto report = report_in(folder.path());
    ASSERT_EQ(report["marks"].size(), 3u) << report["marks"];
    for (std::size_t i = 0; i < marks.size(); ++i) {
        EXPECT_EQ(report["marks"][i]["kind"], "script");
        EXPECT_EQ(report["marks"][i]["character"], marks[i].character);
    }
    EXPECT_EQ(report["marks"][2]["character"], marks[1].character) << "a moment says where the script was, too";

    ASSERT_TRUE(session.sign_off({"四.5-b"}));
    EXPECT_EQ(report_in(folder.path())["marks"], report["marks"]) << "a report that is written again keeps them";
}

TEST(Session, FollowingTheVoiceTakesNothingFromTheTake) {
    const test::TemporaryFolder folder;
    auto options = options_for(folder.path(), "lavfi:testsrc2=size=1920x1080:rate=25:duration=4",
                               "lavfi:sine=frequency=180:sample_rate=48000:duration=4");
    options.project.script = "我们走访了许多企业，今年的岗位比去年多。";
    options.begin_take = BeginTake::WithFirstFrame;
    auto opened = open_session(std::move(options));
    ASSERT_TRUE(opened);
    Session& session = **opened;
    session.prompt({PrompterAct::FollowVoice, 0.0});
    session.prompt({PrompterAct::Run, 0.0});
    ASSERT_TRUE(comes_true([&] { return session.last_report().has_value(); }));
    const auto losses = session.last_report()->losses;
    ASSERT_TRUE(losses);
    EXPECT_EQ(losses->audio_gap_ms, 0);
    EXPECT_EQ(losses->frames_lost, 0);
    EXPECT_EQ(losses->frames_captured, 100);
}

TEST(Session, ASignOffAfterTheTakeReachesItsReportAndNotTheNextTake) {
    const test::TemporaryFolder folder;
    auto options = options_for(folder.path(), "demo", "none");
    options.project.slate.guest = "林安";
    auto opened = open_session(std::move(options));
    ASSERT_TRUE(opened);
    Session& session = **opened;
    EXPECT_FALSE(session.snapshot().sign_offs.made);
    ASSERT_TRUE(session.start_take(Consent::WithoutSound));
    ASSERT_TRUE(comes_true([&] { return session.snapshot().elapsed_s > 0.3; }));
    ASSERT_TRUE(session.sign_off({"四.5-a"}));
    session.stop_take();
    // Whether the take is still being finished or not, a sign-off made now is not lost.
    ASSERT_TRUE(session.sign_off({"四.5-a", "四.5-b"}));
    ASSERT_TRUE(comes_true([&] { return session.snapshot().stage == Stage::Watching; }));
    auto report = report_in(folder.path());
    EXPECT_EQ(report["slate"]["confirmed"].size(), 2u);
    EXPECT_EQ(status_of_check(report, "crew.confirmation", "四.5-a"), "pass");
    EXPECT_EQ(status_of_check(report, "crew.opening", "四.5-b"), "pass");
    EXPECT_EQ(status_of_check(report, "crew.place", "四.3-a"), "confirm");
    const auto measured = report["findings"].size();

    ASSERT_TRUE(session.snapshot().sign_offs.made);
    EXPECT_EQ(session.snapshot().sign_offs.take, 1);
    Slate slate = session.snapshot().slate;
    slate.place = "图书馆";
    ASSERT_TRUE(session.change_slate(slate));
    ASSERT_TRUE(session.sign_off({"四.3-a", "四.5-b"}));
    report = report_in(folder.path());
    EXPECT_EQ(status_of_check(report, "crew.place", "四.3-a"), "pass") << "entered and confirmed after the take";
    EXPECT_EQ(status_of_check(report, "crew.confirmation", "四.5-a"), "confirm") << "taken back";
    EXPECT_EQ(report["findings"].size(), measured) << "what was measured stays";
    EXPECT_EQ(report["verdict"], "fail") << "a silent take stays one";
    EXPECT_EQ(report["slate"]["guest"], "林安");

    ASSERT_TRUE(session.start_take(Consent::WithoutSound));
    EXPECT_TRUE(session.snapshot().sign_offs.clauses.empty()) << "the next take is asked about anew";
    EXPECT_EQ(session.snapshot().sign_offs.take, 2);
}

TEST(Session, WhatAStartWouldRefuseIsKnownBefore) {
    const test::TemporaryFolder folder;
    auto opened = open_session(options_for(folder.path(), "demo", "camera"));
    ASSERT_TRUE(opened);
    EXPECT_TRUE((*opened)->may_start(Consent::NotGiven));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "takes")) << "asking begins nothing";
}

TEST(Rescue, KeepsTheMarksOfATakeThatBrokeOff) {
    const test::TemporaryFolder folder;
    auto options = options_for(folder.path(), "demo", "none");
    const Project project = options.project;
    const auto takes = folder.path() / "takes";
    const auto saved = folder.path() / "saved";
    {
        auto opened = open_session(std::move(options));
        ASSERT_TRUE(opened);
        ASSERT_TRUE((*opened)->start_take(Consent::WithoutSound));
        ASSERT_TRUE(comes_true([&] { return (*opened)->snapshot().elapsed_s > 2.5; }));
        (*opened)->mark(MarkKind::Topic, 2);
        (*opened)->mark(MarkKind::Good, 0);
        ASSERT_TRUE(comes_true([&] { return std::filesystem::exists(takes / "take-001.marks.jsonl"); }));
        std::filesystem::copy(takes, saved);  // as the disk would be after a crash at this moment
    }
    std::filesystem::remove_all(takes);
    std::filesystem::rename(saved, takes);
    const auto rescued = rescue_takes(project, test::shipped_preset());
    ASSERT_EQ(rescued.size(), 1u);
    ASSERT_TRUE(rescued[0].report) << in_english(rescued[0].message);
    const auto report = report_in(folder.path());
    ASSERT_EQ(report["marks"].size(), 2u);
    EXPECT_EQ(report["marks"][0]["topic"], 2);
    EXPECT_EQ(report["marks"][1]["kind"], "good");
    EXPECT_FALSE(std::filesystem::exists(takes / "take-001.marks.jsonl"));
}

}  // namespace
}  // namespace changji
