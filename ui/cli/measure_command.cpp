#include <cstdio>
#include <filesystem>

#include "capture/probe.hpp"
#include "capture/takes.hpp"
#include "ui/check/evidence_files.hpp"
#include "ui/check/file_meters.hpp"
#include "ui/cli/command.hpp"
#include "ui/cli/progress.hpp"
#include "ui/cli/stop_request.hpp"
#include "ui/project/report.hpp"
#include "ui/session/opening_check.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

struct MeasureOptions {
    std::vector<std::string> files;
    std::string preset = "hunan-2022-interview", to, person_model;
};

/// What measuring one file leaves beside it, or in the folder asked for.
struct OutputFiles {
    fs::path meters, report, evidence;
};

OutputFiles output_files(const fs::path& file, const std::string& folder) {
    const fs::path base = folder.empty() ? file : fs::path(folder) / file.filename();
    const auto with = [&](const char* ending) { return fs::path(base.string() + ending); };
    return {with(".meters.csv"), with(".report.json"), with(".evidence")};
}

/// A folder that can't be written is told before a long film is read.
Status check_writable(const fs::path& file) {
    const fs::path trial(file.string() + ".tmp");
    std::FILE* const opened = std::fopen(trial.c_str(), "wb");
    if (!opened) {
        return Error{ErrorKind::Io,
                     say("Nothing can be written beside the file, into {0}: name another folder with --to.",
                         file.parent_path().empty() ? "." : file.parent_path().string())};
    }
    std::fclose(opened);
    std::error_code ignored;
    fs::remove(trial, ignored);
    return {};
}

std::string meters_csv(const TakeLog& log) {
    std::string csv = csv_header() + '\n';
    for (const TakeLog::Row& row : log.rows()) csv += csv_row(row) + '\n';
    return csv;
}

Status judge_file(const fs::path& file, const Preset& preset, const MeteredFile& metered, const OutputFiles& out,
                  const MeasureOptions& given, CheckedFile& checked) {
    Evidence evidence;
    if (auto facts = probe_file(file)) {
        evidence.file = *facts;
        checked.media = *std::move(facts);
    }
    evidence.log = metered.log;
    evidence.no_microphone = !metered.has_sound;
    evidence.no_picture = !metered.has_picture;
    evidence.rescued = metered.broke_off;
    if (metered.has_sound && metered.has_picture) evidence.opening = listen_for_opening(preset, file);
    checked.verdict = judge(preset, evidence);
    checked.measures = metered.log.summarise();
    if (auto written = write_file_atomically(out.meters, meters_csv(metered.log)); !written) return written;
    return save_evidence(file, metered.log, preset, out.evidence, checked.verdict.findings, given.person_model);
}

CheckedFile measure_file(const std::string& file, const Preset& preset, const MeasureOptions& given) {
    CheckedFile checked;
    checked.file = file;
    const OutputFiles out = output_files(file, given.to);
    const auto fail = [&](const Error& error) {
        checked.error = error;
        checked.verdict.status = VerdictStatus::Fail;
        return checked;
    };
    if (auto writable = check_writable(out.meters); !writable) return fail(writable.error());
    Progress progress(fs::path(file).filename().string());
    FileMeterOptions options;
    options.meters = {preset.camera.power_line_hz, given.person_model};
    options.on_progress = [&](double share) { progress.show(share); };
    options.cancelled = &stop_asked();
    const auto metered = meter_file(file, options);
    if (!metered) return fail(metered.error());
    if (auto judged = judge_file(file, preset, *metered, out, given, checked); !judged) return fail(judged.error());
    if (auto written = write_file_atomically(out.report, check_report_json(preset.id, {checked})); !written) {
        return fail(written.error());
    }
    return checked;
}

void print_measured(const CheckedFile& checked, const MeasureOptions& given) {
    print(fill_fields("{0} {1}  {2}",
                      {shape_for(checked.verdict.status), word_for(checked.verdict.status), checked.file}));
    print_findings(checked.verdict);
    const OutputFiles out = output_files(checked.file, given.to);
    print(fill_fields(tr("Written: {0}, {1}"), {out.meters.string(), out.report.string()}));
}

int run_measure(const CommandContext& context, const MeasureOptions& given) {
    const auto preset = find_preset(context, given.preset);
    if (!preset) return exit_wrong_input;
    watch_for_stop();
    std::vector<CheckedFile> all;
    int code = exit_done;
    for (const std::string& file : given.files) {
        if (stop_asked()) break;
        all.push_back(measure_file(file, *preset, given));
        if (all.back().error) {
            code = exit_wrong_input;
            print_notice(fill_fields(tr("Error: {0}"), {tr(all.back().error->message)}));
        } else if (!context.options.json) {
            print_measured(all.back(), given);
        }
    }
    if (context.options.json) std::fputs(check_report_json(preset->id, all).c_str(), stdout);
    return code;
}

}  // namespace

void add_measure_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(
        app, "measure", tr("Run the meters over finished files: video, sound or photos, as fast as they decode."),
        "changji measure interview.mp4 --preset hunan-2022-interview");
    auto given = std::make_shared<MeasureOptions>();
    command->add_option("file", given->files, tr("Files that FFmpeg can read."))->required();
    command->add_option("--preset", given->preset, tr("The campaign's demands: id or file of a preset."));
    command->add_option("--to", given->to, tr("The folder for meters and report; default: beside the file."));
    add_person_model_option(*command, given->person_model);
    command->callback([given, &context] { context.exit_code = run_measure(context, *given); });
}

}  // namespace changji
