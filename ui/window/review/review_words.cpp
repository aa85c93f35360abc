#include "ui/window/review/review_words.hpp"

#include <algorithm>

#include "ui/words.hpp"

namespace changji {
namespace {

std::string value_of(const Finding& finding) {
    if (finding.value.empty() || finding.limit.empty()) return finding.value;
    return fill_fields(tr("{0} (limit {1})"), {finding.value, finding.limit});
}

std::string take_words(const ReviewMaterial& material) {
    const TakeReport& report = material.take.stored.report;
    const std::string number = std::to_string(material.files.number), length = clock_text(material.duration_s);
    std::string when = report.started_at.size() >= 16 ? report.started_at.substr(0, 16) : std::string();
    std::ranges::replace(when, 'T', ' ');
    if (when.empty()) return tr(say("Take {0}    {1}", number, length));
    if (report.slate.guest.empty()) return tr(say("Take {0}    {1}    {2}", number, length, when));
    return tr(say("Take {0}    {1}    {2}    {3}", number, length, when, report.slate.guest));
}

}  // namespace

void ReviewWords::speak_of(const std::shared_ptr<const ReviewMaterial>& material) {
    if (material == of_ && language_ == language_in_use()) return;
    of_ = material;
    language_ = language_in_use();
    headline.clear();
    take.clear();
    lines.clear();
    problems.clear();
    if (!material) return;
    headline = headline_of(material->take.stored, material->in_work || material->film == Film::Fragments);
    take = take_words(*material);
    for (const Message& problem : material->problems) problems.push_back(tr(problem));
    const auto& findings = material->take.stored.report.verdict.findings;
    for (const std::size_t at : material->order) {
        const Finding& finding = findings[at];
        lines.push_back({at, finding.status, name_for_check(finding.check), finding.clause, value_of(finding),
                         tr(finding.message), finding.advice.empty() ? std::string() : tr(finding.advice),
                         places_of(finding)});
    }
}

}  // namespace changji
