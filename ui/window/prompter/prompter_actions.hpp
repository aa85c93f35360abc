#pragma once

#include <filesystem>
#include <string>

#include "ui/prompter/prompter.hpp"
#include "ui/talent_settings.hpp"
#include "ui/window/choice.hpp"

namespace changji {

enum class PrompterPage { Script, Screens };
enum class PrompterStep { Line, Sentence, Mark };

/// What the keys, the strip and the prompter's pages ask for.
struct TogglePrompterPage {
    PrompterPage page;
};
struct RunOrPause {};
struct HoldOrRelease {};
struct FollowOrPace {};
struct StepScript {
    PrompterStep by;
    int steps = 1;  ///< negative: back
};
struct RewindScript {};
/// The pace, in steps of ten characters a minute.
struct ChangePace {
    int steps = 0;
};
struct TellPrompter {
    PrompterCommand command;
};
/// What is typed goes to all screens, and is kept.
struct UseScript {};
/// Into the field, in place of what is there.
struct OpenScript {
    std::filesystem::path file;
};
/// Behind what is in the field.
struct AddToScript {
    std::string text;
};
struct UndoScript {
    int steps = 1;  ///< negative: again what was undone
};
/// Opens or closes the talent's screens with one key.
struct ToggleTalents {};
struct SetTalent {
    TalentSettings settings;
};
struct TogglePrompterWithTake {};

using PrompterActions = std::variant<TogglePrompterPage, RunOrPause, HoldOrRelease, FollowOrPace, StepScript,
                                     RewindScript, ChangePace, TellPrompter, UseScript, OpenScript, AddToScript,
                                     UndoScript, ToggleTalents, SetTalent, TogglePrompterWithTake>;
using PrompterAction = Choice<PrompterActions>;

}  // namespace changji
