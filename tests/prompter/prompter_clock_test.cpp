#include "ui/prompter/prompter_clock.hpp"

#include <gtest/gtest.h>
#include <cmath>

namespace changji {
namespace {

using namespace std::chrono_literals;

CaptureTime at_s(double seconds) { return CaptureTime(Nanoseconds(std::llround(seconds * 1e9))); }

std::shared_ptr<const Script> script_of(const char* text) { return std::make_shared<const Script>("", text); }

/// Ten characters, a mark, five characters.
constexpr const char* fifteen = "一二三四五六七八九十，一二三四五。";

TEST(PrompterClock, StandsStillUntilItRuns) {
    const PrompterClock clock(script_of(fifteen));
    EXPECT_EQ(clock.at(at_s(100)).character, 0.0);
    EXPECT_FALSE(clock.at(at_s(100)).running);
}

TEST(PrompterClock, MovesAtItsPaceAndPausesAtAMark) {
    PrompterClock clock(script_of(fifteen));
    clock.run(at_s(1));
    EXPECT_DOUBLE_EQ(clock.at(at_s(1)).left_s, 15 * 0.25 + 0.5);
    EXPECT_DOUBLE_EQ(clock.at(at_s(2)).character, 4.0);
    EXPECT_DOUBLE_EQ(clock.at(at_s(2.125)).character, 4.5);
    EXPECT_DOUBLE_EQ(clock.at(at_s(3.5)).character, 10.0);
    EXPECT_DOUBLE_EQ(clock.at(at_s(3.9)).character, 10.0) << "half a second at the mark";
    EXPECT_DOUBLE_EQ(clock.at(at_s(4.25)).character, 11.0);
    EXPECT_DOUBLE_EQ(clock.at(at_s(60)).character, 15.0);
    EXPECT_DOUBLE_EQ(clock.at(at_s(60)).left_s, 0.0);
}

TEST(PrompterClock, AnotherPaceGoesOnFromTheSamePlaceAndKeepsItsLimits) {
    PrompterClock clock(script_of(fifteen));
    clock.run(at_s(0));
    clock.set_characters_per_min(120, at_s(1));
    EXPECT_DOUBLE_EQ(clock.at(at_s(1)).character, 4.0);
    EXPECT_DOUBLE_EQ(clock.at(at_s(2)).character, 6.0);
    clock.set_characters_per_min(1000, at_s(2));
    EXPECT_EQ(clock.at(at_s(2)).characters_per_min, 400);
    clock.set_characters_per_min(1, at_s(2));
    EXPECT_EQ(clock.at(at_s(2)).characters_per_min, 120);
}

TEST(PrompterClock, PauseAndHoldStandStillAndGoOnFromThere) {
    PrompterClock clock(script_of(fifteen));
    clock.run(at_s(0));
    clock.hold(at_s(1));
    EXPECT_DOUBLE_EQ(clock.at(at_s(9)).character, 4.0);
    clock.release(at_s(9));
    EXPECT_DOUBLE_EQ(clock.at(at_s(9.5)).character, 6.0);
    clock.pause(at_s(9.5));
    EXPECT_DOUBLE_EQ(clock.at(at_s(20)).character, 6.0);
    clock.run(at_s(20));
    EXPECT_DOUBLE_EQ(clock.at(at_s(20.25)).character, 7.0);
}

TEST(PrompterClock, AMoveGoesAnywhereInsideTheScript) {
    PrompterClock clock(script_of(fifteen));
    clock.move_to(12, at_s(0));
    EXPECT_DOUBLE_EQ(clock.at(at_s(5)).character, 12.0);
    clock.move_to(-3, at_s(5));
    EXPECT_DOUBLE_EQ(clock.at(at_s(5)).character, 0.0);
    clock.move_to(99, at_s(5));
    EXPECT_DOUBLE_EQ(clock.at(at_s(5)).character, 15.0);
}

TEST(PrompterClock, TheVoiceMovesItOnlyWhileItRuns) {
    PrompterClock clock(script_of(fifteen));
    clock.set_pace(PrompterPace::Voice, at_s(0));
    EXPECT_EQ(clock.take_new_place(), 0.0);
    clock.hear({3.0, 0.9, true}, at_s(1));
    EXPECT_DOUBLE_EQ(clock.at(at_s(1)).character, 0.0);
    EXPECT_DOUBLE_EQ(clock.at(at_s(1)).confidence, 0.9);
    clock.run(at_s(1));
    static_cast<void>(clock.take_new_place());
    clock.hear({3.5, 0.9, true}, at_s(2));
    EXPECT_DOUBLE_EQ(clock.at(at_s(7)).character, 3.5) << "silence stands still";
    clock.hold(at_s(7));
    clock.hear({9.0, 0.1, true}, at_s(8));
    EXPECT_DOUBLE_EQ(clock.at(at_s(8)).character, 3.5);
    clock.release(at_s(9));
    EXPECT_EQ(clock.take_new_place(), 3.5) << "the follower ran on through words that aren't in the script";
}

TEST(PrompterClock, APersonsMoveWinsOverWhatWasHeardBefore) {
    PrompterClock clock(script_of(fifteen));
    clock.set_pace(PrompterPace::Voice, at_s(0));
    clock.run(at_s(0));
    static_cast<void>(clock.take_new_place());
    clock.move_to(12, at_s(1));
    clock.hear({4.0, 1.0, true}, at_s(1));
    EXPECT_DOUBLE_EQ(clock.at(at_s(1)).character, 12.0) << "the follower doesn't know of the move yet";
    EXPECT_EQ(clock.take_new_place(), 12.0);
    EXPECT_EQ(clock.take_new_place(), std::nullopt);
    clock.hear({12.5, 1.0, true}, at_s(2));
    EXPECT_DOUBLE_EQ(clock.at(at_s(2)).character, 12.5);
}

TEST(PrompterClock, BackToAnEvenPaceItGoesOnFromWhereTheVoiceWas) {
    PrompterClock clock(script_of(fifteen));
    clock.set_pace(PrompterPace::Voice, at_s(0));
    clock.run(at_s(0));
    static_cast<void>(clock.take_new_place());
    clock.hear({3.0, 0.9, true}, at_s(1));
    clock.set_pace(PrompterPace::Even, at_s(2));
    EXPECT_DOUBLE_EQ(clock.at(at_s(2.5)).character, 5.0);
    EXPECT_DOUBLE_EQ(clock.at(at_s(2.5)).confidence, 0.0);
}

TEST(PrompterClock, ANewGuestInTheOpeningLineKeepsThePlaceInTheText) {
    PrompterClock clock(std::make_shared<const Script>("嘉宾是……", "一二三四五"));
    clock.move_to(3 + 2, at_s(0));
    clock.change_script(std::make_shared<const Script>("嘉宾是李明华。", "一二三四五"), at_s(1));
    EXPECT_DOUBLE_EQ(clock.at(at_s(1)).character, 6 + 2);
    clock.change_script(std::make_shared<const Script>("嘉宾是李明华。", "一"), at_s(1));
    EXPECT_DOUBLE_EQ(clock.at(at_s(1)).character, 7) << "the paragraph has become shorter";
    clock.change_script(std::make_shared<const Script>(), at_s(1));
    EXPECT_DOUBLE_EQ(clock.at(at_s(1)).character, 0);
}

}  // namespace
}  // namespace changji
