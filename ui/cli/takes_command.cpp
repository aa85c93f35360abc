#include <fstream>
#include <sstream>

#include "ui/cli/command.hpp"
#include "ui/rescue.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

Result<Project> existing_project(const std::string& folder) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) {
        return Error{ErrorKind::InvalidConfig, say("There is no project folder {0}: check the path.", folder)};
    }
    return load_project(folder);
}

int run_list(const CommandContext& context, const std::string& folder) {
    const auto project = existing_project(folder);
    if (!project) return print_error(context, project.error());
    Json all = Json::array();
    for (const TakeSummary& take : summarise_takes(project->takes_folder())) {
        all.push_back({{"take", take.number},
                       {"verdict", take.verdict_id},
                       {"duration_s", take.duration_s},
                       {"started_at", take.started_at},
                       {"unfinished", take.unfinished}});
        if (context.options.json) continue;
        const std::string number = std::to_string(take.number);
        if (!take.verdict)
            print(fill_fields(tr("Take {0}: {1}"), {number, tr(take.problem)}));
        else
            print(fill_fields("{0}  {1} {2}  {3}  {4}", {number, shape_for(*take.verdict), word_for(*take.verdict),
                                                         clock_text(take.duration_s), take.started_at}));
    }
    if (context.options.json)
        print_json({{"project", folder}, {"takes", all}});
    else if (all.empty())
        print(tr("No takes yet."));
    return exit_done;
}

int run_show(const CommandContext& context, const std::string& folder, int number) {
    const auto project = existing_project(folder);
    if (!project) return print_error(context, project.error());
    const auto takes = list_takes(project->takes_folder());
    if (number == 0 && !takes.empty()) number = takes.back().number;
    std::ifstream stream(take_files(project->takes_folder(), number).report);
    const Json report = Json::parse(stream, nullptr, false);
    if (!report.is_object()) {
        return print_error(
            context, {ErrorKind::Io, say("Take {0} of {1} has no readable report.", std::to_string(number), folder)});
    }
    if (context.options.json) {
        print_json(report);
        return exit_done;
    }
    const auto text = [](const Json& from, const char* key) {
        const auto found = from.find(key);
        return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    print(fill_fields("{0}  {1}  {2}", {text(report, "file"), text(report, "verdict"), text(report, "started_at")}));
    for (const Json& finding : report.value("findings", Json::array())) {
        print(fill_fields("  {0}  {1}  {2}",
                          {text(finding, "status"), text(finding, "clause"), text(finding, "message")}));
    }
    return exit_done;
}

int run_recover(const CommandContext& context, const std::string& folder) {
    const auto project = existing_project(folder);
    if (!project) return print_error(context, project.error());
    const auto preset = find_preset(context, project->preset);
    if (!preset) return exit_wrong_input;
    const auto rescued = rescue_takes(*project, *preset);
    bool all_whole = true;
    Json all = Json::array();
    for (const RescuedTake& take : rescued) {
        all_whole = all_whole && take.report;
        all.push_back({{"take", take.number}, {"rescued", take.report.has_value()}, {"message", tr(take.message)}});
        if (!context.options.json) print(tr(take.message));
    }
    if (context.options.json)
        print_json({{"project", folder}, {"takes", all}});
    else if (rescued.empty())
        print(tr("Nothing to recover: every take is finished."));
    return all_whole ? exit_done : exit_recording_failed;
}

}  // namespace

void add_takes_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(app, "takes", tr("The takes of a project: list, show, recover."),
                                    "changji takes recover interview");
    command->require_subcommand(1);
    struct Given {
        std::string folder;
        int number = 0;
    };
    auto given = std::make_shared<Given>();
    const auto add = [&](const char* name, const std::string& description) {
        CLI::App* sub = add_command(*command, name, description, std::string("changji takes ") + name + " interview");
        sub->add_option("project", given->folder, tr("The project's folder."))->required();
        return sub;
    };
    add("list", tr("List the takes with their verdicts."))->callback([given, &context] {
        context.exit_code = run_list(context, given->folder);
    });
    CLI::App* show = add("show", tr("Show the report of a take."));
    show->add_option("--take", given->number, tr("The take's number; default: the last one."));
    show->callback([given, &context] { context.exit_code = run_show(context, given->folder, given->number); });
    add("recover", tr("Finish what a crash or power cut left."))->callback([given, &context] {
        context.exit_code = run_recover(context, given->folder);
    });
}

}  // namespace changji
