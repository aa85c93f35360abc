#pragma once

#include <string>

#include "ui/cli/command.hpp"
#include "ui/project/project.hpp"

namespace changji {

/// The project in a folder that has to be there. InvalidConfig when it isn't.
[[nodiscard]] Result<Project> existing_project(const std::string& folder);

/// `takes rate`, `takes note`, `takes delete` and `takes compare`.
void add_take_editing(CLI::App& takes, CommandContext& context);

}  // namespace changji
