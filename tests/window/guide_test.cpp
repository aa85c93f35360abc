#include "ui/window/setup/guide.hpp"

#include "screen_fixture.hpp"

namespace changji {
namespace {

using test::calm_snapshot;

Tone tone_at(GuideStep step, const SessionSnapshot& now, const FirstSteps& guide = {}) {
    return guide_tone(guide_points(step, guide, now, KeyMap()));
}

TrialResult judged(VerdictStatus status) {
    TrialResult result;
    result.status = status;
    return result;
}

TEST(Guide, ThePictureIsGoodWithACameraAndAWholePersonIn16To9) {
    SessionSnapshot now = calm_snapshot();
    EXPECT_EQ(tone_at(GuideStep::Picture, now), Tone::Good);
    now.faces[0].y = 0.0;
    EXPECT_EQ(tone_at(GuideStep::Picture, now), Tone::Caution) << "cut at the top";
    now.faces.clear();
    EXPECT_EQ(tone_at(GuideStep::Picture, now), Tone::Caution) << "nobody there";
    now.framing.enlarged = true;
    EXPECT_EQ(tone_at(GuideStep::Picture, now), Tone::Bad);
    now.loss = Error{ErrorKind::DeviceLost, say("The camera is gone.")};
    EXPECT_EQ(tone_at(GuideStep::Picture, now), Tone::Bad);
}

TEST(Guide, TheDemoPictureIsNoCamera) {
    SessionSnapshot now = calm_snapshot();
    now.demo = DemoSettings{};
    EXPECT_EQ(tone_at(GuideStep::Picture, now), Tone::Caution);
}

TEST(Guide, NamesTheKeysThatThePersonChose) {
    SessionSnapshot now = calm_snapshot();
    now.slate.guest.clear();
    KeyMap keys;
    EXPECT_EQ(guide_points(GuideStep::Trial, {}, now, keys)[0].words.args, std::vector<std::string>{"F2"});
    keys.bind("guest", "G");
    EXPECT_EQ(guide_points(GuideStep::Trial, {}, now, keys)[0].words.args, std::vector<std::string>{"G"});
}

TEST(Guide, LightAndBackgroundSayWhatTheMetersSay) {
    SessionSnapshot now = calm_snapshot();
    EXPECT_EQ(tone_at(GuideStep::Light, now), Tone::Caution) << "the background is restless";
    const auto points = guide_points(GuideStep::Light, {}, now, KeyMap());
    EXPECT_EQ(points[1].words.id, now.meters[1].advice.id);
    now.meters[1].status = FindingStatus::Pass;
    EXPECT_EQ(tone_at(GuideStep::Light, now), Tone::Good);
}

TEST(Guide, SoundTurnsGoodByItselfOnceSomebodySpoke) {
    SessionSnapshot now = calm_snapshot();
    now.meters[2].status = FindingStatus::Pass;
    now.levels = {ChannelLevel{-60, -50}, ChannelLevel{-60, -50}};
    FirstSteps guide{GuideStep::Sound, false};
    guide.follow(now);
    EXPECT_EQ(tone_at(GuideStep::Sound, now, guide), Tone::Unknown);
    now.levels[0].peak_dbfs = -14;
    guide.follow(now);
    now.levels[0].peak_dbfs = -50;
    guide.follow(now);
    EXPECT_EQ(tone_at(GuideStep::Sound, now, guide), Tone::Good) << "a pause doesn't take it back";
    now.has_sound = false;
    EXPECT_EQ(tone_at(GuideStep::Sound, now, guide), Tone::Bad);
}

TEST(Guide, OnlyAGoodTestRecordingMakesTheLastStepGood) {
    SessionSnapshot now = calm_snapshot();
    EXPECT_EQ(tone_at(GuideStep::Trial, now), Tone::Unknown);
    now.trial = Trial{2.0, std::nullopt};
    EXPECT_EQ(tone_at(GuideStep::Trial, now), Tone::Unknown);
    now.trial->result = judged(VerdictStatus::Fail);
    EXPECT_EQ(tone_at(GuideStep::Trial, now), Tone::Bad);
    now.trial->result = judged(VerdictStatus::Warn);
    EXPECT_EQ(tone_at(GuideStep::Trial, now), Tone::Caution);
    now.trial->result = judged(VerdictStatus::Pass);
    EXPECT_EQ(tone_at(GuideStep::Trial, now), Tone::Good);
    now.slate.guest.clear();
    EXPECT_EQ(tone_at(GuideStep::Trial, now), Tone::Unknown) << "and a guest on the slate";
}

TEST(Guide, StaysWithinItsFourSteps) {
    FirstSteps guide;
    guide.turn(-1);
    EXPECT_EQ(guide.step, GuideStep::Picture);
    for (int i = 0; i < 9; ++i) guide.turn(1);
    EXPECT_EQ(guide.step, GuideStep::Trial);
}

class GuidePanel : public test::Screen {
protected:
    void press(const char* key) {
        if (const auto action = action_for(key, false, view_)) perform(*action, session_, view_);
    }
};

TEST_F(GuidePanel, EveryStepIsDrawnInBothLanguagesAtEverySizeAlsoCompact) {
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        for (const auto& [width, height] :
             {std::pair(1280.0F, 720.0F), std::pair(1920.0F, 1080.0F), std::pair(3840.0F, 2160.0F)}) {
            for (const bool compact : {false, true}) {
                for (int step = 0; step < guide_step_count; ++step) {
                    view_.settings.compact = compact;
                    view_.overlay = Overlay::Guide;
                    view_.setup.guide.step = static_cast<GuideStep>(step);
                    set_size(width, height);
                    draw();
                    EXPECT_FALSE(draw());
                    EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, 2000);
                }
            }
        }
    }
}

TEST_F(GuidePanel, LeavesRecordingInReach) {
    view_.overlay = Overlay::Guide;
    draw();
    const auto asked = click(record_button());
    ASSERT_TRUE(asked);
    EXPECT_TRUE(std::holds_alternative<PressRecord>(*asked));
    press("Space");
    EXPECT_EQ(session_.starts, 1);
}

TEST_F(GuidePanel, StepsByArrowsAndIsNotShownAgainOnceSkipped) {
    press("Ctrl+G");
    ASSERT_EQ(view_.overlay, Overlay::Guide);
    press("Right");
    press("Right");
    press("Left");
    EXPECT_EQ(view_.setup.guide.step, GuideStep::Light);
    press("Escape");
    EXPECT_EQ(view_.overlay, Overlay::None);
    EXPECT_TRUE(view_.settings.guide_done);
}

TEST_F(GuidePanel, AGoodTestRecordingEndsIt) {
    press("Ctrl+G");
    press("T");
    EXPECT_EQ(session_.trials, 1);
    EXPECT_EQ(view_.overlay, Overlay::Guide) << "it stays while the recording runs";
    session_.now.trial->result = judged(VerdictStatus::Warn);
    press("Escape");
    EXPECT_FALSE(session_.now.trial);
    EXPECT_EQ(view_.overlay, Overlay::Guide);
    press("T");
    session_.now.trial->result = judged(VerdictStatus::Pass);
    press("Escape");
    EXPECT_EQ(view_.overlay, Overlay::None);
    EXPECT_TRUE(view_.settings.guide_done);
}

TEST_F(GuidePanel, TheSetUpOpenedFromItGoesBackToIt) {
    press("Ctrl+G");
    press("F12");
    EXPECT_EQ(view_.overlay, Overlay::Setup);
    press("Escape");
    EXPECT_EQ(view_.overlay, Overlay::Guide);
}

using TrialCard = GuidePanel;

TEST_F(TrialCard, IsDrawnForEveryVerdictInBothLanguagesAtEverySize) {
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        for (const auto& [width, height] :
             {std::pair(1280.0F, 720.0F), std::pair(1920.0F, 1080.0F), std::pair(3840.0F, 2160.0F)}) {
            set_size(width, height);
            for (const VerdictStatus status : {VerdictStatus::Pass, VerdictStatus::Warn, VerdictStatus::Fail}) {
                TrialResult result = judged(status);
                result.meters = session_.now.meters;
                result.video = "/videos/one/trial/trial.mp4";
                for (int i = 0; status != VerdictStatus::Pass && i < 5; ++i) {
                    Finding open;
                    open.check = "sound.noise_floor_dbfs";
                    open.status = FindingStatus::Fail;
                    open.advice = session_.now.meters[2].advice;
                    result.open.push_back(open);
                }
                session_.now.trial = Trial{5.0, result};
                draw();
                EXPECT_FALSE(draw());
            }
            session_.now.trial = Trial{2.0, std::nullopt};
            EXPECT_FALSE(draw());
        }
    }
}

TEST_F(TrialCard, ItsButtonsAskForAnotherOrGoOn) {
    session_.now.trial = Trial{5.0, judged(VerdictStatus::Pass)};
    draw();
    const float px = layout().scale;
    const Area& preview = layout().preview;
    const float y = preview.bottom() - 66 * px;
    const auto go_on = click({preview.right() - 182 * px, y, 4, 4});
    ASSERT_TRUE(go_on && std::holds_alternative<SetupAction>(*go_on));
    EXPECT_TRUE(std::holds_alternative<DismissTrial>(std::get<SetupAction>(*go_on)));
    const auto again = click({preview.right() - 458 * px, y, 4, 4});
    ASSERT_TRUE(again && std::holds_alternative<SetupAction>(*again));
    EXPECT_TRUE(std::holds_alternative<StartTrial>(std::get<SetupAction>(*again)));
}

}  // namespace
}  // namespace changji
