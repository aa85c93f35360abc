#include "ui/review/review_material.hpp"

#include <algorithm>
#include <numeric>

#include "capture/take_lock.hpp"
#include "ui/language/language.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

/// Meters that end so much before the take are worth a word.
constexpr double meters_may_lack_s = 2.0;
constexpr double around_the_worst_s = 0.5;

void find_film(ReviewMaterial& material) {
    const TakeFiles& files = material.files;
    // While a take is finished both are there for a moment; then the finished one is whole.
    for (const auto& [file, film] : {std::pair(files.video, Film::Finished), std::pair(files.part, Film::Fragments)}) {
        const FileMark mark = mark_of(file);
        if (!mark.is_there()) continue;
        material.film = film;
        material.film_file = file;
        material.film_mark = mark;
        return;
    }
}

void tell_of_the_film(ReviewMaterial& material) {
    const StoredReport& stored = material.take.stored;
    if (material.film == Film::None) {
        material.problems.push_back(say("The take's film is not there: it was moved or deleted."));
        return;
    }
    if (material.film == Film::Fragments || material.in_work) {
        material.problems.push_back(
            stored.state == ReportState::Whole
                ? say("This take is not finished: it can be played as far as it goes. The next start finishes it.")
                : say("The take is being finished, or a crash left it: it can be played, the verdict comes later."));
        return;
    }
    const auto& media = stored.report.media;
    if (media && media->size_bytes > 0 && media->size_bytes != material.film_mark.stamp.size_bytes) {
        material.problems.push_back(
            say("The film is not the one the report speaks of: it was replaced or changed after the take."));
    }
}

void tell_of_the_meters(ReviewMaterial& material) {
    if (!mark_of(material.files.meters).is_there()) {
        material.problems.push_back(say("The meters file is missing: there are no curves."));
        return;
    }
    const double end_s = material.timeline.end_s();
    if (material.film == Film::Finished && end_s + meters_may_lack_s < material.take.stored.report.duration_s) {
        material.problems.push_back(say("The meters file ends at {0}, before the take does.", clock_text(end_s)));
    }
}

/// Names of the findings of a status, the worst first; the rest as a number.
std::string names_of(const std::vector<Finding>& findings, const std::vector<std::size_t>& order, std::size_t most) {
    std::string names;
    std::size_t shown = 0, count = 0;
    std::vector<std::string> told;
    for (const std::size_t at : order) {
        const std::string name = name_for_check(findings[at].check);
        if (std::ranges::find(told, name) != told.end()) continue;
        told.push_back(name);
        ++count;
        if (shown == most) continue;
        if (shown++ > 0) names += tr(", ");
        names += name;
    }
    if (count == shown) return names;
    return fill_fields(tr("{0} and {1} more points"), {names, std::to_string(count - shown)});
}

std::vector<std::size_t> by_severity(const std::vector<Finding>& findings) {
    std::vector<std::size_t> order(findings.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t at) { return findings[at].status; });
    return order;
}

}  // namespace

ReviewMaterial load_material(const TakeFiles& files) {
    ReviewMaterial material;
    material.files = files;
    material.take = read_review(files);
    material.timeline = MeterTimeline(material.take.log);
    const StoredReport& stored = material.take.stored;
    material.duration_s = stored.report.duration_s > 0.0 ? stored.report.duration_s : material.timeline.end_s();
    material.order = by_severity(stored.report.verdict.findings);
    find_film(material);
    // Between a finished film and its report whoever makes them holds the take.
    material.in_work =
        stored.state == ReportState::Missing && material.film != Film::None && TakeLock::is_held(material.film_file);
    tell_of_the_film(material);
    if (stored.state != ReportState::Whole && material.film != Film::Fragments && !material.in_work) {
        material.problems.push_back(stored.problem);
    }
    tell_of_the_meters(material);
    return material;
}

std::string headline_of(const StoredReport& stored, bool to_come) {
    if (!stored.verdict) {
        return to_come ? tr("Being finished: the verdict comes in a moment") : tr("No verdict");
    }
    const auto& findings = stored.report.verdict.findings;
    const auto at_least = [&](FindingStatus least) {
        std::vector<std::size_t> found;
        for (const std::size_t at : by_severity(findings)) {
            if (findings[at].status >= least && findings[at].status != FindingStatus::Pass) found.push_back(at);
        }
        return found;
    };
    switch (*stored.verdict) {
        case VerdictStatus::Pass: return tr("Can be sent in");
        case VerdictStatus::Warn: {
            const std::string names = names_of(findings, at_least(FindingStatus::Confirm), 2);
            if (names.empty()) break;
            return fill_fields(tr("Can be sent in once this is settled: {0}"), {names});
        }
        case VerdictStatus::Fail: {
            const std::string names = names_of(findings, at_least(FindingStatus::Fail), 2);
            if (names.empty()) return tr("Can't be sent in: there is no finished film");
            return fill_fields(tr("Can't be sent in: {0}"), {names});
        }
    }
    return sentence_for(*stored.verdict);
}

std::vector<Stretch> places_of(const Finding& finding) {
    if (!finding.spans.empty()) return finding.spans;
    if (!finding.worst_s) return {};
    return {{std::max(0.0, *finding.worst_s - around_the_worst_s), *finding.worst_s + around_the_worst_s}};
}

}  // namespace changji
