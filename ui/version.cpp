#include "ui/version.hpp"

#include <spdlog/version.h>
#include <toml++/toml.h>
#include <CLI/Version.hpp>
#include <nlohmann/json.hpp>

#ifdef CHANGJI_GUI
#include <SDL_version.h>
#include <imgui.h>
#include <unicode/uversion.h>
#endif

#include "analysis/libraries.hpp"
#include "capture/libraries.hpp"

namespace changji {
namespace {

template <typename... Numbers>
std::string dotted(int first, Numbers... rest) {
    std::string text = std::to_string(first);
    ((text += '.' + std::to_string(rest)), ...);
    return text;
}

std::vector<LibraryVersion> ui_libraries() {
    std::vector<LibraryVersion> all;
#ifdef CHANGJI_GUI
    SDL_version sdl{};
    SDL_GetVersion(&sdl);
    all = {
        {"SDL", dotted(sdl.major, sdl.minor, sdl.patch)}, {"Dear ImGui", ImGui::GetVersion()}, {"ICU", U_ICU_VERSION}};
#endif
    all.push_back({"CLI11", CLI11_VERSION});
    all.push_back({"nlohmann-json",
                   dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)});
    all.push_back({"spdlog", dotted(SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)});
    all.push_back({"toml++", dotted(TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH)});
    return all;
}

}  // namespace

std::string version_text() {
    std::string text = "changji " CHANGJI_VERSION;
    for (const auto& room : {capture_libraries(), analysis_libraries(), ui_libraries()}) {
        for (const LibraryVersion& each : room) text += "\n  " + each.name + ' ' + each.version;
    }
    return text;
}

}  // namespace changji
