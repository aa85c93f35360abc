#pragma once

#include <functional>
#include <vector>

#include "capture/types/message.hpp"
#include "capture/types/result.hpp"
#include "presets/preset.hpp"
#include "ui/session/session_keeper.hpp"
#include "ui/settings.hpp"

namespace changji {

struct WindowOptions {
    int width_px = 1920;  ///< of the window, not more than the display has
    int height_px = 1080;
    bool full_screen = false;
    bool guide = false;                     ///< opens with the guide for the first time
    std::function<void()> on_display_loss;  ///< ends the program: the display is gone, and the window with it
    Settings settings;                      ///< saved again whenever the user changes one
    std::vector<Preset> presets;            ///< offered in the slate; one or none: no choice
    std::vector<Message> notices;           ///< shown at the start until Esc: a rescued take, which source was chosen
};

/// The operator's window, until a person closes it; a running take is asked about first and finished by the
/// session's owner. The language in use is the window's first. Main thread only.
/// Projects, cameras and microphones that a person chooses are opened through the keeper.
/// Io when there is no display, no OpenGL 3 or no Chinese font: the sentence says how to record without a window.
[[nodiscard]] Status run_window(SessionKeeper& keeper, const WindowOptions& options);

}  // namespace changji
