#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/types/message.hpp"
#include "presets/preset.hpp"
#include "ui/project.hpp"
#include "ui/session.hpp"
#include "ui/settings.hpp"
#include "ui/window/action.hpp"
#include "ui/window/commands.hpp"
#include "ui/window/layout.hpp"
#include "ui/window/monitoring.hpp"
#include "ui/window/setup_view.hpp"
#include "ui/window/stop_guard.hpp"

namespace changji {

enum class Overlay { None, Help, SignOffs, Setup, Guide };

/// What the window remembers between frames; everything else comes with the snapshot.
struct ViewState {
    double now_s = 0.0;  ///< of this frame, from any fixed start
    StopGuard stop;
    std::optional<double> told_silent_s;  ///< when the crew was told that a take would have no sound
    Overlay overlay = Overlay::None;
    Settings settings;  ///< as the user has them now
    KeyMap keys;        ///< made of the settings
    Monitoring monitoring;
    bool focus_guest = false;       ///< the next frame puts the cursor into the guest field
    bool editing = false;           ///< a field of the slate has the keyboard
    Slate draft;                    ///< the slate as typed so far
    std::vector<Message> messages;  ///< refusals and notices, until Esc
    SetupView setup;
    std::vector<Preset> presets;  ///< that may be chosen in the slate
};

/// While something lies over the screen, it has the room of an unzoomed window.
[[nodiscard]] ScreenWish screen_wish(const ViewState& view);

/// Does what concerns the session and the view; language and full screen are the window's own.
void perform(const Action& action, Session& session, ViewState& view);

/// What a key means now. While a person types, what writes belongs to the field.
[[nodiscard]] std::optional<Action> action_for(std::string_view key, bool typing, const ViewState& view);

}  // namespace changji
