#include "ui/session/alerts.hpp"

#include <cstdio>
#include <string>

namespace changji {
namespace {

constexpr double disk_minutes_low = 5.0;
constexpr double disk_behind_too_far_s = 2.0;
constexpr double headroom_too_small = 1.25;

Message sound_alert(const Situation& now) {
    switch (now.sound) {
        case SoundState::Unwanted:
        case SoundState::Missing: return say("No microphone: the take will have no sound and fail the sound clause.");
        case SoundState::Dead:
            return say("The microphone gives only silence: switch it on, check its cable and whether it is muted.");
        case SoundState::Away:
        case SoundState::Alive: break;
    }
    return {};
}

void add_recording_alerts(const Situation& now, std::vector<Message>& alerts) {
    if (now.fault) alerts.push_back(now.fault->message);
    if (!now.recording) return;
    if (now.recording->losses.frames_lost > 0) {
        alerts.push_back(say("{0} frames lost: the machine is too slow. Close other programs.",
                             std::to_string(now.recording->losses.frames_lost)));
    }
    if (now.recording->disk_behind_s > disk_behind_too_far_s) {
        char seconds[16];
        std::snprintf(seconds, sizeof seconds, "%.0f", now.recording->disk_behind_s);
        alerts.push_back(
            say("The disk is {0} s behind: nothing is lost yet. Stop other copying, and record the next take "
                "to the computer's own disk.",
                seconds));
    }
}

}  // namespace

std::vector<Message> alerts_for(const Situation& now) {
    std::vector<Message> alerts;
    for (const auto* error : {&now.camera_loss, &now.microphone_loss, &now.trouble}) {
        if (*error) alerts.push_back((*error)->message);
    }
    if (now.source_ended && !now.camera_loss) alerts.push_back(say("The source has come to its end."));
    const Message silent = now.microphone_problem.empty() ? sound_alert(now) : now.microphone_problem;
    if (!silent.empty()) alerts.push_back(silent);
    add_recording_alerts(now, alerts);
    if (now.framing.enlarged) {
        alerts.push_back(
            say("The camera gives only {0} by {1} pixels: the take is enlarged and fails the 1080p clause. Choose "
                "another camera or format.",
                std::to_string(now.framing.crop.width_px), std::to_string(now.framing.crop.height_px)));
    }
    if (!now.picture_trouble.empty()) alerts.push_back(now.picture_trouble);
    const double headroom = now.preflight ? now.preflight->headroom : 0.0;
    if (headroom > 0.0 && headroom < headroom_too_small) alerts.push_back(now.preflight->note);
    if (now.disk_minutes >= 0.0 && now.disk_minutes < disk_minutes_low) {
        alerts.push_back(say("The disk is nearly full: free some space before the next take."));
    }
    return alerts;
}

Message no_sound_warning(SoundState sound) {
    switch (sound) {
        case SoundState::Missing:
            return say(
                "There is no microphone: this take would be silent. Plug one in. To record without sound all the "
                "same, start once more.");
        case SoundState::Away:
            return say(
                "The microphone is gone: this take would begin silent. Plug it in again. To record without sound "
                "all the same, start once more.");
        case SoundState::Dead:
            return say(
                "The microphone gives only silence: switch it on and speak a word. To record without sound all "
                "the same, start once more.");
        case SoundState::Unwanted:
        case SoundState::Alive: break;
    }
    return {};
}

}  // namespace changji
