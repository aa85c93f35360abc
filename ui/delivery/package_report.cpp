#include "ui/delivery/package_report.hpp"

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "ui/language/language.hpp"
#include "ui/project/report.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

using Json = nlohmann::ordered_json;

Json finding_json(const PackageFinding& one) {
    const Finding& finding = one.finding;
    return {{"about", one.about},
            {"clause", finding.clause},
            {"check", finding.check},
            {"status", status_id(finding.status)},
            {"value", finding.value},
            {"limit", finding.limit},
            {"message", tr(finding.message)},
            {"advice", finding.advice.empty() ? std::string() : tr(finding.advice)}};
}

std::string megabytes(std::int64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text;
}

}  // namespace

const char* role_id(PackageRole role) {
    switch (role) {
        case PackageRole::Interview: return "interview";
        case PackageRole::Message: return "message";
        case PackageRole::Manuscript: return "manuscript";
        case PackageRole::Photo: return "photo";
    }
    return "";
}

std::string package_json(const PackagePlan& plan, const std::vector<PackedFile>& files, const std::string& folder,
                         const std::string& zip, bool forced) {
    Json document;
    document["schema"] = "changji.package/1";
    document["preset"] = plan.preset;
    document["verdict"] = status_id(plan.verdict);
    document["delivered"] = !folder.empty();
    document["forced"] = forced;
    document["created_at"] = wall_time();
    document["folder"] = folder;
    document["zip"] = zip;
    document["slate"] = {{"school", plan.slate.school}, {"guest", plan.slate.guest}, {"office", plan.slate.office}};
    Json all = Json::array();
    for (const PackedFile& file : files) {
        Json one = {{"name", file.name},
                    {"role", file.role},
                    {"size_bytes", file.content.size_bytes},
                    {"sha256", file.content.sha256}};
        if (!file.source.empty()) one["source"] = file.source;
        if (file.location_removed) one["location_removed"] = true;
        all.push_back(std::move(one));
    }
    document["files"] = std::move(all);
    document["mail"] = {
        {"total_bytes", plan.total_bytes}, {"limit_bytes", plan.mail_limit_bytes}, {"fits", !exceeds_mail(plan)}};
    Json deadlines = Json::array();
    for (const DeadlineLeft& one : plan.deadlines)
        deadlines.push_back({{"name", one.name}, {"date", date_text(one.date)}, {"days_left", one.days}});
    document["deadlines"] = std::move(deadlines);
    Json clauses = Json::array();
    for (const Clause& clause : plan.clauses) {
        Json one = {{"clause", clause.id}, {"text", clause.text}, {"status", ""}};
        if (const auto status = status_of_clause(plan, clause.id)) one["status"] = status_id(*status);
        clauses.push_back(std::move(one));
    }
    document["clauses"] = std::move(clauses);
    Json findings = Json::array();
    for (const PackageFinding& one : plan.findings) findings.push_back(finding_json(one));
    document["findings"] = std::move(findings);
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string package_checklist(const PackagePlan& plan, const std::vector<PackedFile>& files) {
    std::string text;
    const auto line = [&](const std::string& words) { text += words + "\n"; };
    line(fill_fields(tr("What is sent in, clause by clause: {0} {1}"),
                     {shape_for(plan.verdict), word_for(plan.verdict)}));
    line({});
    for (const Clause& clause : plan.clauses) {
        const auto status = status_of_clause(plan, clause.id);
        line(fill_fields("{0} {1}  {2}  {3}",
                         {status ? shape_for(*status) : "·", status ? word_for(*status) : tr("not judged here"),
                          clause.id, clause.text}));
        for (const PackageFinding& one : plan.findings) {
            if (one.finding.clause != clause.id || one.finding.status == FindingStatus::Pass) continue;
            const std::string about = one.about.empty() ? std::string() : one.about + "  ";
            line(fill_fields("    {0} {1}{2}", {shape_for(one.finding.status), about, tr(one.finding.message)}));
            if (!one.finding.advice.empty()) line(fill_fields("        → {0}", {tr(one.finding.advice)}));
        }
    }
    line({});
    for (const DeadlineLeft& one : plan.deadlines) {
        const std::string days = std::to_string(std::abs(one.days));
        line(one.days >= 0 ? fill_fields(tr("{0}: due {1}, {2} days left."), {one.name, date_text(one.date), days})
                           : fill_fields(tr("{0}: was due {1}, {2} days ago."), {one.name, date_text(one.date), days}));
    }
    for (const PackedFile& file : files) line(fill_fields("{0}  {1}", {file.name, megabytes(file.content.size_bytes)}));
    line(fill_fields(tr("Altogether {0}."), {megabytes(plan.total_bytes)}));
    if (exceeds_mail(plan)) {
        line(fill_fields(tr("That is more than a mail carries ({0}): hand it over by net disk or USB drive."),
                         {megabytes(plan.mail_limit_bytes)}));
    }
    return text;
}

std::string sha256_sums(const std::vector<PackedFile>& files) {
    std::string text;
    for (const PackedFile& file : files) text += file.content.sha256 + "  " + file.name + "\n";
    return text;
}

}  // namespace changji
