#include <gtest/gtest.h>
#include <cmath>
#include <numeric>

#include "fake_session.hpp"
#include "ui/window/cue_sound.hpp"
#include "ui/window/take_flow.hpp"

namespace changji {
namespace {

using test::FakeSession;

TEST(StopGuard, AKeyHeldDownStopsAfterItsTimeAndOnce) {
    StopGuard stop;
    EXPECT_FALSE(stop.press(10.0));
    stop.hold(10.0);
    EXPECT_EQ(stop.held_fraction(10.0), 0.0);
    EXPECT_NEAR(stop.held_fraction(10.6), 0.5, 1e-9);
    EXPECT_FALSE(stop.held_out(11.1));
    EXPECT_TRUE(stop.held_out(11.25));
    EXPECT_FALSE(stop.held_out(11.3));
    EXPECT_FALSE(stop.armed(11.3));
}

TEST(StopGuard, AKeyLetGoEarlyHasArmed) {
    StopGuard stop;
    EXPECT_FALSE(stop.press(10.0));
    stop.hold(10.0);
    stop.let_go();
    EXPECT_FALSE(stop.held_out(12.0));
    EXPECT_TRUE(stop.armed(12.0));
    EXPECT_TRUE(stop.press(12.0)) << "the second act";
}

TEST(StopGuard, AKeyThatDidNotArmIsNotHeld) {
    StopGuard stop;
    stop.hold(10.0);
    EXPECT_FALSE(stop.held_out(20.0)) << "the key that began the take, still down";
    EXPECT_FALSE(stop.press(30.0));
    stop.hold(30.0);
    stop.cancel();
    EXPECT_FALSE(stop.held_out(40.0)) << "Esc";
}

TEST(Countdown, CountsToZeroAndReachesItOnce) {
    Countdown countdown;
    countdown.begin(100.0, 3);
    EXPECT_EQ(countdown.number(100.0), 3);
    EXPECT_EQ(countdown.number(100.9), 3);
    EXPECT_EQ(countdown.number(101.1), 2);
    EXPECT_EQ(countdown.number(102.9), 1);
    EXPECT_FALSE(countdown.reached(102.99));
    EXPECT_TRUE(countdown.reached(103.0));
    EXPECT_FALSE(countdown.reached(103.1));
}

TEST(Countdown, ADoubleClickBeginsItAndALaterPressEndsIt) {
    Countdown countdown;
    countdown.begin(100.0, 5);
    EXPECT_FALSE(countdown.press(100.2));
    EXPECT_TRUE(countdown.running());
    EXPECT_TRUE(countdown.press(101.0));
    EXPECT_FALSE(countdown.reached(200.0));
}

TEST(Cue, IsATonePureAndShortThatSwellsAndFades) {
    const auto samples = cue_samples(48'000);
    ASSERT_EQ(samples.size(), 5760U);
    EXPECT_LT(std::abs(samples.front()), 1e-3F);
    EXPECT_LT(std::abs(samples.back()), 1e-3F);
    const double power = std::inner_product(samples.begin(), samples.end(), samples.begin(), 0.0) / 5760.0;
    EXPECT_GT(power, 0.01);
    int crossings = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) crossings += samples[i - 1] < 0.0F && samples[i] >= 0.0F ? 1 : 0;
    EXPECT_NEAR(crossings, 880 * 0.12, 1.0);
}

/// A window without drawing: time passes, keys are pressed, the session is told.
class TakeFlow : public testing::Test {
protected:
    TakeFlow() { view_.settings.countdown_s = 3; }
    void pass(double seconds) {
        for (const double until = view_.now_s + seconds; view_.now_s < until;) {
            view_.now_s += 0.05;
            follow(session_, session_.now, view_);
        }
    }
    void key(const char* name) {
        const auto action = action_for(name, false, view_);
        ASSERT_TRUE(action) << name;
        perform(*action, session_, view_);
        follow(session_, session_.now, view_);
    }
    void record() {
        key("Space");
        pass(3.2);
        ASSERT_EQ(session_.now.stage, Stage::Recording);
    }
    void stop() {
        key("Space");
        pass(1.0);
        key("Space");
        ASSERT_EQ(session_.now.stage, Stage::Finishing);
    }

    FakeSession session_;
    ViewState view_;
};

TEST_F(TakeFlow, TheTakeBeginsWhenTheCountdownReachesZero) {
    key("Space");
    pass(2.8);
    EXPECT_EQ(session_.starts, 0);
    EXPECT_TRUE(view_.countdown.running());
    pass(0.4);
    EXPECT_EQ(session_.starts, 1);
    EXPECT_FALSE(view_.countdown.running());
}

TEST_F(TakeFlow, EscapeOrTheSameKeyEndsTheCountdownWithoutATake) {
    for (const char* ends : {"Escape", "Space"}) {
        key("Space");
        pass(1.0);
        key(ends);
        pass(5.0);
        EXPECT_EQ(session_.starts, 0) << ends;
    }
}

TEST_F(TakeFlow, WithoutACountdownTheTakeBeginsAtOnce) {
    view_.settings.countdown_s = 0;
    key("Space");
    EXPECT_EQ(session_.starts, 1);
}

TEST_F(TakeFlow, ARefusalIsToldBeforeTheCountdownAndConsentReachesTheTake) {
    session_.start_outcome = Error{ErrorKind::NeedsConsent, say("The microphone gives only silence.")};
    key("Space");
    EXPECT_FALSE(view_.countdown.running());
    ASSERT_EQ(view_.messages.size(), 1U);
    session_.start_outcome = Status();
    pass(2.0);
    key("Space");
    pass(3.2);
    EXPECT_EQ(session_.consented, Consent::WithoutSound);
}

TEST_F(TakeFlow, ACountdownIsOverWhenATakeBeganOtherwise) {
    key("Space");
    pass(1.0);
    session_.now.stage = Stage::Recording;
    pass(5.0);
    EXPECT_EQ(session_.starts, 0);
    EXPECT_FALSE(view_.countdown.running());
}

TEST_F(TakeFlow, HoldingTheKeyStopsTheTake) {
    record();
    key("Space");
    view_.stop.hold(view_.now_s);
    pass(1.0);
    EXPECT_EQ(session_.stops, 0);
    pass(0.4);
    EXPECT_EQ(session_.stops, 1);
}

TEST_F(TakeFlow, NumberKeysTickAndTakeBackTopicsAlsoOnTheKeypad) {
    key("1");
    EXPECT_TRUE(session_.now.marks.empty()) << "no take runs";
    record();
    session_.now.elapsed_s = 12.0;
    key("1");
    key("Keypad 2");
    ASSERT_EQ(session_.now.marks.size(), 2U);
    EXPECT_EQ(session_.now.marks[1], (Mark{12.0, MarkKind::Topic, 2}));
    key("1");
    EXPECT_EQ(topics_in(session_.now.marks), std::vector<int>{2});
    session_.campaign.topics->topics.resize(3);
    key("9");
    EXPECT_EQ(session_.now.marks.size(), 1U) << "this preset has no topic 9";
}

TEST_F(TakeFlow, GAndXMarkMomentsAndSaySo) {
    record();
    session_.now.elapsed_s = 12.4;
    key("G");
    EXPECT_EQ(view_.toast.words.id, "Good moment marked at {0} ({1} so far)");
    key("X");
    key("X");
    EXPECT_EQ(view_.toast.words.id, "Bad moment marked at {0} ({1} so far)");
    EXPECT_EQ(view_.toast.words.args[1], "2");
    ASSERT_EQ(session_.now.marks.size(), 3U);
    EXPECT_EQ(session_.now.marks[0], (Mark{12.4, MarkKind::Good, 0}));
}

TEST_F(TakeFlow, TheOutlineComesWithTheTakeAndGoesWithIt) {
    EXPECT_FALSE(view_.outline);
    record();
    EXPECT_TRUE(view_.outline);
    key("O");
    EXPECT_FALSE(view_.outline) << "the slate, in between";
    key("O");
    stop();
    EXPECT_FALSE(view_.outline);
    session_.campaign.topics.reset();
    session_.now.stage = Stage::Watching;
    key("O");
    EXPECT_FALSE(view_.outline) << "a preset without topics";
}

TEST_F(TakeFlow, TheReviewOpensOnceAfterTheTake) {
    record();
    EXPECT_FALSE(view_.review.open);
    stop();
    EXPECT_TRUE(view_.review.open);
    key("Escape");
    session_.now.stage = Stage::Watching;
    pass(5.0);
    EXPECT_FALSE(view_.review.open) << "once";
}

TEST_F(TakeFlow, NumbersAnswerTheOpenSheetAndSpaceStillRecords) {
    record();
    stop();
    session_.now.stage = Stage::Watching;
    key("Escape");
    key("F3");
    key("2");
    EXPECT_EQ(session_.now.sign_offs.clauses, std::vector<std::string>{"四.5-b"});
    key("2");
    EXPECT_TRUE(session_.now.sign_offs.clauses.empty());
    key("9");
    EXPECT_TRUE(session_.now.sign_offs.clauses.empty()) << "there is no such line";
    record();
    EXPECT_EQ(view_.overlay, Overlay::None);
}

TEST_F(TakeFlow, NumbersAnswerInTheReviewBeforeItsTakeIsRead) {
    record();
    stop();
    session_.now.sign_offs.take = session_.now.take_number;
    key("2");
    EXPECT_EQ(session_.now.sign_offs.clauses, std::vector<std::string>{"四.5-b"});
}

TEST_F(TakeFlow, NobodyIsInterruptedWhileTyping) {
    record();
    view_.editing = true;
    stop();
    EXPECT_FALSE(view_.review.open);
    view_.editing = false;
    pass(0.1);
    EXPECT_TRUE(view_.review.open);
}

TEST_F(TakeFlow, KeysChangeTheCountdownAndItsTone) {
    key("M");
    EXPECT_FALSE(view_.settings.cue);
    std::vector<int> seen;
    for (int i = 0; i < 4; ++i) {
        key("Ctrl+M");
        seen.push_back(view_.settings.countdown_s);
    }
    EXPECT_EQ(seen, (std::vector<int>{5, 10, 0, 3}));
}

TEST_F(TakeFlow, WarningsAreKeptForTheFrame) {
    record();
    session_.now.faces = {FaceBox{0.4, 0.2, 0.1, 0.2}};
    for (int i = 0; i < 40; ++i) {
        session_.now.elapsed_s += 0.1;
        pass(0.05);
        session_.now.faces.clear();
    }
    EXPECT_EQ(view_.take_warnings.size(), 1U);
}

}  // namespace
}  // namespace changji
