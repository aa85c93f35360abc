#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "capture/probe.hpp"
#include "ui/cli/command.hpp"
#include "ui/delivery_files.hpp"
#include "ui/report.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr const char* media_endings[] = {".mp4", ".m4v", ".mov",  ".mkv", ".webm", ".avi", ".mts", ".m2ts",
                                         ".ts",  ".mpg", ".mpeg", ".wmv", ".flv",  ".mxf", ".3gp"};

bool looks_like_media(const fs::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(std::begin(media_endings), std::end(media_endings), ending) != std::end(media_endings) &&
           file.filename().string().find(".part.") == std::string::npos;
}

/// Files as they are named; folders with every file below them that the preset speaks of, sorted.
std::vector<std::string> files_of(const std::vector<std::string>& paths, const Preset& preset) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        std::error_code failure;
        if (!fs::is_directory(path, failure)) {
            files.push_back(path);
            continue;
        }
        std::vector<std::string> inside;
        const auto options = fs::directory_options::skip_permission_denied;
        for (auto entry = fs::recursive_directory_iterator(path, options, failure);
             !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
            const bool wanted = looks_like_media(entry->path()) || belongs_to_delivery(entry->path(), preset);
            if (entry->is_regular_file(failure) && wanted) inside.push_back(entry->path().string());
        }
        std::sort(inside.begin(), inside.end());
        files.insert(files.end(), inside.begin(), inside.end());
    }
    return files;
}

/// A file that can't be read fails the file clause, whatever else it may hold.
Verdict unreadable(const Preset& preset, const Error& error) {
    Finding finding;
    finding.clause = preset.file.clause;
    finding.check = "container.readable";
    finding.status = FindingStatus::Fail;
    finding.message = error.message;
    Verdict verdict;
    verdict.findings.push_back(std::move(finding));
    verdict.status = worst_of(verdict.findings);
    return verdict;
}

CheckedFile check_file(const std::string& file, const Preset& preset) {
    const auto kind = delivery_kind(file);
    if (kind == DeliveryKind::Manuscript) return check_manuscript(fs::path(file), preset);
    if (kind == DeliveryKind::Photo) return PhotoChecker().check(file, preset);
    CheckedFile checked;
    checked.file = file;
    auto facts = probe_file(file);
    if (!facts) {
        checked.verdict = unreadable(preset, facts.error());
        checked.error = facts.error();
        return checked;
    }
    Evidence evidence;
    evidence.file = *facts;
    checked.media = *std::move(facts);
    if (auto decoded = decode_file(file)) {
        evidence.decoded = *std::move(decoded);
        checked.verdict = judge(preset, evidence);
    } else {
        checked.verdict = unreadable(preset, decoded.error());
        checked.error = decoded.error();
    }
    return checked;
}

/// One row a file; every finding that isn't a pass when there is only one file.
void print_checked(const CheckedFile& checked, bool in_detail) {
    print(fill_fields("{0} {1}  {2}",
                      {shape_for(checked.verdict.status), word_for(checked.verdict.status), checked.file}));
    if (in_detail) {
        print_findings(checked.verdict);
        return;
    }
    for (const Finding& finding : checked.verdict.findings) {
        if (finding.status != FindingStatus::Fail) continue;
        print(fill_fields("    {0} {1}  {2}", {shape_for(finding.status), finding.clause, tr(finding.message)}));
    }
}

/// Photos are counted where a folder was named: one row for all of them.
std::vector<CheckedFile> check_photo_sets(const std::vector<std::string>& paths, const Preset& preset) {
    std::vector<CheckedFile> sets;
    for (const std::string& path : paths) {
        std::error_code ignored;
        if (!fs::is_directory(path, ignored)) continue;
        std::vector<fs::path> photos;
        for (const std::string& file : files_of({path}, preset)) {
            if (delivery_kind(file) == DeliveryKind::Photo) photos.emplace_back(file);
        }
        if (!photos.empty() && preset.photos) sets.push_back(check_photo_set(path, photos, preset));
    }
    return sets;
}

int run_check(const CommandContext& context, const std::vector<std::string>& paths, const std::string& preset_name) {
    const auto preset = find_preset(context, preset_name);
    if (!preset) return exit_wrong_input;
    const std::vector<std::string> files = files_of(paths, *preset);
    if (files.empty()) {
        return print_error(context, {ErrorKind::InvalidConfig, say("There is no media file in what was named.")});
    }
    std::vector<CheckedFile> checked(files.size());
    std::atomic<std::size_t> next{0}, done{0};
    std::mutex printing;
    const auto work = [&] {
        for (std::size_t i = next++; i < files.size(); i = next++) {
            checked[i] = check_file(files[i], *preset);
            const std::size_t count = ++done;
            std::lock_guard guard(printing);
            if (!context.options.json) print_checked(checked[i], files.size() == 1);
            if (files.size() > 1) {
                print_notice(
                    fill_fields(tr("{0} of {1} files checked"), {std::to_string(count), std::to_string(files.size())}));
            }
        }
    };
    const std::size_t workers = std::min<std::size_t>(files.size(), std::max(1u, std::thread::hardware_concurrency()));
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < workers; ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
    for (CheckedFile& set : check_photo_sets(paths, *preset)) {
        if (!context.options.json) print_checked(set, true);
        checked.push_back(std::move(set));
    }
    if (context.options.json) std::fputs(check_report_json(preset->id, checked).c_str(), stdout);

    const auto any = [&](auto predicate) { return std::any_of(checked.begin(), checked.end(), predicate); };
    if (any([](const CheckedFile& file) { return file.error.has_value(); })) return exit_wrong_input;
    if (any([](const CheckedFile& file) { return file.verdict.status == VerdictStatus::Fail; }))
        return exit_clause_failed;
    return exit_done;
}

}  // namespace

void add_check_command(CLI::App& app, CommandContext& context) {
    CLI::App* command =
        add_command(app, "check", tr("Check videos, manuscripts and photos, or all of them in folders."),
                    "changji check delivery/ --preset hunan-2022-interview");
    struct Given {
        std::vector<std::string> paths;
        std::string preset = "hunan-2022-interview";
    };
    auto given = std::make_shared<Given>();
    command->add_option("path", given->paths, tr("Files and folders."))->required();
    command->add_option("--preset", given->preset, tr("The campaign's demands: id or file of a preset."));
    command->callback([given, &context] { context.exit_code = run_check(context, given->paths, given->preset); });
}

}  // namespace changji
