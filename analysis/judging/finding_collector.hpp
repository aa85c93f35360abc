#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/verdict.hpp"

namespace changji {

/// Collects findings that rest on one clause.
class Collector {
public:
    Collector(const std::string& clause, std::vector<Finding>& findings) : clause_(clause), findings_(findings) {}

    Finding& add(std::string check, FindingStatus status, std::string value, std::string limit, Message message,
                 Message advice = {}) {
        Finding finding;
        finding.clause = clause_;
        finding.check = std::move(check);
        finding.status = status;
        finding.value = std::move(value);
        finding.limit = std::move(limit);
        finding.message = std::move(message);
        if (status != FindingStatus::Pass) finding.advice = std::move(advice);
        return findings_.emplace_back(std::move(finding));
    }
    /// Pass when `value` is what is demanded; unmeasured when the file does not say.
    void expect(std::string check, const std::string& value, const std::string& demanded, Message advice) {
        if (demanded.empty()) return;
        if (value.empty()) {
            add(std::move(check), FindingStatus::Unmeasured, "", demanded,
                say("The file does not say it; {0} is demanded.", demanded), std::move(advice));
        } else if (value == demanded) {
            add(std::move(check), FindingStatus::Pass, value, demanded, say("As demanded."));
        } else {
            add(std::move(check), FindingStatus::Fail, value, demanded,
                say("The file has {0}, and {1} is demanded.", value, demanded), std::move(advice));
        }
    }

private:
    const std::string& clause_;
    std::vector<Finding>& findings_;
};

}  // namespace changji
