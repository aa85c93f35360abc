#include "ui/places.hpp"

#include <toml++/toml.h>
#include <cstdlib>
#include <sstream>

#include "capture/takes.hpp"
#include "ui/project/project_folders.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

fs::path from_environment(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value == '/' ? fs::path(value) : fs::path();
}

fs::path home() { return from_environment("HOME"); }

fs::path memory_file() {
    fs::path state = from_environment("XDG_STATE_HOME");
    if (state.empty() && !home().empty()) state = home() / ".local" / "state";
    return state.empty() ? state : state / "changji" / "last-start.toml";
}

}  // namespace

LastStart last_start() {
    try {
        const toml::table memory = toml::parse_file(memory_file().string());
        return {memory["project"].value_or(std::string()), memory["camera"].value_or(std::string()),
                memory["microphone"].value_or(std::string())};
    } catch (const toml::parse_error&) {
        return {};  // missing or broken: nothing is remembered
    }
}

void remember_start(const LastStart& start) {
    const fs::path file = memory_file();
    std::error_code failure;
    if (file.empty()) return;
    fs::create_directories(file.parent_path(), failure);
    if (failure) return;
    const fs::path project = fs::absolute(start.project, failure);
    toml::array recent;
    for (const fs::path& each : with_newest(recent_projects(), project)) recent.push_back(each.string());
    std::ostringstream text;
    text << toml::table{{"project", project.string()},
                        {"camera", start.camera},
                        {"microphone", start.microphone},
                        {"recent", recent}}
         << '\n';
    static_cast<void>(write_file_atomically(file, text.str()));
}

std::vector<fs::path> recent_projects() {
    std::vector<fs::path> recent;
    try {
        const toml::table memory = toml::parse_file(memory_file().string());
        if (const toml::array* const kept = memory["recent"].as_array()) {
            for (const auto& each : *kept) {
                if (const auto path = each.value<std::string>()) recent.emplace_back(*path);
            }
        }
    } catch (const toml::parse_error&) {
        return {};
    }
    if (recent.size() > most_recent_projects) recent.resize(most_recent_projects);
    return recent;
}

fs::path configuration_folder() {
    fs::path folder = from_environment("XDG_CONFIG_HOME");
    if (folder.empty() && !home().empty()) folder = home() / ".config";
    return folder.empty() ? folder : folder / "changji";
}

fs::path videos_folder() {
    std::error_code ignored;
    fs::path videos = from_environment("XDG_VIDEOS_DIR");
    for (const char* name : {"Videos", "视频"}) {
        if (videos.empty() && fs::is_directory(home() / name, ignored)) videos = home() / name;
    }
    if (videos.empty()) videos = home().empty() ? fs::current_path(ignored) : home();
    return videos;
}

fs::path default_project_folder() {
    std::error_code ignored;
    if (fs::path last = last_start().project; !last.empty() && fs::is_directory(last, ignored)) return last;
    return videos_folder() / "changji";
}

}  // namespace changji
