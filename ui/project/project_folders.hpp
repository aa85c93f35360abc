#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

inline constexpr std::size_t most_recent_projects = 8;

/// `recent` with `project` in front, each once, not more than most_recent_projects.
[[nodiscard]] std::vector<std::filesystem::path> with_newest(std::vector<std::filesystem::path> recent,
                                                             const std::filesystem::path& project);

/// A folder in a list that a person walks through.
struct FolderRow {
    std::filesystem::path path;
    std::string name;
    bool is_project = false;  ///< holds a project.toml
};
inline constexpr std::size_t most_folder_rows = 500;
/// The folders in `folder`, by name, the hidden ones left out; the first most_folder_rows. Io when it can't be read.
[[nodiscard]] Result<std::vector<FolderRow>> list_folders(const std::filesystem::path& folder);

/// What a person typed as a place: "~/" is the home, a name alone lies under `base`. Empty for nothing but blanks.
[[nodiscard]] std::filesystem::path typed_folder(std::string_view typed, const std::filesystem::path& base);

/// Makes a new project there, folder and project.toml. InvalidConfig when nothing is named or a project is there
/// already, Io when it can't be made.
[[nodiscard]] Status make_project(const std::filesystem::path& folder);
/// Whether there is a folder to open; it need not hold a project yet. Io with a sentence when not.
[[nodiscard]] Status check_project_folder(const std::filesystem::path& folder);

}  // namespace changji
