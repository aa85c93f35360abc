#include <algorithm>

#include "ui/cli/command.hpp"
#include "ui/cli/takes_options.hpp"
#include "ui/review/review.hpp"
#include "ui/trash.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr int most_takes = 999'999'999;

struct EditOptions {
    std::string folder, text;
    int take = 0, other = 0;
};

int print_done(const CommandContext& context, const EditOptions& given, Json document, const std::string& line) {
    if (context.options.json) {
        document["project"] = given.folder;
        print_json(document);
    } else {
        print(line);
    }
    return exit_done;
}

int run_edit(const CommandContext& context, const EditOptions& given, const ReportEdit& edit) {
    const auto project = existing_project(given.folder);
    if (!project) return print_error(context, project.error());
    const TakeFiles files = take_files(project->takes_folder(), given.take);
    if (auto edited = edit_report(files, edit); !edited) return print_error(context, edited.error());
    const StoredReport stored = read_report(files.report);
    return print_done(context, given,
                      {{"take", given.take}, {"rating", rating_id(stored.rating)}, {"note", stored.note}},
                      fill_fields(tr("Take {0} has been noted."), {std::to_string(given.take)}));
}

int run_delete(const CommandContext& context, const EditOptions& given) {
    const auto project = existing_project(given.folder);
    if (!project) return print_error(context, project.error());
    if (auto gone = trash_take(take_files(project->takes_folder(), given.take)); !gone) {
        return print_error(context, gone.error());
    }
    return print_done(
        context, given, {{"take", given.take}, {"trashed", true}},
        fill_fields(tr("Take {0} is in the trash now; it can be put back from there."), {std::to_string(given.take)}));
}

const char* better_id(Better better) {
    return better == Better::First ? "first" : better == Better::Second ? "second" : "neither";
}

Json comparison_json(const std::vector<ComparedCheck>& checks) {
    Json all = Json::array();
    for (const ComparedCheck& check : checks) {
        all.push_back({{"clause", check.clause},
                       {"check", check.check},
                       {"better", better_id(check.better)},
                       {"first", {{"status", status_id(check.first)}, {"value", check.first_value}}},
                       {"second", {{"status", status_id(check.second)}, {"value", check.second_value}}}});
    }
    return all;
}

std::string side(FindingStatus status, const std::string& value) {
    return value.empty() ? fill_fields("{0} {1}", {shape_for(status), word_for(status)})
                         : fill_fields("{0} {1}", {shape_for(status), value});
}

void print_comparison(const std::vector<ComparedCheck>& checks, const std::string& first, const std::string& second) {
    int equal = 0;
    for (const ComparedCheck& check : checks) {
        if (check.better == Better::Neither) {
            ++equal;
            continue;
        }
        print(fill_fields(tr("{0}  {1}: take {2} is better ({3}; the other {4})"),
                          {check.clause, name_for_check(check.check), check.better == Better::First ? first : second,
                           check.better == Better::First ? side(check.first, check.first_value)
                                                         : side(check.second, check.second_value),
                           check.better == Better::First ? side(check.second, check.second_value)
                                                         : side(check.first, check.first_value)}));
    }
    print(fill_fields(tr("Checks in which they are equal: {0}"), {std::to_string(equal)}));
}

int run_compare(const CommandContext& context, const EditOptions& given) {
    const auto project = existing_project(given.folder);
    if (!project) return print_error(context, project.error());
    std::vector<ListedTake> both;
    for (const int number : {given.take, given.other}) {
        const auto all = read_takes(project->takes_folder());
        const auto take = std::ranges::find(all, number, [](const ListedTake& each) { return each.files.number; });
        if (take == all.end() || take->stored.state != ReportState::Whole) {
            return print_error(context, {ErrorKind::InvalidConfig, say("Take {0} of {1} has no readable report.",
                                                                       std::to_string(number), given.folder)});
        }
        both.push_back(*take);
    }
    const auto preset = find_preset(context, project->preset);
    if (!preset) return exit_wrong_input;
    const auto checks = compare(compared(both[0]), compared(both[1]), *preset);
    const auto best = suggest_take(both, *preset);
    if (context.options.json) {
        Json document = {{"project", given.folder},
                         {"first", given.take},
                         {"second", given.other},
                         {"checks", comparison_json(checks)}};
        if (best) {
            Json reasons = Json::array();
            for (const Message& reason : best->reasons) reasons.push_back(tr(reason));
            document["suggested"] = {{"take", both[best->take].files.number}, {"reasons", reasons}};
        }
        print_json(document);
        return exit_done;
    }
    print_comparison(checks, std::to_string(given.take), std::to_string(given.other));
    if (best) {
        print(fill_fields(tr("Suggested: take {0}"), {std::to_string(both[best->take].files.number)}));
        for (const Message& reason : best->reasons) print(fill_fields("  {0}", {tr(reason)}));
    }
    return exit_done;
}

}  // namespace

void add_take_editing(CLI::App& takes, CommandContext& context) {
    const auto add = [&](const char* name, const std::string& description, const char* example) {
        auto given = std::make_shared<EditOptions>();
        CLI::App* sub = add_command(takes, name, description, example);
        sub->add_option("project", given->folder, tr("The project's folder."))->required();
        sub->add_option("take", given->take, tr("The take's number."))->required()->check(CLI::Range(1, most_takes));
        return std::pair(sub, given);
    };
    {
        const auto [sub, given] = add("rate", tr("Rate a take: good, reserve, no, or none to take the rating away."),
                                      "changji takes rate interview 2 good");
        sub->add_option("rating", given->text, tr("good, reserve, no or none."))
            ->required()
            ->check(CLI::IsMember({"good", "reserve", "no", "none"}));
        sub->callback([given = given, &context] {
            context.exit_code =
                run_edit(context, *given, {parse_rating(given->text == "none" ? "" : given->text), std::nullopt});
        });
    }
    {
        const auto [sub, given] = add("note", tr("Write a note into a take's report; an empty one takes it away."),
                                      "changji takes note interview 2 结尾最好");
        sub->add_option("text", given->text, tr("The note."))->required();
        sub->callback([given = given, &context] {
            context.exit_code = run_edit(context, *given, {std::nullopt, given->text});
        });
    }
    {
        const auto [sub, given] = add("delete", tr("Move a take with all its files to the desktop's trash."),
                                      "changji takes delete interview 1");
        sub->callback([given = given, &context] { context.exit_code = run_delete(context, *given); });
    }
    {
        const auto [sub, given] = add("compare", tr("Compare two takes clause by clause, and say which to send in."),
                                      "changji takes compare interview 1 2");
        sub->add_option("other", given->other, tr("The other take's number."))
            ->required()
            ->check(CLI::Range(1, most_takes));
        sub->callback([given = given, &context] { context.exit_code = run_compare(context, *given); });
    }
}

}  // namespace changji
