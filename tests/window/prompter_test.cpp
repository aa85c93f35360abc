// The prompter in the operator's window: keys, the strip, the pages.

#include <algorithm>
#include <fstream>
#include <string>

#include "screen_fixture.hpp"
#include "tests/support/media.hpp"
#include "ui/window/prompter/prompter_perform.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

class PrompterOnScreen : public test::Screen {
protected:
    void SetUp() override {
        test::Screen::SetUp();
        if (!fonts_) return;
        fonts_->audit = &audit_;
        view_.setup.wish.project = folder_.path();
        ASSERT_TRUE(session_.change_script(
            "# "
            "开场\n问：贵校今年就业怎么样？\n我们走访了很多企业。学生们很高兴，我们也很高兴。\n问：有什么寄语？\n祝你们"
            "前程似锦。"));
    }
    void press(const char* key) {
        const auto action = action_for(key, ImGui::GetIO().WantTextInput, view_);
        ASSERT_TRUE(action) << key;
        perform(*action, session_, view_);
    }
    [[nodiscard]] bool says(const std::string& words) const {
        return std::ranges::any_of(audit_.shown,
                                   [&](const std::string& shown) { return shown.find(words) != std::string::npos; });
    }
    [[nodiscard]] PrompterCommand last() const { return session_.prompted.back(); }
    [[nodiscard]] double at(std::size_t mark) const {
        return static_cast<double>(session_.now.script->marks()[mark].character);
    }

    test::TemporaryFolder folder_;
    Fonts::Audit audit_;
};

TEST_F(PrompterOnScreen, TheStripSaysByWordWhetherItRunsAndHowSureTheVoiceIs) {
    use_language(Language::English);
    PrompterState& prompter = session_.now.prompter;
    draw();
    EXPECT_TRUE(says("Prompter paused"));
    EXPECT_TRUE(says("240 characters/min"));
    prompter.running = true;
    prompter.left_s = 61.0;
    draw();
    EXPECT_TRUE(says("Prompter runs"));
    EXPECT_TRUE(says("01:01 left"));
    prompter.held = true;
    draw();
    EXPECT_TRUE(says("Held"));
    prompter.held = false;
    prompter.preparing = true;
    draw();
    EXPECT_TRUE(says("The voice is prepared"));
    prompter.preparing = false;
    prompter.pace = PrompterPace::Voice;
    draw();
    EXPECT_TRUE(says("Waits for the voice"));
    prompter.speaking = true;
    prompter.confidence = 0.2;
    draw();
    EXPECT_TRUE(says("Not sure where"));
    prompter.confidence = 0.9;
    draw();
    EXPECT_TRUE(says("Follows the voice"));
    prompter.problem = say("The script {0} can't be read: check its name and permissions.", "x");
    draw();
    EXPECT_TRUE(says("can't be read"));
}

TEST_F(PrompterOnScreen, TheStripDrawsTheScriptAndScrollsWithIt) {
    draw();
    const int still = ImGui::GetDrawData()->TotalVtxCount;
    session_.now.script.reset();
    draw();
    EXPECT_NE(ImGui::GetDrawData()->TotalVtxCount, still);
    ASSERT_TRUE(session_.change_script("一二三四五。"));
    draw();
    ASSERT_TRUE(view_.prompter.sheet);
    EXPECT_TRUE(view_.prompter.sheet->take_changes().size() > 5) << "its characters are on the sheet";
}

TEST_F(PrompterOnScreen, KeysRunHoldStepAndJump) {
    draw();
    press("B");
    EXPECT_EQ(last().act, PrompterAct::Run);
    session_.now.prompter.running = true;
    press("B");
    EXPECT_EQ(last().act, PrompterAct::Pause);
    press("J");
    EXPECT_EQ(last().act, PrompterAct::Hold);
    session_.now.prompter.held = true;
    press("J");
    EXPECT_EQ(last().act, PrompterAct::Release);
    session_.now.prompter.held = false;

    press("N");
    EXPECT_EQ(last().act, PrompterAct::MoveTo);
    session_.now.prompter.character = last().value;
    EXPECT_EQ(last().value, at(0)) << "the heading";
    session_.now.prompter.character = at(2) + 3;
    press("Shift+N");
    EXPECT_EQ(last().value, at(2)) << "back to the beginning of the question";
    press("Ctrl+Home");
    EXPECT_EQ(last().value, 0.0);
    session_.now.prompter.character = 0.0;
    press("Ctrl+PageDown");
    EXPECT_EQ(last().value, static_cast<double>(session_.now.script->sentence_starts()[1]));
    press("=");
    EXPECT_EQ(last().act, PrompterAct::SetPace);
    EXPECT_EQ(last().value, 250.0);
    press("-");
    EXPECT_EQ(last().value, 230.0);
}

TEST_F(PrompterOnScreen, ARemotesPageKeysStepByTheTalentsLinesElseTheStrips) {
    draw();
    press("PageDown");
    EXPECT_EQ(last().value, static_cast<double>(view_.prompter.layout.line_starts()[1]));
    view_.prompter.talent_lines = {0, 6, 13};
    session_.now.prompter.character = 6.0;
    press("PageDown");
    EXPECT_EQ(last().value, 13.0);
    press("PageUp");
    EXPECT_EQ(last().value, 0.0);
    press("F12");
    press("PageDown");
    EXPECT_EQ(view_.setup.page, SetupPage::Slate) << "in the set-up they turn pages";
}

TEST_F(PrompterOnScreen, AHoldKeyHeldDownIsLetGoAPressIsNot) {
    draw();
    press("J");
    view_.now_s += 0.2;
    const std::size_t said = session_.prompted.size();
    release_hold_key(session_, view_);
    EXPECT_EQ(session_.prompted.size(), said);
    press("J");
    view_.now_s += 2.0;
    release_hold_key(session_, view_);
    EXPECT_EQ(last().act, PrompterAct::Release);
}

TEST_F(PrompterOnScreen, FollowingTheVoiceIsOneKeyAndOffUntilThen) {
    EXPECT_EQ(session_.now.prompter.pace, PrompterPace::Even);
    press("F");
    EXPECT_EQ(last().act, PrompterAct::FollowVoice);
    session_.now.prompter.preparing = true;
    press("F");
    EXPECT_EQ(last().act, PrompterAct::FollowPace) << "also while the voice is prepared";
}

TEST_F(PrompterOnScreen, ItRunsWithTheTakeOnlyIfWanted) {
    follow(session_, session_.now, view_);
    session_.now.stage = Stage::Recording;
    follow(session_, session_.now, view_);
    EXPECT_TRUE(session_.prompted.empty());
    session_.now.stage = Stage::Watching;
    follow(session_, session_.now, view_);
    perform(PrompterAction{TogglePrompterWithTake{}}, session_, view_);
    session_.now.stage = Stage::Recording;
    follow(session_, session_.now, view_);
    EXPECT_EQ(last().act, PrompterAct::Run);
    session_.now.stage = Stage::Finishing;
    follow(session_, session_.now, view_);
    EXPECT_EQ(last().act, PrompterAct::Pause);
}

TEST_F(PrompterOnScreen, TheWheelOverTheStripStepsAndAClickGoesThere) {
    draw();
    const Area strip = layout().prompter;
    ImGui::GetIO().MousePos = {strip.x + 500, strip.y + strip.height / 2};
    draw();
    ImGui::GetIO().MouseWheel = -1.0F;
    const auto wheel = draw();
    ImGui::GetIO().MouseWheel = 0.0F;
    ASSERT_TRUE(wheel);
    EXPECT_EQ(std::get<StepScript>(std::get<PrompterAction>(*wheel)).steps, 1);
    const auto click = this->click({strip.x + 400, strip.y + strip.height * 0.8F, 10, 4});
    ASSERT_TRUE(click);
    const auto& told = std::get<TellPrompter>(std::get<PrompterAction>(*click)).command;
    EXPECT_EQ(told.act, PrompterAct::MoveTo);
    EXPECT_GT(told.value, 0.0);
}

TEST_F(PrompterOnScreen, WhatIsTypedGoesToTheScreensWhenThePageIsClosed) {
    press("E");
    EXPECT_EQ(view_.overlay, Overlay::Prompter);
    EXPECT_EQ(view_.prompter.draft.text.text(), session_.now.script->text());
    draw();
    draw();
    const ScreenLayout now = layout();
    static_cast<void>(click({600 * now.scale, now.prompter.bottom() + 400 * now.scale, 4, 4}));
    ASSERT_TRUE(ImGui::GetIO().WantTextInput) << "the field has the keyboard";
    ImGui::GetIO().AddInputCharactersUTF8("新的一句");
    draw();
    draw();
    const std::string typed = view_.prompter.draft.text.text();
    EXPECT_NE(typed.find("新的一句"), std::string::npos) << typed;
    EXPECT_TRUE(view_.prompter.draft.changed());
    perform(PrompterAction{UndoScript{1}}, session_, view_);
    EXPECT_EQ(view_.prompter.draft.text.text(), session_.now.script->text());
    perform(PrompterAction{UndoScript{-1}}, session_, view_);
    draw();
    EXPECT_EQ(view_.prompter.draft.text.text(), typed) << "undone and done again";
    perform(Cancel{}, session_, view_);
    EXPECT_EQ(view_.overlay, Overlay::None);
    EXPECT_EQ(session_.now.script->text(), typed);
}

TEST_F(PrompterOnScreen, ControlSUsesItAtOnceAndARecordingClosesThePageWithoutLoss) {
    press("E");
    perform(PrompterAction{AddToScript{"加一句。"}}, session_, view_);
    EXPECT_EQ(session_.now.script->text().find("加一句"), std::string::npos);
    const auto use = action_for("Ctrl+S", true, view_);
    ASSERT_TRUE(use);
    perform(*use, session_, view_);
    EXPECT_NE(session_.now.script->text().find("加一句。"), std::string::npos);
    perform(PrompterAction{AddToScript{"再加一句。"}}, session_, view_);
    perform(PressRecord{}, session_, view_);
    EXPECT_EQ(view_.overlay, Overlay::None);
    EXPECT_NE(session_.now.script->text().find("再加一句。"), std::string::npos);
}

TEST_F(PrompterOnScreen, AFileIsReadIntoTheFieldAndOneThatIsNoneIsTold) {
    std::ofstream(folder_.path() / "稿.txt") << "文件里的话。";
    perform(PrompterAction{OpenScript{folder_.path() / "稿.txt"}}, session_, view_);
    EXPECT_EQ(view_.overlay, Overlay::Prompter) << "also when it was dropped on the window";
    EXPECT_EQ(view_.prompter.draft.text.text(), "文件里的话。");
    EXPECT_TRUE(view_.prompter.draft.changed()) << "not on the screens before somebody says so";
    EXPECT_TRUE(view_.messages.empty());
    perform(PrompterAction{OpenScript{folder_.path() / "没有.txt"}}, session_, view_);
    ASSERT_EQ(view_.messages.size(), 1U);
    EXPECT_NE(in_english(view_.messages[0]).find("can't be read"), std::string::npos);
    EXPECT_EQ(view_.prompter.draft.text.text(), "文件里的话。") << "what was there stays";
}

TEST_F(PrompterOnScreen, ThePagesDrawInEachStateAtEachSize) {
    view_.prompter.displays = {{"eDP-1", 0, 0, 1920, 1080, 60, true}, {"HDMI-1", 1920, 0, 3840, 2160, 50, false}};
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        for (const auto& [width, height] :
             {std::pair(1280.0F, 720.0F), std::pair(1920.0F, 1080.0F), std::pair(3840.0F, 2160.0F)}) {
            set_size(width, height);
            view_.overlay = Overlay::None;
            press("U");
            draw();
            EXPECT_TRUE(says("HDMI-1")) << width;
            view_.overlay = Overlay::None;
            press("E");
            draw();
            EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, 2000);
        }
    }
}

TEST_F(PrompterOnScreen, ATalentsScreenIsSetUpOnThePage) {
    view_.prompter.displays = {{"eDP-1", 0, 0, 1920, 1080, 60, true}, {"HDMI-1", 1920, 0, 1920, 1080, 60, false}};
    press("Y");
    ASSERT_EQ(view_.settings.talents.size(), 1U);
    EXPECT_TRUE(view_.settings.talents[0].open);
    TalentSettings changed = view_.settings.talents[0];
    changed.mirror_across = true;
    changed.size_px = 150;
    perform(PrompterAction{SetTalent{changed}}, session_, view_);
    EXPECT_EQ(view_.settings.talents[0], changed);
    press("Y");
    EXPECT_FALSE(view_.settings.talents[0].open);
    EXPECT_EQ(view_.settings.talents[0].size_px, 150) << "kept for the next time";
}

}  // namespace
}  // namespace changji
