#include "ui/project/project.hpp"

#include <toml++/toml.h>
#include <sstream>
#include <string_view>

#include "capture/takes.hpp"
#include "ui/file_content.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr const char* project_file = "project.toml";

/// Every text key of the slate, once: read and written by the same table.
struct SlateKey {
    const char* key;
    std::string Slate::*field;
};
constexpr SlateKey slate_keys[] = {
    {"school", &Slate::school}, {"guest", &Slate::guest}, {"office", &Slate::office},
    {"host", &Slate::host},     {"place", &Slate::place},
};

Result<toml::table> read_table(const fs::path& file) {
    std::error_code failure;
    if (!fs::exists(file, failure)) {
        if (!failure) return toml::table();
        return Error{ErrorKind::Io, say("The project file {0} can't be reached ({1}): check the folder's permissions.",
                                        file.string(), failure.message())};
    }
    const auto content = content_of(file);
    if (!content) {
        return Error{ErrorKind::Io, say("The project file {0} can't be read: check its permissions.", file.string())};
    }
    try {
        return toml::parse(*content, file.string());
    } catch (const toml::parse_error& fault) {
        return Error{ErrorKind::InvalidConfig,
                     say("The project file {0} is broken in line {1} ({2}): correct that line, or move the file away.",
                         file.string(), std::to_string(fault.source().begin.line), std::string(fault.description()))};
    }
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n\r") == std::string_view::npos; }

}  // namespace

std::string Slate::spoken_guest() const {
    if (is_blank(guest)) return {};
    std::string spoken;
    for (const std::string* part : {&school, &office}) {
        if (!is_blank(*part)) spoken += *part;
    }
    return spoken + guest;
}

Result<Project> load_project(const fs::path& folder) {
    auto table = read_table(folder / project_file);
    if (!table) return table.error();
    Project project;
    project.folder = folder;
    project.preset = (*table)["preset"].value_or(project.preset);
    project.script = (*table)["script"].value_or(std::string());
    const auto slate = (*table)["slate"];
    for (const SlateKey& entry : slate_keys) project.slate.*entry.field = slate[entry.key].value_or(std::string());
    if (const toml::array* confirmed = slate["confirmed"].as_array()) {
        for (const auto& clause : *confirmed) {
            if (const auto id = clause.value<std::string>()) project.slate.confirmed_clauses.push_back(*id);
        }
    }
    return project;
}

Status save_project(const Project& project) {
    const fs::path file = project.folder / project_file;
    std::error_code failure;
    fs::create_directories(project.folder, failure);
    if (failure) {
        return Error{ErrorKind::Io, say("The project folder {0} can't be made ({1}): choose another folder.",
                                        project.folder.string(), failure.message())};
    }
    auto table = read_table(file);
    if (!table) return table.error();
    table->insert_or_assign("preset", project.preset);
    table->insert_or_assign("script", project.script);
    if (!(*table)["slate"].is_table()) table->insert_or_assign("slate", toml::table());
    toml::table& slate = *(*table)["slate"].as_table();
    for (const SlateKey& entry : slate_keys) slate.insert_or_assign(entry.key, project.slate.*entry.field);
    toml::array confirmed;
    for (const std::string& clause : project.slate.confirmed_clauses) confirmed.push_back(clause);
    slate.insert_or_assign("confirmed", std::move(confirmed));
    std::ostringstream text;
    text << *table << '\n';
    return write_file_atomically(file, text.str());
}

}  // namespace changji
