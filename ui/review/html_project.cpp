#include <algorithm>

#include "ui/language/language.hpp"
#include "ui/review/html_report.hpp"
#include "ui/review/html_text.hpp"
#include "ui/review/take_list.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

std::string cell(const std::string& content, const char* name = "") {
    return std::string("<td") + (*name ? " class=\"" + std::string(name) + "\"" : "") + ">" + content + "</td>";
}
std::string head(const char* words, const char* name = "") {
    return std::string("<th") + (*name ? " class=\"" + std::string(name) + "\"" : "") + ">" + html_escaped(words) +
           "</th>";
}

std::string verdict_cell(const ListedTake& take) {
    if (!take.stored.verdict || take.unfinished) return cell(html_escaped(tr(problem_of(take))));
    const VerdictStatus status = *take.stored.verdict;
    return cell("<span class=\"state " + std::string(status_id(status)) + "\">" + shape_for(status) + " " +
                html_escaped(word_for(status)) + "</span>");
}

std::string take_row(const ListedTake& take, bool chosen) {
    const TakeReport& report = take.stored.report;
    const auto count = [&](FindingStatus status) {
        return std::to_string(std::ranges::count(report.verdict.findings, status, &Finding::status));
    };
    std::string cells = cell(std::to_string(take.files.number) + (chosen ? " ★" : ""), "number") + verdict_cell(take);
    cells += cell(html_escaped(rating_label(take.stored.rating))) + cell(clock_text(report.duration_s), "number");
    cells += cell(html_typed(report.started_at)) + cell(html_typed(report.slate.guest));
    cells += cell(count(FindingStatus::Fail), "number") + cell(count(FindingStatus::Warn), "number");
    cells += cell(html_typed(take.stored.note));
    std::string row = std::string("<tr") + (chosen ? " class=\"chosen\"" : "") + ">" + cells + "</tr>\n";
    if (!report.sha256.empty()) {
        row += std::string("<tr") + (chosen ? " class=\"chosen\"" : "") + "><td></td><td colspan=\"8\" class=\"sha\">" +
               html_escaped(report.file) + "  SHA-256 " + html_escaped(report.sha256) + "</td></tr>\n";
    }
    return row;
}

std::string best_box(const ReviewedProject& project) {
    if (!project.best) return {};
    std::string reasons;
    for (const Message& reason : project.best->reasons) reasons += "<li>" + html_escaped(tr(reason)) + "</li>";
    const std::string number = std::to_string(project.takes[project.best->take].files.number);
    return "<div class=\"best\"><b>★ " + html_escaped(fill_fields(tr("Suggested: take {0}"), {number})) + "</b><ul>" +
           reasons + "</ul></div>\n";
}

}  // namespace

std::string html_report(const ReviewedProject& project, const Preset* preset) {
    std::string body = "<h1>" + html_typed(project.name) + "</h1>\n";
    if (preset) body += "<p class=\"faint\">" + html_escaped(preset->title) + "</p>\n";
    if (const std::string guest = project.slate.spoken_guest(); !guest.empty()) {
        body += "<p>" + html_typed(guest) + "</p>\n";
    }
    body += "<p>" + html_escaped(totals_text(totals_of(project.takes))) + "</p>\n" + best_box(project);
    std::string rows;
    for (std::size_t i = 0; i < project.takes.size(); ++i) {
        rows += take_row(project.takes[i], project.best && project.best->take == i);
    }
    body += std::string("<h2>") + html_escaped(tr("The takes")) + "</h2>\n<table><thead><tr>" +
            head(tr("Take"), "number") + head(tr("Verdict")) + head(tr("Rating")) + head(tr("Length"), "number") +
            head(tr("Recorded")) + head(tr("Guest")) + head(tr("Failures"), "number") + head(tr("Warnings"), "number") +
            head(tr("Note")) + "</tr></thead>\n" + rows + "</table>\n";
    body +=
        std::string("<footer>") + html_escaped(tr("Made by Changji from the reports of the takes.")) + "</footer>\n";
    return html_page(project.name, body);
}

}  // namespace changji
