#pragma once

#include <memory>
#include <string>
#include <utility>

#include "ui/window/view_state.hpp"

namespace changji::test {

/// A delivery with something of each kind: passed, to be confirmed, failed, not judged.
inline void fill_package(ViewState& view) {
    PackageView& package = view.package;
    package.project = "/videos/one";
    package.to = "/videos/delivery";
    package.recent = {"/videos/message"};
    auto choices = std::make_shared<PackageChoices>();
    ReportedTake take;
    take.number = 3;
    take.preset = "hunan-2022-interview";
    take.verdict = VerdictStatus::Pass;
    take.rating = "good";
    take.duration_s = 724;
    choices->interviews = {take};
    choices->manuscripts = {"/videos/one/文稿.docx"};
    auto plan = std::make_shared<PackagePlan>();
    plan->preset = take.preset;
    plan->verdict = VerdictStatus::Fail;
    plan->total_bytes = 412'000'000;
    plan->mail_limit_bytes = 50'000'000;
    plan->items = {{PackageRole::Interview, "/videos/one/takes/take-003.mp4", "a.mp4", {}, {}, VerdictStatus::Pass},
                   {PackageRole::Manuscript, "/videos/one/文稿.docx", "a.docx", {}, {}, VerdictStatus::Warn},
                   {PackageRole::Photo, "/videos/one/photos/1.jpg", "1.jpg", {}, {}, VerdictStatus::Fail}};
    plan->clauses = {{"四.2-a", "访谈视频时长不超过15分钟。", DecidedBy::Measured, ClauseScope::Take},
                     {"四.7", "随视频报送访谈文稿。", DecidedBy::Measured, ClauseScope::Delivery},
                     {"四.8", "报送嘉宾高清照片3至5张。", DecidedBy::Measured, ClauseScope::Delivery},
                     {"五-1", "请于4月20日前报送。", DecidedBy::Measured, ClauseScope::Delivery}};
    const auto found = [&](const char* about, const char* clause, FindingStatus status, Message message,
                           Message advice) {
        Finding finding;
        finding.clause = clause;
        finding.status = status;
        finding.message = std::move(message);
        finding.advice = std::move(advice);
        plan->findings.push_back({about, std::move(finding)});
    };
    found("take-003.mp4", "四.2-a", FindingStatus::Pass, say("There is no manuscript."), {});
    found("", "四.7", FindingStatus::Warn, say("There is no manuscript."),
          say("Put it into the project's folder, or name it with --manuscript."));
    found("1.jpg", "四.8", FindingStatus::Fail, say("The picture is really as sharp as its size promises."), {});
    plan->deadlines = {{"报送", std::chrono::year(2022) / 4 / 20, 5}, {"初选", std::chrono::year(2022) / 4 / 10, -5}};
    package.state.choices = std::move(choices);
    package.state.plan = std::move(plan);
}

}  // namespace changji::test
