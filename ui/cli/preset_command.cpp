#include <fstream>
#include <sstream>

#include "ui/cli/command.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

int print_presets(const CommandContext& context) {
    Json all = Json::array();
    for (const std::string& id : list_presets(preset_folder())) {
        PresetOutcome outcome = load_preset(preset_folder() / (id + ".toml"));
        const auto* preset = std::get_if<Preset>(&outcome);
        const std::string title = preset ? (language_in_use() == Language::English ? preset->title_en : preset->title)
                                         : tr("This preset has faults: run `changji preset validate`.");
        all.push_back({{"id", id}, {"title", title}, {"valid", preset != nullptr}});
        if (!context.options.json) print(fill_fields("{0}  {1}", {id, title}));
    }
    if (context.options.json) print_json({{"presets", all}});
    return exit_done;
}

int print_preset(const CommandContext& context, const std::string& id) {
    const auto preset = find_preset(context, id);
    if (!preset) return exit_wrong_input;
    Json clauses = Json::array(), topics = Json::array();
    for (const Clause& clause : preset->clauses) clauses.push_back({{"id", clause.id}, {"text", clause.text}});
    if (preset->topics) {
        for (const Topic& topic : preset->topics->topics) {
            topics.push_back({{"number", topic.number}, {"text", topic.text}, {"required", topic.required}});
        }
    }
    const double limit_s = std::chrono::duration<double>(preset->duration.max).count();
    if (context.options.json) {
        print_json({{"id", preset->id},
                    {"title", preset->title},
                    {"source", preset->source},
                    {"max_duration_s", limit_s},
                    {"opening_line", preset->opening ? preset->opening->line : std::string()},
                    {"clauses", clauses},
                    {"topics", topics}});
        return exit_done;
    }
    print(fill_fields("{0}  {1}", {preset->id, preset->title}));
    print(fill_fields(tr("Limit: {0}"), {clock_text(limit_s)}));
    if (preset->opening) print(fill_fields(tr("Opening line: {0}"), {preset->opening_line_for("")}));
    for (const Clause& clause : preset->clauses) print(fill_fields("  {0}  {1}", {clause.id, clause.text}));
    for (const auto& topic : topics) {
        print(fill_fields(topic["required"].get<bool>() ? tr("  {0}. {1} (required)") : "  {0}. {1}",
                          {std::to_string(topic["number"].get<int>()), topic["text"].get<std::string>()}));
    }
    return exit_done;
}

int run_validate(const CommandContext& context, const std::vector<std::string>& names) {
    std::vector<std::string> chosen = names.empty() ? list_presets(preset_folder()) : names;
    std::vector<PresetFault> faults;
    for (const std::string& name : chosen) {
        const bool is_file = name.ends_with(".toml") || name.find('/') != std::string::npos;
        const std::filesystem::path file = is_file ? std::filesystem::path(name) : preset_folder() / (name + ".toml");
        PresetOutcome outcome = load_preset(file);
        if (const auto* found = std::get_if<std::vector<PresetFault>>(&outcome)) {
            faults.insert(faults.end(), found->begin(), found->end());
        } else if (!context.options.json) {
            print(fill_fields(tr("{0}: no fault."), {name}));
        }
    }
    if (context.options.json)
        print_json({{"valid", faults.empty()}, {"faults", faults_json(faults)}});
    else if (!faults.empty())
        print_faults(context, faults);
    return faults.empty() ? exit_done : exit_wrong_input;
}

}  // namespace

void add_preset_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(app, "preset", tr("The campaigns' demands: list, show, validate."),
                                    "changji preset validate my-campaign.toml");
    command->require_subcommand(1);
    auto names = std::make_shared<std::vector<std::string>>();
    auto id = std::make_shared<std::string>("hunan-2022-interview");
    add_command(*command, "list", tr("List the presets that come with the program."), "changji preset list")
        ->callback([&context] { context.exit_code = print_presets(context); });
    CLI::App* show = add_command(*command, "show", tr("Show what a preset demands, clause by clause."),
                                 "changji preset show hunan-2022-message");
    show->add_option("preset", *id, tr("Id or file of a preset."));
    show->callback([id, &context] { context.exit_code = print_preset(context, *id); });
    CLI::App* validate = add_command(*command, "validate", tr("Name file, line and key of each fault."),
                                     "changji preset validate my-campaign.toml");
    validate->add_option("preset", *names, tr("Ids or files of presets; default: all that come with the program."));
    validate->callback([names, &context] { context.exit_code = run_validate(context, *names); });
}

}  // namespace changji
