#include "ui/project/reference.hpp"

#include <toml++/toml.h>
#include <sstream>

#include "analysis/picture/evidence_picture.hpp"
#include "capture/excerpt.hpp"
#include "capture/takes.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

fs::path reference_file(const fs::path& project_folder) { return project_folder / "reference.toml"; }
fs::path picture_file(const fs::path& project_folder) { return project_folder / "reference.png"; }

Status remove_file(const fs::path& file) {
    std::error_code failure;
    fs::remove(file, failure);
    if (!failure) return {};
    return Error{ErrorKind::Io, say("The reference {0} can't be removed ({1}).", file.string(), failure.message())};
}

}  // namespace

Result<std::optional<Reference>> load_reference(const fs::path& project_folder) {
    const fs::path file = reference_file(project_folder);
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return std::optional<Reference>();
    try {
        const toml::table table = toml::parse_file(file.string());
        Reference reference;
        reference.made_from = table["made_from"].value_or(std::string());
        reference.made_at = table["made_at"].value_or(std::string());
        if (const toml::table* readings = table["readings"].as_table()) {
            for (const auto& [id, value] : *readings) {
                // Measures of another version are passed over.
                if (const MeasureInfo* measure = find_measure(id.str())) {
                    reference.readings.set(measure->measure, value.value<double>());
                }
            }
        }
        return std::optional(std::move(reference));
    } catch (const toml::parse_error& fault) {
        return Error{ErrorKind::InvalidConfig,
                     say("The reference {0} is broken in line {1} ({2}): store it anew, or remove the file.",
                         file.string(), std::to_string(fault.source().begin.line), std::string(fault.description()))};
    }
}

Status save_reference(const fs::path& project_folder, const Reference& reference,
                      const std::optional<VideoFrame>& picture) {
    std::error_code failure;
    fs::create_directories(project_folder, failure);
    if (failure) {
        return Error{ErrorKind::Io, say("The project folder {0} can't be made ({1}): choose another folder.",
                                        project_folder.string(), failure.message())};
    }
    toml::table readings;
    for (const MeasureInfo& measure : all_measures()) {
        if (const auto value = reference.readings[measure.measure]) readings.insert_or_assign(measure.id, *value);
    }
    toml::table table;
    table.insert_or_assign("made_from", reference.made_from);
    table.insert_or_assign("made_at", reference.made_at);
    table.insert_or_assign("readings", std::move(readings));
    std::ostringstream text;
    text << table << '\n';
    const fs::path still = picture_file(project_folder);
    Status kept = picture ? write_png(still, to_rgb(*picture)) : remove_file(still);
    if (!kept) return kept;
    return write_file_atomically(reference_file(project_folder), text.str());
}

Result<VideoFrame> load_reference_picture(const fs::path& project_folder) {
    const fs::path file = picture_file(project_folder);
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
        return Error{ErrorKind::InvalidConfig,
                     say("There is no reference picture yet: when picture and sound are as they should be, store "
                         "them as the reference.")};
    }
    auto still = open_excerpts(file);
    if (!still) return still.error();
    return (*still)->frame_at(Nanoseconds{0});
}

Status remove_reference(const fs::path& project_folder) {
    if (auto removed = remove_file(picture_file(project_folder)); !removed) return removed;
    return remove_file(reference_file(project_folder));
}

}  // namespace changji
