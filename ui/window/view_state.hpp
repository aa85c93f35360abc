#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/types/message.hpp"
#include "presets/preset.hpp"
#include "ui/project/project.hpp"
#include "ui/session/session.hpp"
#include "ui/session/take_warnings.hpp"
#include "ui/settings.hpp"
#include "ui/window/action.hpp"
#include "ui/window/commands.hpp"
#include "ui/window/countdown.hpp"
#include "ui/window/drawing/peak_hold.hpp"
#include "ui/window/layout.hpp"
#include "ui/window/monitoring.hpp"
#include "ui/window/package/package_view.hpp"
#include "ui/window/prompter/prompter_view.hpp"
#include "ui/window/prompter/tablet_view.hpp"
#include "ui/window/review/review_view.hpp"
#include "ui/window/setup/setup_view.hpp"
#include "ui/window/stop_guard.hpp"

namespace changji {

enum class Overlay { None, Help, SignOffs, Tools, Setup, Guide, Package, Tablet, Prompter };

/// A word of confirmation on the picture, gone by itself.
struct Toast {
    Message words;
    double until_s = 0.0;
};

/// What the window remembers between frames; everything else comes with the snapshot.
struct ViewState {
    double now_s = 0.0;  ///< of this frame, from any fixed start
    StopGuard stop;
    std::optional<double> told_silent_s;  ///< when the crew was told that a take would have no sound
    Countdown countdown;
    Consent consent = Consent::NotGiven;  ///< to the take the countdown leads to
    Overlay overlay = Overlay::None;
    bool outline = false;  ///< the topics stand where the slate and the takes are
    Stage stage_seen = Stage::Watching;
    bool review_due = false;  ///< a take has ended: its review is to open once
    int recorded_take = 0;    ///< that has ended
    bool record_due = false;  ///< a take begins as soon as the last one is finished
    TakeWarnings warnings;
    std::vector<Message> take_warnings;  ///< as of this frame
    Toast toast;
    Settings settings;  ///< as the user has them now
    KeyMap keys;        ///< made of the settings
    Monitoring monitoring;
    std::array<PeakHold, sound_channels> peaks;
    std::optional<VideoFrame> reference;  ///< the picture to compare with, once it was asked for
    int references_loaded = 0;            ///< counts up with each
    bool focus_guest = false;             ///< the next frame puts the cursor into the guest field
    bool editing = false;                 ///< a field of the slate has the keyboard
    Slate draft;                          ///< the slate as typed so far
    std::vector<Message> messages;        ///< refusals and notices, until Esc
    SetupView setup;
    PackageView package;
    ReviewView review;
    TabletView tablet;
    PrompterView prompter;
    std::vector<Preset> presets;  ///< that may be chosen in the slate
};

/// Before each drawing: what the view remembers of what it has seen.
void observe(const SessionSnapshot& now, ViewState& view);
/// While something lies over the screen, it has the room of an unzoomed window.
[[nodiscard]] ScreenWish screen_wish(const ViewState& view);

/// Once a frame, before it is drawn: what time and the session bring about by themselves. The end of a countdown begins
/// the take, a key held long enough stops it; the outline comes with a take, its review after it.
void follow(Session& session, const SessionSnapshot& now, ViewState& view);

/// Does what concerns the session and the view; language and full screen are the window's own.
void perform(const Action& action, Session& session, ViewState& view);

/// What a key means now. While a person types, what writes belongs to the field.
[[nodiscard]] std::optional<Action> action_for(std::string_view key, bool typing, const ViewState& view);

}  // namespace changji
