#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "capture/camera_controls.hpp"
#include "capture/sound_shaper.hpp"
#include "ui/window/choice.hpp"

namespace changji {

enum class SetupPage { Project, Slate, Camera, Microphone, Settings };
inline constexpr int setup_page_count = 5;

/// What the set-up, the guide and the test recording ask for.
struct ToggleSetup {};
struct ShowSetup {
    SetupPage page;
};
struct TurnSetupPage {
    int by = 0;
};
/// What is none stays. The window opens the session anew.
struct ChangeSession {
    std::optional<std::filesystem::path> project;
    std::optional<std::string> camera;  ///< as `--camera` takes it
    std::optional<std::string> microphone;
};
/// A name in the folder for videos, or a folder; made and opened.
struct NewProject {
    std::string typed;
};
struct OpenProject {
    std::string typed;
};
struct BrowseFolder {
    std::filesystem::path folder;
};
struct SetControl {
    ControlWish wish;
};
struct ShapeSound {
    SoundShape shape;
};
/// The next key pressed is the command's; empty: no longer.
struct AwaitKey {
    std::string command;
};
struct BindKey {
    std::string command;
    std::string key;
};
/// Of one command; empty: of all.
struct ResetKeys {
    std::string command;
};
struct StartTrial {};
struct DismissTrial {};
struct ToggleGuide {};
struct TurnGuide {
    int by = 0;
};

using SetupActions = std::variant<ToggleSetup, ShowSetup, TurnSetupPage, ChangeSession, NewProject, OpenProject,
                                  BrowseFolder, SetControl, ShapeSound, AwaitKey, BindKey, ResetKeys, StartTrial,
                                  DismissTrial, ToggleGuide, TurnGuide>;
using SetupAction = Choice<SetupActions>;

}  // namespace changji
