#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "ui/check/check_overview.hpp"
#include "ui/check/check_run.hpp"
#include "ui/check/delivery_files.hpp"
#include "ui/cli/check_rows.hpp"
#include "ui/cli/command.hpp"
#include "ui/cli/progress.hpp"
#include "ui/cli/stop_request.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
    std::vector<std::string> paths;
    std::string preset = "hunan-2022-interview", html, resume, fix, person_model;
    unsigned jobs = 0;
    bool quick = false, jsonl = false, reencode = false, follow_links = false;
};

std::optional<Error> contradiction(const CommandContext& context, const CheckOptions& given) {
    const auto wrong = [](Message message) { return Error{ErrorKind::InvalidConfig, std::move(message)}; };
    if (context.options.json && given.jsonl) return wrong(say("--json and --jsonl exclude each other: choose one."));
    if (given.reencode && given.fix.empty())
        return wrong(say("--reencode says how repaired copies are made: name their folder with --fix."));
    std::error_code failure;
    if (!given.fix.empty() && fs::exists(given.fix, failure) && !fs::is_directory(given.fix, failure))
        return wrong(say("{0} is no folder: name one for the repaired copies.", given.fix));
    return std::nullopt;
}

/// What the answers rest on besides the file: another preset, version or language means checking anew.
std::string basis_of(const Preset& preset, const std::string& preset_name) {
    std::ifstream stream(preset_file(preset_name), std::ios::binary);
    std::uint64_t digest = 14'695'981'039'346'656'037U;  // FNV-1a
    for (auto byte = std::istreambuf_iterator<char>(stream); byte != std::istreambuf_iterator<char>(); ++byte)
        digest = (digest ^ static_cast<unsigned char>(*byte)) * 1'099'511'628'211U;
    return "changji " CHANGJI_VERSION " " + preset.id + " " + std::to_string(digest) +
           (language_in_use() == Language::Chinese ? " zh_CN" : " en");
}

/// Where everything that comes out of a run goes.
class Outputs {
public:
    Outputs(const CommandContext& context, const CheckOptions& given, const Preset& preset, const FileList& list)
        : context_(context),
          given_(given),
          preset_(preset),
          list_(list),
          progress_(fill_fields(tr("Checking {0} files"), {std::to_string(list.files.size())})) {}

    Status open() {
        if (given_.html.empty()) return {};
        auto page = CheckOverview::open(
            given_.html, fill_fields(tr("Overview: {0} files, {1}"), {std::to_string(list_.files.size()), preset_.id}));
        if (!page) return page.error();
        page_ = *std::move(page);
        return {};
    }

    CheckRunSinks sinks() {
        return {[this](double share) { progress_.show(share); }, [this](const CheckedLine& done) { see(done); },
                [this](const CheckedLine& done) { place(done); }};
    }

    Status close(bool stopped) {
        progress_.clear();
        if (context_.options.json) {
            if (placed_ == 0) std::fputs(check_document_head(preset_).c_str(), stdout);
            std::fputs(check_document_tail(list_.left_out).c_str(), stdout);
        }
        if (list_.files.size() > 1 || stopped) print_notice(tally_.sentence());
        if (stopped) {
            print_notice(given_.resume.empty()
                             ? tr(say("Stopped after {0} of {1} files.", std::to_string(placed_),
                                      std::to_string(list_.files.size())))
                             : tr(say("Stopped after {0} of {1} files: the same command goes on from here.",
                                      std::to_string(placed_), std::to_string(list_.files.size()))));
        }
        return page_ ? page_->finish() : Status();
    }

    [[nodiscard]] const CheckTally& tally() const { return tally_; }

private:
    /// As soon as it is done.
    void see(const CheckedLine& done) {
        const Json file = Json::parse(done.line);
        tally_.add(file, done.resumed);
        if (context_.options.json) return;
        progress_.clear();
        if (given_.jsonl) {
            std::fprintf(stdout, "%s\n", done.line.c_str());
        } else {
            print_checked_file(file, list_.files.size() == 1);
        }
        std::fflush(stdout);
    }
    /// In its turn.
    void place(const CheckedLine& done) {
        if (context_.options.json) {
            std::fputs(placed_ == 0 ? check_document_head(preset_).c_str() : ",\n", stdout);
            std::fputs(check_document_element(done.line).c_str(), stdout);
        }
        ++placed_;
        if (page_) page_->add(done.line, done.still_jpeg);
    }

    const CommandContext& context_;
    const CheckOptions& given_;
    const Preset& preset_;
    const FileList& list_;
    Progress progress_;
    CheckTally tally_;
    std::unique_ptr<CheckOverview> page_;
    std::size_t placed_ = 0;
};

/// Photos are counted where a folder was named: one row for all of them.
std::vector<CheckedLine> check_photo_sets(const CheckOptions& given, const FileList& list, const Preset& preset) {
    std::vector<CheckedLine> sets;
    for (const std::string& name : given.paths) {
        std::error_code ignored;
        if (!preset.photos || !fs::is_directory(name, ignored)) continue;
        std::vector<fs::path> photos;
        for (const ListedFile& file : list.files) {
            const bool inside =
                file.path.lexically_normal().string().starts_with(fs::path(name).lexically_normal().string());
            if (inside && delivery_kind(file.path) == DeliveryKind::Photo) photos.push_back(file.path);
        }
        if (photos.empty()) continue;
        const FileCheck set{check_photo_set(name, photos, preset), {}, false};
        sets.push_back({check_line(set, preset, {}, {}, std::nullopt), {}, false});
    }
    return sets;
}

FileList list_what_is_named(const CheckOptions& given, const Preset& preset) {
    ListOptions listing;
    listing.links = given.follow_links ? Links::Follow : Links::Report;
    if (!given.fix.empty()) listing.except.push_back(given.fix);
    listing.wanted = [&preset](const fs::path& file) { return is_checked_in_folders(file, preset); };
    FileList list = list_files(given.paths, listing);
    for (const auto& [path, reason] : list.left_out)
        print_notice(fill_fields(tr("Left out: {0}  {1}"), {path.string(), tr(reason)}));
    return list;
}

int run_check(const CommandContext& context, const CheckOptions& given) {
    const auto preset = find_preset(context, given.preset);
    if (!preset) return exit_wrong_input;
    if (const auto error = contradiction(context, given)) return print_error(context, *error);
    const FileList list = list_what_is_named(given, *preset);
    if (list.files.empty())
        return print_error(context, {ErrorKind::InvalidConfig, say("There is no media file in what was named.")});

    std::optional<CheckJournal> journal;
    if (!given.resume.empty()) {
        auto opened = CheckJournal::open(given.resume);
        if (!opened) return print_error(context, opened.error());
        journal = *std::move(opened);
    }
    Outputs outputs(context, given, *preset, list);
    if (const Status opened = outputs.open(); !opened) return print_error(context, opened.error());

    watch_for_stop();
    CheckRunOptions options;
    options.depth = given.quick ? CheckDepth::Container : CheckDepth::Full;
    options.person_model = given.person_model;
    options.fix_folder = given.fix;
    options.may_encode = given.reencode ? MayEncode::Yes : MayEncode::No;
    options.jobs = given.jobs;
    options.stills = !given.html.empty();
    options.basis_more = basis_of(*preset, given.preset);
    options.journal = journal ? &*journal : nullptr;
    options.cancelled = &stop_asked();
    const Status journal_kept = run_checks(list.files, *preset, options, outputs.sinks());
    const bool stopped = stop_asked();
    for (const CheckedLine& set : stopped ? std::vector<CheckedLine>() : check_photo_sets(given, list, *preset)) {
        outputs.sinks().on_done(set);
        outputs.sinks().in_order(set);
    }
    const Status closed = outputs.close(stopped);
    for (const Status* status : {&journal_kept, &closed}) {
        if (!*status) print_notice(fill_fields(tr("Error: {0}"), {tr(status->error().message)}));
    }
    if (stopped || !journal_kept || !closed || outputs.tally().unreadable() > 0) return exit_wrong_input;
    return outputs.tally().failed() > 0 ? exit_clause_failed : exit_done;
}

}  // namespace

void add_check_command(CLI::App& app, CommandContext& context) {
    CLI::App* command =
        add_command(app, "check", tr("Check videos, manuscripts and photos, or all of them in folders."),
                    "changji check interview.mp4\n"
                    "  changji check deliveries/ --html overview.html --resume deliveries.jsonl\n"
                    "  changji check 'deliveries/*.mov' --quick --jsonl\n"
                    "  changji check phone.mov --fix repaired/ --reencode");
    auto given = std::make_shared<CheckOptions>();
    command->add_option("path", given->paths, tr("Files, folders with all below them, patterns (*, ?)."))->required();
    command->add_option("--preset", given->preset, tr("The campaign's demands: id or file of a preset."));
    command->add_flag("--quick", given->quick, tr("Read the container only: nothing is decoded or measured."));
    command
        ->add_option("--jobs", given->jobs, tr("How many files at a time; default: as many as cores and memory allow."))
        ->check(CLI::Range(1U, 256U));
    command->add_flag("--jsonl", given->jsonl, tr("Print one line of JSON for each file as soon as it is done."));
    command->add_option("--html", given->html,
                        tr("A page of all files with stills and measures, to sort and to choose from."));
    command->add_option("--resume", given->resume,
                        tr("A journal of the run: files that haven't changed since are not checked again."));
    command->add_option("--fix", given->fix,
                        tr("A folder for repaired copies, where copying alone makes them better. Originals are never "
                           "touched, and nothing is replaced."));
    command->add_flag("--reencode", given->reencode,
                      tr("With --fix: also encode again where that is needed (turn, convert colours, constant rate)."));
    command->add_flag("--follow-links", given->follow_links, tr("Follow links that lead out of a folder."));
    add_person_model_option(*command, given->person_model);
    command->callback([given, &context] { context.exit_code = run_check(context, *given); });
}

}  // namespace changji
