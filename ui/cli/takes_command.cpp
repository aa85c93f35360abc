#include <fstream>
#include <sstream>

#include "ui/cli/command.hpp"
#include "ui/cli/takes_options.hpp"
#include "ui/review/take_list.hpp"
#include "ui/session/rescue.hpp"
#include "ui/words.hpp"

namespace changji {

Result<Project> existing_project(const std::string& folder) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) {
        return Error{ErrorKind::InvalidConfig, say("There is no project folder {0}: check the path.", folder)};
    }
    return load_project(folder);
}

namespace {

struct ListOptions {
    std::string folder, search, verdict, rating;
    bool csv = false;
};

TakeFilter filter_of(const ListOptions& given) {
    TakeFilter filter;
    filter.search = given.search;
    for (const auto status : {VerdictStatus::Pass, VerdictStatus::Warn, VerdictStatus::Fail}) {
        if (given.verdict == status_id(status)) filter.verdict = status;
    }
    if (!given.rating.empty()) filter.rating = parse_rating(given.rating == "none" ? "" : given.rating);
    return filter;
}

Json take_json(const ListedTake& take) {
    const TakeReport& report = take.stored.report;
    const bool judged = take.stored.verdict && !take.unfinished;
    return {{"take", take.files.number},       {"verdict", judged ? status_id(*take.stored.verdict) : ""},
            {"duration_s", report.duration_s}, {"started_at", report.started_at},
            {"unfinished", take.unfinished},   {"rating", rating_id(take.stored.rating)},
            {"note", take.stored.note},        {"guest", report.slate.guest},
            {"size_bytes", take.size_bytes},   {"problem", tr(problem_of(take))}};
}

Json totals_json(const TakeTotals& totals) {
    return {{"takes", totals.takes},
            {"duration_s", totals.duration_s},
            {"size_bytes", totals.size_bytes},
            {"pass", totals.pass},
            {"warn", totals.warn},
            {"fail", totals.fail},
            {"unjudged", totals.unjudged},
            {"good", totals.good}};
}

/// What people typed stays on its line.
std::string on_one_line(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    return text;
}

void print_take(const ListedTake& take) {
    const std::string number = std::to_string(take.files.number);
    if (const Message problem = problem_of(take); !problem.empty()) {
        print(fill_fields(tr("Take {0}: {1}"), {number, tr(problem)}));
        return;
    }
    std::string line = fill_fields("{0}  {1} {2}  {3}  {4}",
                                   {number, shape_for(*take.stored.verdict), word_for(*take.stored.verdict),
                                    clock_text(take.stored.report.duration_s), take.stored.report.started_at});
    for (const std::string& more :
         {std::string(rating_label(take.stored.rating)), take.stored.report.slate.guest, take.stored.note}) {
        if (!more.empty()) line += "  " + on_one_line(more);
    }
    print(line);
}

int print_takes(const CommandContext& context, const ListOptions& given) {
    const auto project = existing_project(given.folder);
    if (!project) return print_error(context, project.error());
    const std::vector<ListedTake> all = read_takes(project->takes_folder());
    const std::vector<ListedTake> takes = filtered(all, filter_of(given));
    const TakeTotals totals = totals_of(takes);
    if (context.options.json) {
        Json rows = Json::array();
        for (const ListedTake& take : takes) rows.push_back(take_json(take));
        print_json({{"project", given.folder}, {"takes", rows}, {"totals", totals_json(totals)}});
    } else if (given.csv) {
        std::fputs(takes_csv(takes).c_str(), stdout);
    } else {
        for (const ListedTake& take : takes) print_take(take);
        if (takes.empty())
            print(all.empty() ? tr("No takes yet.") : tr("No take is like that."));
        else
            print(totals_text(totals));
    }
    return exit_done;
}

int print_take(const CommandContext& context, const std::string& folder, int number) {
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

void add_list(CLI::App& takes, CommandContext& context) {
    CLI::App* list = add_command(takes, "list", tr("List the takes with their verdicts."),
                                 "changji takes list interview --search 图书馆 --verdict pass");
    auto given = std::make_shared<ListOptions>();
    list->add_option("project", given->folder, tr("The project's folder."))->required();
    list->add_option("--search", given->search, tr("Only takes with these words in slate, note, file or date."));
    list->add_option("--verdict", given->verdict, tr("Only takes with this verdict: pass, warn or fail."))
        ->check(CLI::IsMember({"pass", "warn", "fail"}));
    list->add_option("--rating", given->rating, tr("Only takes rated good, reserve, no or none."))
        ->check(CLI::IsMember({"good", "reserve", "no", "none"}));
    list->add_flag("--csv", given->csv, tr("Print the list as CSV for a spreadsheet."));
    list->callback([given, &context] { context.exit_code = print_takes(context, *given); });
}

}  // namespace

void add_takes_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(app, "takes", tr("The takes of a project: list, show, rate, compare, recover."),
                                    "changji takes list interview");
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
    add_list(*command, context);
    CLI::App* show = add("show", tr("Show the report of a take."));
    show->add_option("--take", given->number, tr("The take's number; default: the last one."));
    show->callback([given, &context] { context.exit_code = print_take(context, given->folder, given->number); });
    add("recover", tr("Finish what a crash or power cut left."))->callback([given, &context] {
        context.exit_code = run_recover(context, given->folder);
    });
    add_take_editing(*command, context);
}

}  // namespace changji
