#pragma once

#include "ui/cli/command.hpp"
#include "ui/settings.hpp"

namespace changji {

/// What `changji` without a command may be told.
struct WindowStart {
    std::string project;
    std::string preset;
    std::string camera;  ///< empty: the last one, else the best there is
    std::string microphone;
    std::string person_model;  ///< empty: none
};
void add_window_options(CLI::App& app, WindowStart& start);

/// Opens the window with the last project, camera and microphone; returns when it is closed.
[[nodiscard]] int open_window(const CommandContext& context, const WindowStart& start, const LoadedSettings& loaded);

}  // namespace changji
