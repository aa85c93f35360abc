#include <cmath>

#include "analysis/reference.hpp"
#include "capture/excerpt.hpp"
#include "capture/takes.hpp"
#include "ui/check/file_meters.hpp"
#include "ui/cli/command.hpp"
#include "ui/cli/progress.hpp"
#include "ui/project/project.hpp"
#include "ui/project/reference.hpp"
#include "ui/project/report.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

struct Given {
    std::string project, file, person_model;
    int take = 0;
};

/// The picture that stands for a file; none where it holds only sound.
std::optional<VideoFrame> middle_of(const fs::path& file, double duration_s) {
    auto excerpts = open_excerpts(file);
    if (!excerpts) return std::nullopt;
    auto picture = (*excerpts)->frame_at(Nanoseconds(std::llround(duration_s / 2.0 * 1e9)));
    return picture ? std::optional(*std::move(picture)) : std::nullopt;
}

int set_reference(const CommandContext& context, const Given& given) {
    const auto project = load_project(given.project);
    if (!project) return print_error(context, project.error());
    const auto preset = find_preset(context, project->preset);
    if (!preset) return exit_wrong_input;
    fs::path file = given.file;
    if (file.empty()) {
        const auto takes = list_takes(project->takes_folder());
        if (takes.empty()) {
            return print_error(context,
                               {ErrorKind::InvalidConfig, say("The project {0} has no take yet: record one, or "
                                                              "name a file with --file.",
                                                              given.project)});
        }
        file = take_files(project->takes_folder(), given.take > 0 ? given.take : takes.back().number).video;
    }
    FileMeterOptions options;
    options.meters = {preset->camera.power_line_hz, given.person_model};
    Progress progress(file.filename().string());
    options.on_progress = [&](double share) { progress.show(share); };
    const auto metered = meter_file(file, options);
    if (!metered) return print_error(context, metered.error());
    const Reference reference{file.filename().string(), wall_time(), reference_of(metered->log)};
    const auto saved = save_reference(given.project, reference, middle_of(file, metered->duration_s));
    if (!saved) return print_error(context, saved.error());
    if (context.options.json) {
        print_json({{"project", given.project}, {"made_from", reference.made_from}});
    } else {
        print(fill_fields(tr("{0} is the reference now: the meters show how far they are from it."),
                          {reference.made_from}));
    }
    return exit_done;
}

int print_reference(const CommandContext& context, const Given& given) {
    const auto reference = load_reference(given.project);
    if (!reference) return print_error(context, reference.error());
    Json readings = Json::object();
    if (*reference) {
        for (const MeasureInfo& measure : all_measures()) {
            const auto value = (*reference)->readings[measure.measure];
            if (!value) continue;
            readings[std::string(measure.id)] = *value;
            if (!context.options.json) {
                print(fill_fields("{0}  {1}", {name_for_check(measure.id), value_text(measure.measure, *value)}));
            }
        }
    }
    if (context.options.json) {
        print_json({{"project", given.project},
                    {"made_from", *reference ? (*reference)->made_from : ""},
                    {"made_at", *reference ? (*reference)->made_at : ""},
                    {"readings", readings}});
    } else if (!*reference) {
        print(tr("No reference is stored."));
    }
    return exit_done;
}

int clear_reference(const CommandContext& context, const Given& given) {
    if (auto removed = remove_reference(given.project); !removed) return print_error(context, removed.error());
    if (context.options.json)
        print_json({{"project", given.project}});
    else
        print(tr("No reference is stored."));
    return exit_done;
}

}  // namespace

void add_reference_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(app, "reference", tr("How it should look and sound: set, show, clear."),
                                    "changji reference set interview --take 3");
    command->require_subcommand(1);
    auto given = std::make_shared<Given>();
    const auto add = [&](const char* name, const std::string& description, auto run) {
        CLI::App* sub =
            add_command(*command, name, description, std::string("changji reference ") + name + " interview");
        sub->add_option("project", given->project, tr("The project's folder."))
            ->required()
            ->check(CLI::ExistingDirectory);
        sub->callback([given, &context, run] { context.exit_code = run(context, *given); });
        return sub;
    };
    CLI::App* set = add("set", tr("Take a good take, or any file, as the reference."), set_reference);
    set->add_option("--take", given->take, tr("The take's number; default: the last one."));
    set->add_option("--file", given->file, tr("A file instead of a take."));
    add_person_model_option(*set, given->person_model);
    add("show", tr("Show what is stored."), print_reference);
    add("clear", tr("Forget the reference."), clear_reference);
}

}  // namespace changji
