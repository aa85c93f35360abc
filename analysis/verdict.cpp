#include "analysis/verdict.hpp"

#include "analysis/judging/checks.hpp"

#include <algorithm>

namespace changji {
namespace {

bool signed_off(const CrewEvidence* crew, const std::string& clause) {
    return crew && std::count(crew->confirmed_clauses.begin(), crew->confirmed_clauses.end(), clause) > 0;
}

/// A clause that no check spoke of: the preset demands it and nothing here decides it.
Finding open_clause(const Clause& clause, const CrewEvidence* crew) {
    Finding finding;
    finding.clause = clause.id;
    finding.check = "clause";
    if (clause.decided_by == DecidedBy::Measured || clause.decided_by == DecidedBy::Construction) {
        finding.status = FindingStatus::Unmeasured;
        finding.message = say("The preset names no measure for this clause, so nothing was measured.");
    } else if (signed_off(crew, clause.id)) {
        finding.status = FindingStatus::Pass;
        finding.message = say("The crew has confirmed this clause.");
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
            verdict.findings.push_back(open_clause(clause, evidence.crew ? &*evidence.crew : nullptr));
        }
    }
    verdict.status = worst_of(verdict.findings);
    return verdict;
}

Verdict with_crew(Verdict verdict, const Preset& preset, const CrewEvidence& crew) {
    Evidence evidence;
    evidence.own_take = true;
    evidence.crew = crew;
    std::vector<Finding> fresh;
    check_crew(preset, evidence, fresh);
    for (Finding& finding : verdict.findings) {
        if (finding.check == "clause") {
            if (const Clause* const clause = preset.find_clause(finding.clause)) finding = open_clause(*clause, &crew);
        } else if (finding.check.starts_with("crew.")) {
            const auto same = std::find_if(fresh.begin(), fresh.end(), [&](const Finding& each) {
                return each.clause == finding.clause && each.check == finding.check;
            });
            if (same != fresh.end()) finding = *same;
        }
    }
    verdict.status = worst_of(verdict.findings);
    return verdict;
}

}  // namespace changji
