#include "ui/session/alerts.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

Preflight preflight_with(double headroom, Message note) {
    Preflight found;
    found.headroom = headroom;
    found.note = std::move(note);
    return found;
}

std::string all(const Situation& now) {
    std::string text;
    for (const Message& alert : alerts_for(now)) text += in_english(alert) + "\n";
    return text;
}

TEST(Alerts, NothingIsSaidWhileAllIsWell) {
    Situation now;
    now.recording = RecorderState{};
    now.disk_minutes = 60.0;
    now.preflight = preflight_with(3.0, say("fast"));
    EXPECT_EQ(all(now), "");
}

TEST(Alerts, ALostCameraComesFirst) {
    Situation now;
    now.camera_loss = Error{ErrorKind::DeviceLost, say("the camera is gone")};
    now.sound = SoundState::Dead;
    now.disk_minutes = 1.0;
    ASSERT_EQ(alerts_for(now).size(), 3U);
    EXPECT_EQ(in_english(alerts_for(now)[0]), "the camera is gone");
}

TEST(Alerts, ASlowDiskIsToldBeforeAnythingIsLost) {
    Situation now;
    now.recording.emplace();
    now.recording->disk_behind_s = 1.5;
    EXPECT_EQ(all(now), "") << "a pause that any disk makes";
    now.recording->disk_behind_s = 4.2;
    EXPECT_NE(all(now).find("The disk is 4 s behind: nothing is lost yet."), std::string::npos) << all(now);
    EXPECT_EQ(all(now).find("frames lost"), std::string::npos);
}

TEST(Alerts, AMachineThatIsHardlyFastEnoughIsToldBeforeTheTake) {
    Situation now;
    now.preflight = preflight_with(1.1, say("hardly fast enough"));
    EXPECT_EQ(all(now), "hardly fast enough\n");
}

TEST(Alerts, OnlyWhoWantsSoundAndHasNoneIsAskedTwice) {
    EXPECT_TRUE(no_sound_warning(SoundState::Alive).empty());
    EXPECT_TRUE(no_sound_warning(SoundState::Unwanted).empty());
    for (const SoundState silent : {SoundState::Missing, SoundState::Away, SoundState::Dead}) {
        EXPECT_NE(in_english(no_sound_warning(silent)).find("start once more"), std::string::npos);
    }
}

}  // namespace
}  // namespace changji
