#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ui/project/project_folders.hpp"
#include "ui/session/device_inventory.hpp"
#include "ui/session/session_keeper.hpp"
#include "ui/window/setup/guide.hpp"
#include "ui/window/setup/setup_actions.hpp"

namespace changji {

struct RecentProject {
    std::filesystem::path folder;
    bool is_there = true;
};

/// What the set-up and the guide remember between frames.
struct SetupView {
    SetupPage page = SetupPage::Project;
    bool from_guide = false;                    ///< it was opened there, and closing goes back
    SessionWish wish;                           ///< by which the session was opened
    std::shared_ptr<const DeviceList> devices;  ///< null until they were looked for
    std::vector<RecentProject> recent;
    std::filesystem::path folder;  ///< that the list shows
    std::vector<FolderRow> folders;
    std::string new_name, open_path;  ///< as typed so far
    std::string awaiting;             ///< the command that waits for its key; empty: none
    FirstSteps guide;
};

}  // namespace changji
