#include "ui/delivery/package.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <ctime>

#include "analysis/photos/photo_checks.hpp"
#include "ui/check/delivery_files.hpp"
#include "ui/delivery/package_names.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr const char* photo_folders[] = {"photos", "照片"};
constexpr const char* manuscript_folders[] = {".", "manuscript", "文稿"};

std::vector<fs::path> files_in(const fs::path& folder, DeliveryKind kind, const Preset& preset) {
    std::vector<fs::path> files;
    std::error_code failure;
    for (auto entry = fs::directory_iterator(folder, failure); !failure && entry != fs::directory_iterator();
         entry.increment(failure)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored) && delivery_kind(entry->path()) == kind &&
            belongs_to_delivery(entry->path(), preset)) {
            files.push_back(entry->path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> manuscripts_in(const fs::path& project, const Preset& preset) {
    std::vector<fs::path> found;
    for (const char* folder : manuscript_folders) {
        for (fs::path& one : files_in((project / folder).lexically_normal(), DeliveryKind::Manuscript, preset))
            found.push_back(std::move(one));
    }
    return found;
}

/// Files as they are, of folders the photos; of none that are named the project's own.
std::vector<fs::path> photos_of(const PackageRequest& request) {
    std::vector<fs::path> wished = request.photos;
    if (wished.empty()) {
        for (const char* folder : photo_folders) wished.push_back(request.project.folder / folder);
    }
    std::vector<fs::path> photos;
    for (const fs::path& path : wished) {
        std::error_code ignored;
        if (!fs::is_directory(path, ignored)) {
            if (!request.photos.empty()) photos.push_back(path);
            continue;
        }
        for (fs::path& one : files_in(path, DeliveryKind::Photo, request.preset)) photos.push_back(std::move(one));
    }
    return photos;
}

std::optional<int> number_in(const std::string& text) {
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc() && end == text.data() + text.size() && number > 0 ? std::optional(number)
                                                                                   : std::nullopt;
}

/// The project's folder that the message clip comes from.
fs::path message_project(const PackageRequest& request) {
    return request.message.empty() || number_in(request.message) ? request.project.folder : fs::path(request.message);
}

std::string ending_of(const fs::path& file) {
    std::string ending;
    for (const unsigned char c : file.extension().string()) {
        if (std::isalnum(c) && ending.size() < 5) ending += static_cast<char>(std::tolower(c));
    }
    return ending.empty() ? std::string() : "." + ending;
}

Finding missing(const std::string& clause, const char* check, Message message, Message advice) {
    Finding finding;
    finding.clause = clause;
    finding.check = check;
    finding.status = FindingStatus::Fail;
    finding.message = std::move(message);
    finding.advice = std::move(advice);
    return finding;
}

/// Puts a plan together, part by part.
class Planner {
public:
    Planner(const PackageRequest& request, std::chrono::year_month_day today) : request_(request), today_(today) {}
    Result<PackagePlan> plan();

private:
    Status add_interview();
    Status add_message();
    Status add_manuscript();
    Status add_photos();
    void add_deadlines();
    void add_take(PackageRole role, const ReportedTake& take, const std::string& pattern, const char* otherwise);
    void add_item(PackageItem item, const std::string& name);
    void add_findings(const std::string& about, const std::vector<Finding>& findings) {
        for (const Finding& finding : findings) plan_.findings.push_back({about, finding});
    }
    [[nodiscard]] std::string name_for(const std::string& pattern, int number, const char* otherwise) const {
        return name_by_pattern(pattern, plan_.slate, number, otherwise);
    }
    [[nodiscard]] const DeliveryDemand& demand() const { return *request_.preset.delivery; }

    const PackageRequest& request_;
    std::chrono::year_month_day today_;
    PackagePlan plan_;
};

Result<PackagePlan> Planner::plan() {
    if (!request_.preset.delivery) {
        return Error{ErrorKind::InvalidConfig,
                     say("The preset {0} doesn't say how a delivery is put together: it has no [delivery].",
                         request_.preset.id)};
    }
    plan_.preset = request_.preset.id;
    plan_.slate = request_.project.slate;
    plan_.clauses = request_.preset.clauses;
    plan_.remove_location = request_.remove_location;
    plan_.mail_limit_bytes = std::int64_t{demand().mail_limit_mb} * 1'000'000;
    for (const auto step :
         {&Planner::add_interview, &Planner::add_message, &Planner::add_manuscript, &Planner::add_photos}) {
        if (auto done = (this->*step)(); !done) return done.error();
    }
    add_deadlines();
    plan_.folder_name = name_for(demand().folder_name, 1, "changji");
    std::vector<Finding> all;
    for (const PackageFinding& one : plan_.findings) all.push_back(one.finding);
    plan_.verdict = worst_of(all);
    for (const PackageItem& item : plan_.items) {
        std::error_code ignored;
        plan_.total_bytes += static_cast<std::int64_t>(fs::file_size(item.source, ignored));
    }
    return std::move(plan_);
}

void Planner::add_item(PackageItem item, const std::string& name) {
    const std::string ending = ending_of(item.source);
    item.name = name + ending;
    const auto taken = [&] {
        return std::any_of(plan_.items.begin(), plan_.items.end(),
                           [&](const PackageItem& other) { return other.name == item.name; });
    };
    for (int i = 2; taken(); ++i) item.name = name + "-" + std::to_string(i) + ending;
    plan_.items.push_back(std::move(item));
}

void Planner::add_take(PackageRole role, const ReportedTake& take, const std::string& pattern, const char* otherwise) {
    PackageItem item;
    item.role = role;
    item.source = take.video;
    item.sha256 = take.sha256;
    item.report = take.report;
    item.verdict = take.verdict;
    add_item(std::move(item), name_for(pattern, take.number, otherwise));
    add_findings(take.video.filename().string(), take.findings);
}

Result<const ReportedTake*> take_of_number(const std::vector<ReportedTake>& takes, int number,
                                           const fs::path& project) {
    const auto found =
        std::find_if(takes.begin(), takes.end(), [&](const ReportedTake& take) { return take.number == number; });
    if (found != takes.end()) return &*found;
    return Error{ErrorKind::InvalidConfig,
                 say("{0} has no finished take {1} with a report: `changji takes list` shows what there is.",
                     project.string(), std::to_string(number))};
}

Status Planner::add_interview() {
    const auto takes = reported_takes(request_.project.takes_folder());
    const ReportedTake* take = best_take(takes, request_.preset.id);
    if (request_.interview > 0) {
        const auto named = take_of_number(takes, request_.interview, request_.project.folder);
        if (!named) return named.error();
        take = *named;
    }
    if (!take) {
        add_findings({}, {missing(request_.preset.duration.clause, "delivery.interview",
                                  say("There is no finished take of the interview."),
                                  say("Record one, or name it with --interview."))});
        return {};
    }
    // Who sat there when it was recorded, whatever the slate says now.
    if (!take->slate.guest.empty()) {
        plan_.slate.school = take->slate.school;
        plan_.slate.guest = take->slate.guest;
        plan_.slate.office = take->slate.office;
    }
    add_take(PackageRole::Interview, *take, demand().video_name, "interview");
    return {};
}

Status Planner::add_message() {
    if (!request_.message_preset) return {};
    const Preset& preset = *request_.message_preset;
    for (const Clause& clause : preset.clauses) {
        if (!request_.preset.find_clause(clause.id)) plan_.clauses.push_back(clause);
    }
    const fs::path folder = message_project(request_);
    const auto number = number_in(request_.message);
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        return Error{ErrorKind::InvalidConfig, say("There is no project folder {0}: check the path.", folder.string())};
    }
    const auto takes = reported_takes(folder / "takes");
    const ReportedTake* take = best_take(takes, preset.id);
    if (number) {
        const auto named = take_of_number(takes, *number, folder);
        if (!named) return named.error();
        take = *named;
    }
    if (!take) {
        add_findings({}, {missing(preset.duration.clause, "delivery.message",
                                  say("There is no finished take of the message clip (preset {0}).", preset.id),
                                  say("Record it, or name its project: --message FOLDER"))});
        return {};
    }
    add_take(PackageRole::Message, *take, demand().message_name, "message");
    return {};
}

Status Planner::add_manuscript() {
    if (!request_.preset.manuscript) return {};
    fs::path file = request_.manuscript;
    if (file.empty()) {
        const std::vector<fs::path> found = manuscripts_in(request_.project.folder, request_.preset);
        if (found.size() > 1) {
            return Error{ErrorKind::InvalidConfig,
                         say("There are {0} manuscripts in the project ({1}, {2}): name one with --manuscript.",
                             std::to_string(found.size()), found[0].filename().string(), found[1].filename().string())};
        }
        if (!found.empty()) file = found.front();
    }
    if (file.empty()) {
        add_findings({}, {missing(request_.preset.manuscript->contact_clause, "delivery.manuscript",
                                  say("There is no manuscript."),
                                  say("Put it into the project's folder, or name it with --manuscript."))});
        return {};
    }
    const CheckedFile checked =
        check_manuscript(file, request_.preset, {plan_.slate.guest, plan_.slate.spoken_guest()});
    if (checked.error) return *checked.error;
    PackageItem item;
    item.role = PackageRole::Manuscript;
    item.source = file;
    item.verdict = checked.verdict.status;
    add_item(std::move(item), name_for(demand().manuscript_name, 1, "manuscript"));
    add_findings(file.filename().string(), checked.verdict.findings);
    return {};
}

Status Planner::add_photos() {
    if (!request_.preset.photos) return {};
    const std::vector<fs::path> photos = photos_of(request_);
    std::optional<PhotoChecker> checker;
    if (!request_.check_photo && !photos.empty()) checker.emplace();
    int number = 0;
    for (const fs::path& photo : photos) {
        const CheckedFile checked = checker ? checker->check(photo, request_.preset) : request_.check_photo(photo);
        if (checked.error) return *checked.error;
        std::vector<Finding> findings = checked.verdict.findings;
        if (request_.remove_location)
            std::erase_if(findings, [](const Finding& finding) { return finding.check == "photo.location"; });
        PackageItem item;
        item.role = PackageRole::Photo;
        item.source = photo;
        item.verdict = worst_of(findings);
        add_item(std::move(item), name_for(demand().photo_name, ++number, "photo"));
        add_findings(photo.filename().string(), findings);
    }
    add_findings({}, check_photo_set({}, photos, request_.preset).verdict.findings);
    return {};
}

void Planner::add_deadlines() {
    for (const Deadline& deadline : request_.preset.deadlines) {
        const int days =
            static_cast<int>((std::chrono::sys_days(deadline.date) - std::chrono::sys_days(today_)).count());
        plan_.deadlines.push_back({deadline.name, deadline.date, days});
        Finding finding;
        finding.clause = deadline.clause;
        finding.check = "delivery.deadline";
        finding.status = days >= 0 ? FindingStatus::Pass : FindingStatus::Warn;
        finding.value = date_text(deadline.date);
        finding.message =
            days >= 0 ? say("{0}: due {1}, {2} days left.", deadline.name, finding.value, std::to_string(days))
                      : say("{0}: was due {1}, {2} days ago.", deadline.name, finding.value, std::to_string(-days));
        add_findings({}, {finding});
    }
}

}  // namespace

PackageChoices package_choices(const PackageRequest& request) {
    PackageChoices choices;
    choices.interviews = reported_takes(request.project.takes_folder());
    std::erase_if(choices.interviews, [&](const ReportedTake& take) { return take.preset != request.preset.id; });
    if (request.message_preset) {
        choices.messages = reported_takes(message_project(request) / "takes");
        std::erase_if(choices.messages,
                      [&](const ReportedTake& take) { return take.preset != request.message_preset->id; });
    }
    if (request.preset.manuscript) choices.manuscripts = manuscripts_in(request.project.folder, request.preset);
    if (request.preset.photos) choices.photos = photos_of(request);
    return choices;
}

Result<PackagePlan> plan_package(const PackageRequest& request, std::chrono::year_month_day today) {
    return Planner(request, today).plan();
}

bool exceeds_mail(const PackagePlan& plan) {
    return plan.mail_limit_bytes > 0 && plan.total_bytes > plan.mail_limit_bytes;
}

std::string date_text(std::chrono::year_month_day date) {
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::chrono::year_month_day local_today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
}

std::optional<FindingStatus> status_of_clause(const PackagePlan& plan, const std::string& clause) {
    std::optional<FindingStatus> worst;
    for (const PackageFinding& one : plan.findings) {
        if (one.finding.clause == clause) worst = std::max(worst.value_or(FindingStatus::Pass), one.finding.status);
    }
    return worst;
}

}  // namespace changji
