#pragma once

// What the commands share. Internal to ui/cli.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "analysis/verdict.hpp"
#include "capture/types/result.hpp"
#include "presets/preset.hpp"
#include "ui/cli/cli.hpp"
#include "ui/language/language.hpp"

namespace changji {

using Json = nlohmann::ordered_json;

struct CommonOptions {
    bool json = false;
    bool verbose = false;
};

/// Everything a command needs from run_command_line; `exit_code` is what it leaves behind.
struct CommandContext {
    CommonOptions options;
    int exit_code = exit_done;
};

void add_record_command(CLI::App& app, CommandContext& context);
void add_check_command(CLI::App& app, CommandContext& context);
void add_measure_command(CLI::App& app, CommandContext& context);
void add_calibrate_command(CLI::App& app, CommandContext& context);
void add_reference_command(CLI::App& app, CommandContext& context);
void add_devices_command(CLI::App& app, CommandContext& context);
void add_camera_command(CLI::App& app, CommandContext& context);
void add_sync_command(CLI::App& app, CommandContext& context);
void add_takes_command(CLI::App& app, CommandContext& context);
void add_package_command(CLI::App& app, CommandContext& context);
void add_report_command(CLI::App& app, CommandContext& context);
void add_preset_command(CLI::App& app, CommandContext& context);
void add_doctor_command(CLI::App& app, CommandContext& context);

/// A subcommand with its help text and an example line under it.
CLI::App* add_command(CLI::App& app, const char* name, const std::string& description, const std::string& example);

/// --person-model, wherever meters run.
void add_person_model_option(CLI::App& command, std::string& person_model);

void print(const std::string& line = {});    ///< standard output
void print_notice(const std::string& line);  ///< standard error: progress, logs
/// One JSON document on standard output.
void print_json(const Json& document);
/// The error's sentence on standard error (with --json: as a document on standard output); returns `code`.
int print_error(const CommandContext& context, const Error& error, int code = exit_wrong_input);

/// `findings` as lines: shape, word, clause, what was found, and what to do.
void print_findings(const Verdict& verdict);

/// Where a preset named by its id or by the path of a file lies.
[[nodiscard]] std::filesystem::path preset_file(const std::string& id_or_file);
/// A preset by id or by path of a file; its faults have been printed when there is none.
[[nodiscard]] std::optional<Preset> find_preset(const CommandContext& context, const std::string& id_or_file);
/// A preset's faults, `file:line: sentence` each.
void print_faults(const CommandContext& context, const std::vector<PresetFault>& faults);
[[nodiscard]] Json faults_json(const std::vector<PresetFault>& faults);

}  // namespace changji
