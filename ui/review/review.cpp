#include "ui/review/review.hpp"
#include "ui/file_content.hpp"

#include <string_view>

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t most_evidence_bytes = 24U << 20;
constexpr std::uintmax_t most_meters_bytes = 64U << 20;

std::string small_content_of(const fs::path& file, std::uintmax_t most_bytes) {
    std::error_code failure;
    const fs::file_status status = fs::symlink_status(file, failure);
    if (!fs::is_regular_file(status) || fs::file_size(file, failure) > most_bytes || failure) return {};
    return content_of(file).value_or("");
}

/// What a report calls its evidence is taken only where save_evidence() puts it.
bool is_own_evidence(const std::string& name, const fs::path& folder) {
    const fs::path path(name);
    return path.has_filename() && path.filename() != ".." && path.parent_path() == folder.filename();
}

bool begins_as(std::string_view content, std::string_view ending) {
    return ending == ".png" ? content.starts_with("\x89PNG\r\n") : ending == ".wav" && content.starts_with("RIFF");
}

std::int64_t bytes_of(const fs::path& file) {
    std::error_code failure;
    const auto bytes = fs::file_size(file, failure);
    return failure ? 0 : static_cast<std::int64_t>(bytes);
}

}  // namespace

std::vector<ListedTake> read_takes(const fs::path& takes_folder) {
    std::vector<ListedTake> takes;
    for (const TakeFiles& files : list_takes(takes_folder)) {
        ListedTake take;
        take.files = files;
        take.stored = read_report(files.report);
        std::error_code ignored;
        take.unfinished = fs::exists(files.part, ignored);
        take.size_bytes = bytes_of(take.unfinished ? files.part : files.video);
        takes.push_back(std::move(take));
    }
    return takes;
}

ReviewedTake read_review(const TakeFiles& files) {
    ReviewedTake take;
    take.stored = read_report(files.report);
    take.log = parse_meters_csv(small_content_of(files.meters, most_meters_bytes));
    take.log.settle();
    fs::path folder = files.report;
    folder.replace_extension(".evidence");
    for (const Finding& finding : take.stored.report.verdict.findings) {
        for (const std::string& name : {finding.still, finding.bite}) {
            if (name.empty() || !is_own_evidence(name, folder)) continue;
            std::string content = small_content_of(folder.parent_path() / name, most_evidence_bytes);
            if (begins_as(content, fs::path(name).extension().string())) take.evidence[name] = std::move(content);
        }
    }
    return take;
}

ComparedTake compared(const ListedTake& take) {
    ComparedTake all;
    all.number = take.files.number;
    all.verdict = take.stored.report.verdict;
    for (const MeasureSummary& summary : take.stored.report.measures) all.values.set(summary.measure, summary.judged());
    all.crew_rates = take.stored.rating == Rating::Good ? 1 : take.stored.rating == Rating::No ? -1 : 0;
    return all;
}

std::optional<Suggestion> suggest_take(const std::vector<ListedTake>& takes, const Preset& preset) {
    std::vector<ComparedTake> finished;
    std::vector<std::size_t> index;
    for (std::size_t i = 0; i < takes.size(); ++i) {
        if (takes[i].stored.state != ReportState::Whole || takes[i].unfinished || takes[i].size_bytes == 0) continue;
        finished.push_back(compared(takes[i]));
        index.push_back(i);
    }
    auto suggestion = suggest(finished, preset);
    if (suggestion) suggestion->take = index[suggestion->take];
    return suggestion;
}

}  // namespace changji
