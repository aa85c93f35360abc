#include <filesystem>

#include "ui/cli/command.hpp"
#include "ui/review/html_report.hpp"
#include "ui/review/pdf_print.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

struct ReportOptions {
    std::string of, to;
    int take = 0;
    bool pdf = false;
};

/// What a report is of: one take, or a project.
struct Subject {
    Project project;
    std::optional<TakeFiles> take;
};

/// The take that any of its files stands for; none for another file.
std::optional<TakeFiles> take_of(const fs::path& file) {
    const std::string name = file.filename().string();
    for (const TakeFiles& take : list_takes(file.has_parent_path() ? file.parent_path() : fs::path("."))) {
        if (name.starts_with(take.report.stem().string() + ".")) return take;
    }
    return std::nullopt;
}

Result<Subject> find_subject(const ReportOptions& given) {
    std::error_code ignored;
    Subject subject;
    if (fs::is_directory(given.of, ignored)) {
        auto project = load_project(given.of);
        if (!project) return project.error();
        subject.project = *std::move(project);
        if (given.take > 0) subject.take = take_files(subject.project.takes_folder(), given.take);
        return subject;
    }
    subject.take = take_of(given.of);
    if (!subject.take) {
        return Error{ErrorKind::InvalidConfig,
                     say("{0} is no project folder and no take's file: check the path.", given.of)};
    }
    return subject;
}

/// A preset that is gone leaves the report without the clauses' words and without limits.
std::optional<Preset> preset_of(const CommandContext& context, const std::string& id) {
    if (id.empty()) return std::nullopt;
    auto preset = find_preset({{false, context.options.verbose}, exit_done}, id);
    if (!preset) print_notice(tr("The report shows no limits, because its preset is not there."));
    return preset;
}

/// Says what it found and where; without a whole report there is none to make.
struct Page {
    std::string html;
    fs::path file;
    Message problem;
};

Page page_of_take(const CommandContext& context, const TakeFiles& files) {
    const ReviewedTake take = read_review(files);
    if (take.stored.state != ReportState::Whole) return {{}, {}, take.stored.problem};
    const auto preset = preset_of(context, take.stored.report.preset);
    fs::path file = files.report;
    return {html_report(take, preset ? &*preset : nullptr), file.replace_extension(".html"), {}};
}

Page page_of_project(const CommandContext& context, const Project& project) {
    const auto preset = preset_of(context, project.preset);
    std::error_code ignored;
    ReviewedProject review;
    const fs::path folder = fs::absolute(project.folder, ignored).lexically_normal();
    review.name = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
    review.slate = project.slate;
    review.takes = read_takes(project.takes_folder());
    if (preset) review.best = suggest_take(review.takes, *preset);
    if (review.takes.empty()) return {{}, {}, say("No takes yet.")};
    return {html_report(review, preset ? &*preset : nullptr), project.folder / "report.html", {}};
}

int run_report(const CommandContext& context, const ReportOptions& given) {
    const auto subject = find_subject(given);
    if (!subject) return print_error(context, subject.error());
    const Page page =
        subject->take ? page_of_take(context, *subject->take) : page_of_project(context, subject->project);
    if (page.html.empty()) return print_error(context, {ErrorKind::InvalidConfig, page.problem});
    const fs::path file = given.to.empty() ? page.file : fs::path(given.to);
    if (auto written = write_file_atomically(file, page.html); !written) return print_error(context, written.error());
    Json document = {{"report", file.string()}};
    if (!context.options.json) print(file.string());
    if (given.pdf) {
        fs::path pdf = file;
        pdf.replace_extension(".pdf");
        if (auto printed = print_pdf(file, pdf); !printed) return print_error(context, printed.error());
        document["pdf"] = pdf.string();
        if (!context.options.json) print(pdf.string());
    }
    if (context.options.json) print_json(document);
    return exit_done;
}

}  // namespace

void add_report_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(
        app, "report", tr("A take's report, or a project's list of takes, as one HTML file to read, print and send."),
        "changji report interview --take 2 --pdf");
    auto given = std::make_shared<ReportOptions>();
    command->add_option("what", given->of, tr("A take's file, or a project's folder."))->required();
    command->add_option("--take", given->take, tr("This take of the project; default: the list of takes."))
        ->check(CLI::Range(1, 999'999'999));
    command->add_option("--to", given->to, tr("The HTML file to write; default: beside the take, or in the project."));
    command->add_flag("--pdf", given->pdf, tr("Also print it as PDF (needs Chromium)."));
    command->callback([given, &context] { context.exit_code = run_report(context, *given); });
}

}  // namespace changji
