#include "analysis/verdict.hpp"

#include "analysis/checks.hpp"

#include <algorithm>

namespace changji {
namespace {

/// A clause that no check spoke of: the preset demands it and nothing here decides it.
Finding open_clause(const Clause& clause) {
    Finding finding;
    finding.clause = clause.id;
    finding.check = "clause";
    if (clause.decided_by == DecidedBy::Measured || clause.decided_by == DecidedBy::Construction) {
        finding.status = FindingStatus::Unmeasured;
        finding.message = say("The preset names no measure for this clause, so nothing was measured.");
    } else {
        finding.status = FindingStatus::Confirm;
        finding.message = say("A person has to confirm this clause.");
        finding.advice = say("Read the clause and tick it when it is met.");
    }
    return finding;
}

}  // namespace

std::string_view status_id(FindingStatus status) {
    switch (status) {
        case FindingStatus::Pass: return "pass";
        case FindingStatus::Confirm: return "confirm";
        case FindingStatus::Unmeasured: return "unmeasured";
        case FindingStatus::Warn: return "warn";
        case FindingStatus::Fail: return "fail";
    }
    return "unmeasured";
}

std::string_view status_id(VerdictStatus status) {
    switch (status) {
        case VerdictStatus::Pass: return "pass";
        case VerdictStatus::Warn: return "warn";
        case VerdictStatus::Fail: return "fail";
    }
    return "warn";
}

VerdictStatus worst_of(const std::vector<Finding>& findings) {
    const auto any = [&](auto&& holds) { return std::any_of(findings.begin(), findings.end(), holds); };
    if (any([](const Finding& finding) { return finding.status == FindingStatus::Fail; })) return VerdictStatus::Fail;
    if (any([](const Finding& finding) { return finding.status != FindingStatus::Pass; })) return VerdictStatus::Warn;
    return VerdictStatus::Pass;
}

Verdict judge(const Preset& preset, const Evidence& evidence) {
    Verdict verdict;
    check_duration(preset, evidence, verdict.findings);
    check_file(preset.file, evidence, verdict.findings);
    check_signs(preset.file, evidence, verdict.findings);
    check_recording(preset.file, evidence, verdict.findings);
    check_meters(preset, evidence, verdict.findings);
    check_crew(preset, evidence, verdict.findings);
    for (const Clause& clause : preset.clauses) {
        if (clause.scope == ClauseScope::Delivery) {
            verdict.left_to_delivery.push_back(clause.id);
        } else if (std::none_of(verdict.findings.begin(), verdict.findings.end(),
                                [&](const Finding& finding) { return finding.clause == clause.id; })) {
            Finding finding = open_clause(clause);
            const bool signed_off = evidence.crew && std::count(evidence.crew->confirmed_clauses.begin(),
                                                                evidence.crew->confirmed_clauses.end(), clause.id) > 0;
            if (finding.status == FindingStatus::Confirm && signed_off) {
                finding.status = FindingStatus::Pass;
                finding.message = say("The crew has confirmed this clause.");
                finding.advice = {};
            }
            verdict.findings.push_back(std::move(finding));
        }
    }
    verdict.status = worst_of(verdict.findings);
    return verdict;
}

}  // namespace changji
