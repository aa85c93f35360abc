#include "ui/cli/command.hpp"

#include <cstdio>
#include <filesystem>

#include "ui/words.hpp"

namespace changji {
namespace fs = std::filesystem;

void add_person_model_option(CLI::App& command, std::string& person_model) {
    command.add_option("--person-model", person_model,
                       tr("An ONNX network that tells people from background, in place of the template."));
}

CLI::App* add_command(CLI::App& app, const char* name, const std::string& description, const std::string& example) {
    CLI::App* command = app.add_subcommand(name, description);
    command->footer(fill_fields(tr("Example:\n  {0}"), {example}));
    return command;
}

void print(const std::string& line) { std::fprintf(stdout, "%s\n", line.c_str()); }

void print_notice(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

void print_json(const Json& document) { print(document.dump(2, ' ', false, Json::error_handler_t::replace)); }

int print_error(const CommandContext& context, const Error& error, int code) {
    print_notice(fill_fields(tr("Error: {0}"), {tr(error.message)}));
    if (context.options.json) print_json({{"error", tr(error.message)}, {"exit_code", code}});
    return code;
}

void print_findings(const Verdict& verdict) {
    for (const Finding& finding : verdict.findings) {
        const std::string value = finding.value.empty() ? std::string()
                                  : finding.limit.empty()
                                      ? finding.value
                                      : fill_fields(tr("{0} (limit {1})"), {finding.value, finding.limit});
        print(fill_fields("  {0} {1}  {2}  {3}  {4}", {shape_for(finding.status), word_for(finding.status),
                                                       finding.clause, name_for_check(finding.check), value}));
        if (finding.status != FindingStatus::Pass) print(fill_fields("        {0}", {tr(finding.message)}));
        if (!finding.advice.empty()) print(fill_fields("        → {0}", {tr(finding.advice)}));
    }
}

Json faults_json(const std::vector<PresetFault>& faults) {
    Json all = Json::array();
    for (const PresetFault& fault : faults) {
        all.push_back(
            {{"file", fault.file}, {"line", fault.line}, {"key", fault.key}, {"message", tr(sentence_for(fault))}});
    }
    return all;
}

void print_faults(const CommandContext& context, const std::vector<PresetFault>& faults) {
    for (const PresetFault& fault : faults) {
        print_notice(fill_fields("{0}:{1}: {2}", {fault.file, std::to_string(fault.line), tr(sentence_for(fault))}));
    }
    if (context.options.json) print_json({{"error", tr("The preset has faults.")}, {"faults", faults_json(faults)}});
}

fs::path preset_file(const std::string& id_or_file) {
    const bool is_file = id_or_file.ends_with(".toml") || id_or_file.find('/') != std::string::npos;
    return is_file ? fs::path(id_or_file) : preset_folder() / (id_or_file + ".toml");
}

std::optional<Preset> find_preset(const CommandContext& context, const std::string& id_or_file) {
    const fs::path file = preset_file(id_or_file);
    std::error_code ignored;
    if (file != id_or_file && !fs::exists(file, ignored)) {
        std::string known;
        for (const std::string& id : list_presets(preset_folder())) known += (known.empty() ? "" : ", ") + id;
        print_error(context, {ErrorKind::InvalidConfig,
                              say("There is no preset \"{0}\"; there are: {1}. Or give the path of a .toml file.",
                                  id_or_file, known)});
        return std::nullopt;
    }
    PresetOutcome outcome = load_preset(file);
    if (const auto* faults = std::get_if<std::vector<PresetFault>>(&outcome)) {
        print_faults(context, *faults);
        return std::nullopt;
    }
    return std::get<Preset>(std::move(outcome));
}

}  // namespace changji
