#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

/// What the crew writes on the slate.
struct Slate {
    std::string school;
    std::string guest;
    std::string office;
    std::string host;
    std::string place;
    std::vector<std::string> confirmed_clauses;  ///< clauses the crew has signed off

    /// School, office and name as the host speaks them in the opening line; empty while the name is unknown.
    [[nodiscard]] std::string spoken_guest() const;
    friend bool operator==(const Slate&, const Slate&) = default;
};

/// PROJECT/project.toml.
struct Project {
    std::filesystem::path folder;
    std::string preset = "hunan-2022-interview";  ///< id, or path of a preset file
    Slate slate;
    std::string script;

    [[nodiscard]] std::filesystem::path takes_folder() const { return folder / "takes"; }
};

/// The project in `folder`; a folder without project.toml is a new project with nothing entered.
/// InvalidConfig with line and reason when project.toml is broken: it is left untouched.
[[nodiscard]] Result<Project> load_project(const std::filesystem::path& folder);
/// Creates the folder if needed. Keys of project.toml that this version doesn't know are kept.
[[nodiscard]] Status save_project(const Project& project);

}  // namespace changji
