#include <cstdio>
#include <filesystem>

#include "capture/takes.hpp"
#include "ui/check/calibration_report.hpp"
#include "ui/check/file_meters.hpp"
#include "ui/check/sorted_folder.hpp"
#include "ui/cli/command.hpp"
#include "ui/cli/progress.hpp"
#include "ui/cli/stop_request.hpp"
#include "ui/project/report.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files_named = 6;

struct CalibrateOptions {
    std::string folder;
    std::string preset = "hunan-2022-interview", to, person_model;
    std::optional<double> good_from;
};

/// Told before many files are read; checked again when it is written.
Status check_free(const fs::path& file) {
    std::error_code failure;
    if (fs::exists(fs::symlink_status(file, failure))) {
        return Error{ErrorKind::InvalidConfig,
                     say("{0} exists already and is not replaced: name another file with --to.", file.string())};
    }
    const fs::path folder = file.parent_path().empty() ? fs::path(".") : file.parent_path();
    if (!fs::is_directory(folder, failure)) {
        return Error{
            ErrorKind::InvalidConfig,
            say("There is no folder {0} to write into: make it, or name another file with --to.", folder.string())};
    }
    return {};
}

/// Fills the report with what the meters read; false when it was stopped.
bool measure_files(const SortedFolder& sorted, const MeterOptions& meters, CalibrationReport& report) {
    const fs::path root = report.folder;
    Progress progress(root.filename().empty() ? root.parent_path().filename().string() : root.filename().string());
    FileMeterOptions options;
    options.meters = meters;
    options.cancelled = &stop_asked();
    const auto count = static_cast<double>(sorted.files.size());
    for (std::size_t i = 0; i < sorted.files.size() && !stop_asked(); ++i) {
        const SortedFile& file = sorted.files[i];
        const std::string name = file.file.lexically_relative(root).string();
        options.on_progress = [&](double share) { progress.show((static_cast<double>(i) + share) / count); };
        const auto metered = meter_file(file.file, options);
        progress.show(static_cast<double>(i + 1) / count);
        if (!metered) {
            report.skipped.push_back({name, metered.error().message});
        } else if (!metered->broke_off.empty()) {
            report.skipped.push_back({name, metered->broke_off});
        } else {
            report.files.push_back({name, {file.good, file.rating, judged_values(metered->log)}});
        }
    }
    return !stop_asked();
}

std::string decimals(double value, int count) {
    char text[32];
    return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.*f", count, value))};
}

/// 4, not 4.0; 3.5.
std::string plain(double value) {
    std::string text = decimals(value, 3);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

void print_separation(const MeasureCalibration& one) {
    const char* const sentence =
        one.good_when == GoodWhen::Higher
            ? tr("  Good files read higher: so in {0} of 100 pairs of a good and a bad file (AUC {1}; by chance 50).")
        : one.good_when == GoodWhen::Lower
            ? tr("  Good files read lower: so in {0} of 100 pairs of a good and a bad file (AUC {1}; by chance 50).")
            : tr("  Good files lie together, bad ones around them: in {0} of 100 pairs the good file is nearer to the "
                 "middle of the good ones (AUC {1}; by chance 50).");
    print(fill_fields(sentence, {decimals(one.auc * 100.0, 0), decimals(one.auc, 2)}));
    if (one.spearman) {
        print(
            fill_fields(tr("  Rank correlation of rating and reading (Spearman): {0}"), {decimals(*one.spearman, 2)}));
    }
    if (one.good_missing + one.bad_missing > 0) {
        print(fill_fields(tr("  Without a reading: {0} good and {1} bad files."),
                          {std::to_string(one.good_missing), std::to_string(one.bad_missing)}));
    }
}

/// "✓ ≤ 0.2  ▲ ≤ 0.3": what passes, and what still doesn't fail.
std::string edges_text(const MeterLimit& limit) {
    MeterLimit warning = limit;
    warning.pass_min = limit.warn_min;
    warning.pass_max = limit.warn_max;
    std::string pass = fill_fields("{0} {1}", {shape_for(FindingStatus::Pass), limit_text(limit)});
    const std::string warn = limit_text(warning);
    if (limit.severity == Severity::Advises || warn.empty() || warn == limit_text(limit)) return pass;
    return fill_fields("{0}  {1} {2}", {pass, shape_for(FindingStatus::Warn), warn});
}

std::string beside_shapes(const std::string& pass, const std::string& warn, const std::string& fail) {
    return fill_fields("{0} {1}  {2} {3}  {4} {5}",
                       {shape_for(FindingStatus::Pass), pass, shape_for(FindingStatus::Warn), warn,
                        shape_for(FindingStatus::Fail), fail});
}

std::string counts_text(const StatusCounts& counts) {
    return beside_shapes(std::to_string(counts.pass), std::to_string(counts.warn), std::to_string(counts.fail));
}

void print_limit(const char* heading, const MeterLimit& limit, const ConfusionTable& table) {
    print(fill_fields("  {0}  {1}", {heading, edges_text(limit)}));
    print(fill_fields(tr("      good files  {0}"), {counts_text(table.good)}));
    print(fill_fields(tr("      bad files   {0}"), {counts_text(table.bad)}));
}

/// The files that the proposed limit judges otherwise than people did: often one of the two is worth a second look.
std::string misjudged(const CalibrationReport& report, const MeasureCalibration& one) {
    std::string names;
    std::size_t count = 0;
    for (const auto& [file, sample] : report.files) {
        const auto value = sample.readings[one.measure];
        if (!value || (status_of(*value, one.proposed) == FindingStatus::Pass) == sample.good) continue;
        if (++count > most_files_named) return names + ", …";
        names += (names.empty() ? "" : ", ") + fill_fields("{0} ({1})", {file, value_text(one.measure, *value)});
    }
    return names;
}

void print_measure(const CalibrationReport& report, const MeasureCalibration& one) {
    print();
    print(fill_fields("{0}  {1}", {name_for_check(one.present.measure), one.present.measure}));
    print_separation(one);
    if (one.outcome == CalibrationOutcome::AgainstPreset) {
        print(
            tr("  No limit is proposed: the good files lie where the preset looks for bad ones. These folders seem to "
               "differ in something else."));
    } else {
        print_limit(tr("Proposed limit:"), one.proposed, one.at_proposed);
    }
    print_limit(tr("Present limit:"), one.present, one.at_present);
    if (one.outcome == CalibrationOutcome::AgainstPreset) return;
    const std::string all = std::to_string(one.good + one.bad);
    print(fill_fields(
        tr("  At the proposed limit {0} of {1} files come out as sorted; {2} of {1} when each is judged by a limit "
           "that was found without it (the honest figure)."),
        {std::to_string(one.right), all, std::to_string(one.right_left_out)}));
    if (const std::string names = misjudged(report, one); !names.empty()) {
        print(fill_fields(tr("  Judged otherwise than sorted: {0}"), {names}));
    }
    if (const Message objection = objection_to(one); !objection.empty()) {
        print(fill_fields("  {0} {1}", {shape_for(FindingStatus::Warn), tr(objection)}));
    }
}

std::string names_of(const Calibration& calibration, CalibrationOutcome outcome) {
    std::string names;
    for (const MeasureCalibration& one : calibration.measures) {
        if (one.outcome == outcome) names += (names.empty() ? "" : ", ") + name_for_check(one.present.measure);
    }
    return names;
}

void print_report(const CalibrationReport& report) {
    print(fill_fields(tr("Measured: {0} good and {1} bad files."),
                      {std::to_string(report.good()), std::to_string(report.bad())}));
    if (report.good_from) {
        print(fill_fields(tr("A rating of {0} and more counts as good (--good-from)."), {plain(*report.good_from)}));
    }
    if (!report.skipped.empty()) {
        print(fill_fields(tr("Left out: {0} files."), {std::to_string(report.skipped.size())}));
        for (const auto& [file, reason] : report.skipped) print(fill_fields("  {0}  {1}", {file, tr(reason)}));
    }
    print(beside_shapes(word_for(FindingStatus::Pass), word_for(FindingStatus::Warn), word_for(FindingStatus::Fail)));
    for (const MeasureCalibration& one : report.calibration.measures) {
        if (one.outcome == CalibrationOutcome::NotSeparating || one.outcome == CalibrationOutcome::Unmeasured) continue;
        print_measure(report, one);
    }
    print();
    if (const std::string names = names_of(report.calibration, CalibrationOutcome::NotSeparating); !names.empty()) {
        print(fill_fields(tr("These don't tell good from bad here, so no limit is proposed: {0}"), {names}));
    }
    if (const std::string names = names_of(report.calibration, CalibrationOutcome::Unmeasured); !names.empty()) {
        print(fill_fields(tr("These could not be measured in two good and two bad files: {0}"), {names}));
    }
    print(
        fill_fields(tr("{0} measures were tried. About one in twenty seems to tell good from bad by chance alone, and "
                       "what else differs between the folders counts too: trust what you can explain."),
                    {std::to_string(report.calibration.tried)}));
}

/// On the screen, or into the file asked for.
int deliver_toml(const CommandContext& context, const CalibrationReport& report, const std::string& to) {
    const std::string toml = calibration_toml(report);
    if (to.empty()) {
        if (context.options.json) return exit_done;
        print();
        print(toml);
        return exit_done;
    }
    auto written = check_free(to);
    if (written) written = write_file_atomically(to, toml);
    if (!written) {
        print_notice(fill_fields(tr("Error: {0}"), {tr(written.error().message)}));
        return exit_wrong_input;
    }
    if (!context.options.json) print(fill_fields(tr("Written: {0}"), {to}));
    return exit_done;
}

int run_calibrate(const CommandContext& context, const CalibrateOptions& given) {
    const auto preset = find_preset(context, given.preset);
    if (!preset) return exit_wrong_input;
    if (!given.to.empty()) {
        if (auto free = check_free(given.to); !free) return print_error(context, free.error());
    }
    const auto sorted = read_sorted_folder(given.folder, given.good_from);
    if (!sorted) return print_error(context, sorted.error());

    CalibrationReport report;
    report.folder = given.folder;
    report.preset = preset->id;
    report.made_at = wall_time();
    report.good_from = sorted->good_from;
    for (const fs::path& file : sorted->unsorted) {
        report.skipped.push_back({file.filename().string(), say("It lies in none of the sorted folders.")});
    }
    watch_for_stop();
    if (!measure_files(*sorted, {preset->camera.power_line_hz, given.person_model}, report)) {
        return print_error(context, {ErrorKind::EndOfStream,
                                     say("Stopped before all files were measured: nothing is proposed from a part.")});
    }
    if (report.good() == 0 || report.bad() == 0) {
        for (const auto& [file, reason] : report.skipped) print_notice(fill_fields("{0}: {1}", {file, tr(reason)}));
        return print_error(context, {ErrorKind::InvalidConfig,
                                     say("Only {0} good and {1} bad files could be measured: a limit needs both kinds.",
                                         std::to_string(report.good()), std::to_string(report.bad()))});
    }
    std::vector<CalibrationSample> samples;
    for (const auto& measured : report.files) samples.push_back(measured.sample);
    report.calibration = calibrate(samples, *preset);

    if (context.options.json)
        std::fputs(calibration_json(report).c_str(), stdout);
    else
        print_report(report);
    return deliver_toml(context, report, given.to);
}

}  // namespace

void add_calibrate_command(CLI::App& app, CommandContext& context) {
    CLI::App* command =
        add_command(app, "calibrate",
                    tr("Propose limits from pictures, clips or sounds that people have sorted into good and bad."),
                    "changji calibrate samples --to limits.toml");
    auto given = std::make_shared<CalibrateOptions>();
    command
        ->add_option(
            "folder", given->folder,
            tr("A folder that holds good/ and bad/ (or pass/ and fail/, 合格/ and 不合格/), or folders named by "
               "ratings, 1/ to 5/: higher is better."))
        ->required();
    command->add_option("--preset", given->preset, tr("Whose limits to compare with: id or file of a preset."));
    command->add_option("--good-from", given->good_from,
                        tr("The lowest rating that counts as good; default: above the middle of the scale."));
    command->add_option("--to", given->to, tr("A new file for the proposed limits; default: the screen."));
    add_person_model_option(*command, given->person_model);
    command->callback([given, &context] { context.exit_code = run_calibrate(context, *given); });
}

}  // namespace changji
