#include "ui/project/sign_off.hpp"

namespace changji {

CrewEvidence crew_evidence(const TakeReport& report) {
    const Slate& slate = report.slate;
    return {slate.guest, slate.office, slate.place, slate.host, topics_in(report.marks), slate.confirmed_clauses};
}

TakeReport signed_off(TakeReport report, const Preset& preset, const Slate& now) {
    report.slate.confirmed_clauses = now.confirmed_clauses;
    if (report.slate.place.empty()) report.slate.place = now.place;
    if (report.slate.host.empty()) report.slate.host = now.host;
    report.verdict = with_crew(std::move(report.verdict), preset, crew_evidence(report));
    if (report.sha256.empty()) report.verdict.status = VerdictStatus::Fail;
    return report;
}

}  // namespace changji
