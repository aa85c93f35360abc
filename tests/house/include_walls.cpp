#include "tests/house/include_walls.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

namespace changji::test {
namespace {

struct Include {
    int line = 0;
    std::string written;
    std::string path;  ///< from the project root; empty for a library's header
};

/// What one room may include of the others, and whether it may use libraries at all.
struct Room {
    std::string folder;
    std::vector<std::string> knows;
};
// The first room whose folder a path begins with owns it.
const std::vector<Room> rooms = {
    {"capture/types/", {"capture/types/"}},
    {"capture/", {"capture/"}},
    {"presets/", {"presets/"}},
    {"analysis/", {"analysis/", "capture/types/", "presets/"}},
    {"ui/", {"ui/", "analysis/", "capture/", "presets/"}},
    {"tests/", {"tests/", "ui/", "analysis/", "capture/", "presets/"}},
};

/// Headers of one room that no other room includes.
const std::vector<std::string> internal = {"capture/av/",      "capture/sources/", "capture/playing/",
                                           "capture/probing/", "capture/takes/",   "presets/table_reader.hpp"};

/// Libraries that one room hides from the others.
struct Hidden {
    std::string name;
    std::regex header;
    std::vector<std::string> rooms;
};
const std::vector<Hidden> hidden = {
    {"FFmpeg", std::regex("lib(av|sw|postproc)[a-z]*/.*"), {"capture/"}},
    {"cairo", std::regex("cairo.*"), {"capture/"}},
    {"eSpeak", std::regex("espeak.*"), {"capture/"}},
    {"OpenCV", std::regex("opencv.*"), {"analysis/"}},
    {"libebur128", std::regex("ebur128\\.h"), {"analysis/"}},
    {"WebRTC", std::regex("webrtc.*"), {"analysis/"}},
    // Papers and photos are read in analysis; the zip of a delivery is written where files are joined.
    {"libzip", std::regex("zip(conf)?\\.h"), {"analysis/", "ui/"}},
    {"pugixml", std::regex("pugi.*"), {"analysis/"}},
    {"poppler", std::regex("(poppler/.*/)?poppler.*"), {"analysis/"}},
    {"Exiv2", std::regex("exiv2.*"), {"analysis/"}},
    {"toml++", std::regex("toml.*"), {"presets/", "ui/"}},
    {"Dear ImGui", std::regex("(.*/)?imgui.*"), {"ui/"}},
    {"SDL", std::regex("(SDL.*/)?SDL.*"), {"ui/"}},
    {"OpenGL", std::regex("(epoxy|GL|GLES.*)/.*"), {"ui/"}},
    {"a language", std::regex("libintl\\.h|unicode/.*"), {"ui/"}},
    {"the command line", std::regex("CLI/.*"), {"ui/"}},
    {"JSON", std::regex("nlohmann/.*"), {"ui/"}},
    {"logging", std::regex("spdlog/.*"), {"ui/"}},
    {"the web server", std::regex("httplib\\.h"), {"ui/"}},
    {"QR codes", std::regex("qrencode\\.h"), {"ui/"}},
};

const std::regex standard_header("[a-z_0-9]+");
/// Rooms that know the standard library, and toml++ at most.
const std::vector<std::string> plain_rooms = {"capture/types/", "presets/"};

const Room* room_of(const std::string& path) {
    const auto owner =
        std::find_if(rooms.begin(), rooms.end(), [&](const Room& room) { return path.starts_with(room.folder); });
    return owner == rooms.end() ? nullptr : &*owner;
}

bool begins_with_any(const std::string& path, const std::vector<std::string>& folders) {
    return std::any_of(folders.begin(), folders.end(),
                       [&](const std::string& folder) { return path.starts_with(folder); });
}

std::vector<Include> includes_of(const std::string& file, const SourceTree& tree) {
    static const std::regex directive(R"(^\s*#\s*include\s*(["<])([^">]+)[">].*)");
    std::vector<Include> found;
    std::istringstream text(tree.at(file));
    int number = 0;
    for (std::string line; std::getline(text, line);) {
        ++number;
        std::smatch parts;
        if (!std::regex_match(line, parts, directive)) continue;
        const std::string written = parts[2];
        const auto beside = (std::filesystem::path(file).parent_path() / written).lexically_normal().string();
        const bool is_beside = parts[1] == "\"" && (written.starts_with('.') || tree.contains(beside));
        const std::string path = is_beside ? beside : std::filesystem::path(written).lexically_normal().string();
        found.push_back({number, written, room_of(path) ? path : std::string()});
    }
    return found;
}

const Hidden* hidden_library(const std::string& header) {
    const auto library = std::find_if(hidden.begin(), hidden.end(),
                                      [&](const Hidden& one) { return std::regex_match(header, one.header); });
    return library == hidden.end() ? nullptr : &*library;
}

std::optional<std::string> library_crossing(const Room& room, const std::string& header) {
    const Hidden* library = hidden_library(header);
    if (library && !begins_with_any(room.folder, library->rooms)) {
        return room.folder + " does not know " + library->name;
    }
    if (!begins_with_any(room.folder, plain_rooms)) return std::nullopt;
    if (!std::regex_match(header, standard_header) && !(library && room.folder == "presets/")) {
        return room.folder + " knows the standard library only";
    }
    return std::nullopt;
}

/// The first library that `header` and what it includes bring into `room` against its walls.
std::optional<std::string> carried_in(const Room& room, const std::string& header, const SourceTree& tree,
                                      std::set<std::string>& visited) {
    if (!tree.contains(header) || !visited.insert(header).second) return std::nullopt;
    for (const Include& include : includes_of(header, tree)) {
        if (include.path.empty()) {
            const Hidden* library = hidden_library(include.written);
            if (library && !begins_with_any(room.folder, library->rooms)) return library->name + " through " + header;
        } else if (auto found = carried_in(room, include.path, tree, visited)) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<std::string> crossing(const Room& room, const Include& include, const SourceTree& tree) {
    if (include.path.empty()) return library_crossing(room, include.written);
    const Room* other = room_of(include.path);
    if (!begins_with_any(include.path, room.knows)) return room.folder + " does not know " + other->folder;
    for (const std::string& place : internal) {
        const bool inside = room.folder == place.substr(0, room.folder.size());
        if (include.path.starts_with(place) && !inside) return place + " is internal to its room";
    }
    std::set<std::string> visited;
    if (const auto library = carried_in(room, include.path, tree, visited)) {
        return room.folder + " gets " + *library;
    }
    return std::nullopt;
}

}  // namespace

std::vector<WallCrossing> find_wall_crossings(const SourceTree& tree) {
    std::vector<WallCrossing> crossings;
    for (const auto& [file, text] : tree) {
        const Room* room = room_of(file);
        if (!room || room->folder == "tests/") continue;  // tests look into every room
        for (const Include& include : includes_of(file, tree)) {
            if (const auto reason = crossing(*room, include, tree)) {
                crossings.push_back({file, include.line, include.written, *reason});
            }
        }
    }
    return crossings;
}

}  // namespace changji::test
