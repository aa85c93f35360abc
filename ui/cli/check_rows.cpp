#include "ui/cli/check_rows.hpp"

#include <array>

#include "ui/words.hpp"

namespace changji {
namespace {

FindingStatus status_of_finding(const Json& finding) {
    const std::string id = finding.value("status", "");
    for (const auto status : {FindingStatus::Pass, FindingStatus::Confirm, FindingStatus::Warn, FindingStatus::Fail}) {
        if (status_id(status) == id) return status;
    }
    return FindingStatus::Unmeasured;
}

VerdictStatus verdict_of(const Json& file) {
    const std::string id = file.value("verdict", "");
    for (const auto status : {VerdictStatus::Pass, VerdictStatus::Warn}) {
        if (status_id(status) == id) return status;
    }
    return VerdictStatus::Fail;
}

void print_finding(const Json& finding) {
    const FindingStatus status = status_of_finding(finding);
    const std::string value = finding.value("value", ""), limit = finding.value("limit", "");
    const std::string shown = value.empty()   ? std::string()
                              : limit.empty() ? value
                                              : fill_fields(tr("{0} (limit {1})"), {value, limit});
    print(fill_fields("  {0} {1}  {2}  {3}  {4}", {shape_for(status), word_for(status), finding.value("clause", ""),
                                                   name_for_check(finding.value("check", "")), shown}));
    if (status != FindingStatus::Pass) print(fill_fields("        {0}", {finding.value("message", "")}));
    const std::string advice = finding.value("advice", "");
    if (!advice.empty()) print(fill_fields("        → {0}", {advice}));
}

/// What --fix would do, or has done.
void print_repair(const Json& file) {
    if (file.contains("repaired")) {
        const Json& done = file["repaired"];
        if (done.contains("problem")) {
            print(fill_fields(tr("    Not repaired: {0}"), {done.value("problem", "")}));
        } else {
            print(fill_fields(tr("    Repaired copy: {0}  {1} {2}"),
                              {done.value("file", ""), shape_for(verdict_of(done)), word_for(verdict_of(done))}));
        }
        return;
    }
    for (const Json& step : file.value("repairs", Json::array())) {
        const std::string name = name_for_check(step.value("check", "")), what = step.value("what", "");
        print(step.value("by", "") == "copying"
                  ? fill_fields(tr("    --fix DIR repairs “{0}”: {1}"), {name, what})
                  : fill_fields(tr("    --fix DIR --reencode repairs “{0}”: {1}"), {name, what}));
    }
    if (file.contains("not_repairable"))
        print(fill_fields(tr("    Can't be repaired here: {0}"), {file.value("not_repairable", "")}));
}

}  // namespace

void print_checked_file(const Json& file, bool in_detail) {
    const VerdictStatus verdict = verdict_of(file);
    print(fill_fields("{0} {1}  {2}", {shape_for(verdict), word_for(verdict), file.value("file", "")}));
    for (const Json& finding : file.value("findings", Json::array())) {
        const FindingStatus status = status_of_finding(finding);
        if (in_detail) {
            print_finding(finding);
        } else if (status == FindingStatus::Fail) {
            print(fill_fields("    {0} {1}  {2}  {3}",
                              {shape_for(status), finding.value("clause", ""),
                               name_for_check(finding.value("check", "")), finding.value("message", "")}));
        }
    }
    print_repair(file);
}

void CheckTally::add(const Json& file, bool resumed) {
    resumed_ += resumed;
    if (file.contains("error")) {
        ++unreadable_;
        return;
    }
    switch (verdict_of(file)) {
        case VerdictStatus::Pass: ++passed_; break;
        case VerdictStatus::Warn: ++open_; break;
        case VerdictStatus::Fail: ++failed_; break;
    }
}

std::string CheckTally::sentence() const {
    return fill_fields(
        tr("{0} pass, {1} with open points, {2} fail, {3} can't be read; {4} were taken over from the journal."),
        {std::to_string(passed_), std::to_string(open_), std::to_string(failed_), std::to_string(unreadable_),
         std::to_string(resumed_)});
}

}  // namespace changji
