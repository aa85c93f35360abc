#include "ui/project/project_folders.hpp"

#include <algorithm>
#include <cstdlib>

#include "ui/project/project.hpp"

namespace changji {
namespace fs = std::filesystem;

std::vector<fs::path> with_newest(std::vector<fs::path> recent, const fs::path& project) {
    std::erase(recent, project);
    if (!project.empty()) recent.insert(recent.begin(), project);
    if (recent.size() > most_recent_projects) recent.resize(most_recent_projects);
    return recent;
}

Result<std::vector<FolderRow>> list_folders(const fs::path& folder) {
    std::error_code failure;
    std::vector<FolderRow> rows;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        std::error_code unknown;
        const std::string name = entry->path().filename().string();
        if (name.starts_with('.') || !entry->is_directory(unknown)) continue;
        rows.push_back({entry->path(), name, fs::exists(entry->path() / "project.toml", unknown)});
    }
    if (failure) {
        return Error{ErrorKind::Io,
                     say("The folder {0} can't be read ({1}): choose another.", folder.string(), failure.message())};
    }
    std::ranges::sort(rows, {}, &FolderRow::name);
    if (rows.size() > most_folder_rows) rows.resize(most_folder_rows);
    return rows;
}

fs::path typed_folder(std::string_view typed, const fs::path& base) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t from = typed.find_first_not_of(blanks);
    if (from == std::string_view::npos) return {};
    typed = typed.substr(from, typed.find_last_not_of(blanks) + 1 - from);
    const char* const home = std::getenv("HOME");
    if (home && (typed == "~" || typed.starts_with("~/"))) {
        return (fs::path(home) / typed.substr(std::min<std::size_t>(2, typed.size()))).lexically_normal();
    }
    return (base / fs::path(typed)).lexically_normal();
}

Status make_project(const fs::path& folder) {
    if (folder.empty()) {
        return Error{ErrorKind::InvalidConfig, say("Write a name or a folder for the new project first.")};
    }
    std::error_code unknown;
    if (fs::exists(folder / "project.toml", unknown)) {
        return Error{ErrorKind::InvalidConfig,
                     say("There is a project in {0} already: open it, or write another name.", folder.string())};
    }
    Project project;
    project.folder = folder;
    return save_project(project);
}

Status check_project_folder(const fs::path& folder) {
    std::error_code unknown;
    if (fs::is_directory(folder, unknown)) return {};
    return Error{ErrorKind::Io,
                 say("There is no folder {0}: choose another, or make a new project there.", folder.string())};
}

}  // namespace changji
