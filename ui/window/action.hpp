#pragma once

#include <string>
#include <variant>

#include "capture/source_spec.hpp"
#include "ui/project.hpp"
#include "ui/window/monitoring.hpp"
#include "ui/window/setup_actions.hpp"

namespace changji {

/// What a panel or a key asks for.
struct PressRecord {};  ///< starts; while recording: arms the stop, then stops
struct ConfirmStop {};  ///< stops, once the stop is armed
struct Cancel {};       ///< disarms, closes what is open, takes messages away
struct FocusGuest {};
struct ToggleHelp {};
struct ToggleSignOffs {};
struct ToggleFullScreen {};
struct ToggleLanguage {};
struct ToggleTheme {};
struct ToggleCompact {};
/// In steps of 25 %, up or down; 0: back to 100 %.
struct Zoom {
    int steps = 0;
};
struct CloseWindow {};     ///< while recording: as PressRecord
struct StoreReference {};  ///< as it looks and sounds now
struct ToggleAid {
    Aid aid;
};
struct ChoosePreset {
    std::string id;
};
struct ChangeSlate {
    Slate slate;
};
struct AdjustDemo {
    DemoSettings settings;
};
/// The 16:9 part that is kept of a picture of another shape, moved in steps: left/right and up/down.
struct MoveCrop {
    int right = 0;
    int down = 0;
};
using Action = std::variant<PressRecord, ConfirmStop, Cancel, FocusGuest, ToggleHelp, ToggleSignOffs, ToggleFullScreen,
                            ToggleLanguage, ToggleTheme, ToggleCompact, Zoom, CloseWindow, StoreReference, ChoosePreset,
                            ChangeSlate, AdjustDemo, MoveCrop, ToggleAid, SetupAction>;

}  // namespace changji
