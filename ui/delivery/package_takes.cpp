#include "ui/delivery/package_takes.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <tuple>

#include "capture/takes.hpp"

namespace changji {
namespace {

using Json = nlohmann::ordered_json;

std::string text(const Json& from, const char* key) {
    const auto found = from.find(key);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A sentence that is in words already: it has neither id nor fields.
Message spoken(std::string sentence) { return {std::move(sentence), {}}; }

Finding finding_of(const Json& stored) {
    Finding finding;
    finding.clause = text(stored, "clause");
    finding.check = text(stored, "check");
    for (const auto status : {FindingStatus::Pass, FindingStatus::Confirm, FindingStatus::Unmeasured,
                              FindingStatus::Warn, FindingStatus::Fail}) {
        if (text(stored, "status") == status_id(status)) finding.status = status;
    }
    finding.value = text(stored, "value");
    finding.limit = text(stored, "limit");
    finding.message = spoken(text(stored, "message"));
    finding.advice = spoken(text(stored, "advice"));
    return finding;
}

std::optional<ReportedTake> read_take(const TakeFiles& files) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(files.video, ignored) || std::filesystem::exists(files.part, ignored))
        return std::nullopt;
    std::ifstream stream(files.report);
    const Json report = Json::parse(stream, nullptr, false);
    if (!report.is_object()) return std::nullopt;
    ReportedTake take;
    take.number = files.number;
    take.video = files.video;
    take.report = files.report;
    take.preset = text(report, "preset");
    take.rating = text(report, "rating");
    take.sha256 = text(report, "sha256");
    for (const auto status : {VerdictStatus::Pass, VerdictStatus::Warn, VerdictStatus::Fail}) {
        if (text(report, "verdict") == status_id(status)) take.verdict = status;
    }
    if (report.contains("duration_s") && report["duration_s"].is_number())
        take.duration_s = report["duration_s"].get<double>();
    const Json slate = report.value("slate", Json::object());
    if (slate.is_object()) {
        take.slate.school = text(slate, "school");
        take.slate.guest = text(slate, "guest");
        take.slate.office = text(slate, "office");
    }
    const Json findings = report.value("findings", Json::array());
    for (const Json& finding : findings.is_array() ? findings : Json::array()) {
        if (finding.is_object()) take.findings.push_back(finding_of(finding));
    }
    return take;
}

int worth(const std::string& rating) { return rating == "good" ? 3 : rating == "reserve" ? 1 : rating == "no" ? 0 : 2; }

}  // namespace

std::vector<ReportedTake> reported_takes(const std::filesystem::path& takes_folder) {
    std::vector<ReportedTake> takes;
    for (const TakeFiles& files : list_takes(takes_folder)) {
        if (auto take = read_take(files)) takes.push_back(*std::move(take));
    }
    return takes;
}

const ReportedTake* best_take(const std::vector<ReportedTake>& takes, const std::string& preset) {
    const ReportedTake* best = nullptr;
    const auto rank = [](const ReportedTake& take) {
        return std::tuple(worth(take.rating), -static_cast<int>(take.verdict), take.number);
    };
    for (const ReportedTake& take : takes) {
        if (take.preset != preset || take.rating == "no") continue;
        if (!best || rank(take) > rank(*best)) best = &take;
    }
    return best;
}

std::string report_to_send(const std::filesystem::path& report, const std::string& file_name) {
    std::ifstream stream(report);
    Json content = Json::parse(stream, nullptr, false);
    if (!content.is_object()) return {};
    content.erase("rating");
    content.erase("note");
    content["file"] = file_name;
    return content.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace changji
