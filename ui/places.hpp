#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace changji {

/// What the window was opened with last time; empty where nothing is remembered.
struct LastStart {
    std::filesystem::path project;
    std::string camera;
    std::string microphone;
};
[[nodiscard]] LastStart last_start();
/// The project becomes the newest of the recent ones. What can't be remembered is no error: the next start then begins
/// anew.
void remember_start(const LastStart& start);
/// Newest first, eight at most; some may be gone meanwhile.
[[nodiscard]] std::vector<std::filesystem::path> recent_projects();

/// The user's settings for this program ($XDG_CONFIG_HOME or ~/.config, "changji" in it); empty without either. Need
/// not exist yet.
[[nodiscard]] std::filesystem::path configuration_folder();

/// The user's folder for videos, else the home or the current folder.
[[nodiscard]] std::filesystem::path videos_folder();

/// Where takes go when the user names no project: the last project, else "changji" in the user's folder for
/// videos, else in the home or the current folder.
[[nodiscard]] std::filesystem::path default_project_folder();

}  // namespace changji
