#include "ui/cli/cli.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "ui/cli/command.hpp"
#include "ui/crash_report.hpp"
#include "ui/open_window.hpp"
#include "ui/settings.hpp"
#include "ui/version.hpp"

namespace changji {
namespace {

/// Help texts are made before the command line is read, so the language has to be known earlier.
Language language_asked_for(int argc, char** argv, Language otherwise) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const std::string_view value = word.starts_with("--language=")        ? word.substr(11)
                                       : word == "--language" && i + 1 < argc ? std::string_view(argv[i + 1])
                                                                              : std::string_view();
        if (value == "zh_CN") return Language::Chinese;
        if (value == "en") return Language::English;
    }
    return otherwise;
}

void set_up_log(bool verbose) {
    auto log = std::make_shared<spdlog::logger>("changji", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    log->set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
    spdlog::set_default_logger(std::move(log));
}

void translate_labels(CLI::App& app) {
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", tr("Usage"));
    formatter->label("OPTIONS", tr("OPTIONS"));
    formatter->label("SUBCOMMAND", tr("COMMAND"));
    formatter->label("SUBCOMMANDS", tr("COMMANDS"));
    formatter->label("Options", tr("Options"));
    formatter->label("Positionals", tr("Arguments"));
    formatter->label("Subcommands", tr("Commands"));
    formatter->label("REQUIRED", tr("required"));
    formatter->column_width(28);
    app.formatter(formatter);
    app.set_help_flag("-h,--help", tr("Show this help."));
}

}  // namespace

int run_command_line(int argc, char** argv) {
    use_language(language_asked_for(argc, argv, language_of_locale()));
    report_crashes(argc, argv);

    CommandContext context;
    CLI::App app{tr("Changji records an interview right the first time."), "changji"};
    translate_labels(app);
    app.fallthrough();
    app.set_version_flag("--version", version_text(), tr("Show the version, and those of the libraries in use."));
    std::string language;
    app.add_flag("--json", context.options.json, tr("Print exactly one JSON document."));
    app.add_flag("--verbose", context.options.verbose, tr("Say more on standard error."));
    app.add_option("--language", language, tr("zh_CN or en."))->check(CLI::IsMember({"zh_CN", "en"}));
    app.parse_complete_callback([&context] { set_up_log(context.options.verbose); });
    WindowStart window;
    add_window_options(app, window);
    add_record_command(app, context);
    add_check_command(app, context);
    add_measure_command(app, context);
    add_calibrate_command(app, context);
    add_reference_command(app, context);
    add_devices_command(app, context);
    add_camera_command(app, context);
    add_sync_command(app, context);
    add_takes_command(app, context);
    add_package_command(app, context);
    add_report_command(app, context);
    add_preset_command(app, context);
    add_doctor_command(app, context);
    app.footer(fill_fields(tr("Without a command the window opens. Example:\n  {0}"),
                           {"changji record --camera demo --duration 10"}));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& fault) {
        if (fault.get_exit_code() == 0) return app.exit(fault), exit_done;  // --help, --version
        const Error error{
            ErrorKind::InvalidConfig,
            say("The command line is not right ({0}): `changji --help` shows what there is.", fault.what())};
        return print_error(context, error);
    }
    if (!app.get_subcommands().empty()) return context.exit_code;
    const LoadedSettings loaded = load_settings();
    use_language(
        language_asked_for(argc, argv, loaded.settings.language == "en" ? Language::English : Language::Chinese));
    return open_window(context, window, loaded);
}

}  // namespace changji
