#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "capture/source_spec.hpp"
#include "ui/project/marks.hpp"
#include "ui/project/project.hpp"
#include "ui/window/choice.hpp"
#include "ui/window/monitoring.hpp"
#include "ui/window/package/package_actions.hpp"
#include "ui/window/prompter/prompter_actions.hpp"
#include "ui/window/prompter/tablet_actions.hpp"
#include "ui/window/review/review_actions.hpp"
#include "ui/window/setup/setup_actions.hpp"

namespace changji {

/// What a panel or a key asks for.
struct PressRecord {};  ///< starts; while recording: arms the stop, then stops
struct ConfirmStop {};  ///< stops, once the stop is armed
struct Cancel {};       ///< disarms, closes what is open, takes messages away
struct FocusGuest {};
struct ToggleHelp {};
struct ToggleSignOffs {};
struct ToggleTools {};
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
/// Ticks a topic at the present moment of the take, or takes the tick away. While the sign-offs are open: the line of
/// that number.
struct TickTopic {
    int number = 0;
};
struct MarkMoment {
    MarkKind kind = MarkKind::Good;
};
struct SignOff {
    std::vector<std::string> clauses;  ///< all that are signed off now
};
struct ToggleOutline {};
struct ToggleCue {};
struct NextCountdown {};
using Actions =
    std::variant<PressRecord, ConfirmStop, Cancel, FocusGuest, ToggleHelp, ToggleSignOffs, ToggleFullScreen,
                 ToggleLanguage, ToggleTheme, ToggleCompact, Zoom, CloseWindow, StoreReference, ChoosePreset,
                 ChangeSlate, AdjustDemo, MoveCrop, ToggleAid, TickTopic, MarkMoment, SignOff, ToggleOutline, ToggleCue,
                 NextCountdown, ToggleTools, SetupAction, PackageAction, ReviewAction, TabletAction, PrompterAction>;
using Action = Choice<Actions>;

/// Of what several panels ask for, the last.
inline void keep(std::optional<Action>& action, std::optional<Action> next) {
    if (next) action = std::move(next);
}

}  // namespace changji
