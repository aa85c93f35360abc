#include "analysis/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/judging/checks.hpp"

namespace changji {
namespace {

const Finding* find(const Verdict& verdict, const Finding& like) {
    const auto found = std::ranges::find_if(verdict.findings, [&](const Finding& finding) {
        return finding.check == like.check && finding.clause == like.clause;
    });
    return found == verdict.findings.end() ? nullptr : &*found;
}

/// 0 best, 1 worst; none where it isn't a measure with a limit and a value.
std::optional<double> place_of(const ComparedTake& take, const std::string& check, const Preset& preset) {
    const MeasureInfo* const measure = find_measure(check);
    const MeterLimit* const limit = preset.find_meter(check);
    const auto value = measure ? take.values[measure->measure] : std::nullopt;
    return value && limit ? std::optional(badness(*value, *limit)) : std::nullopt;
}

Better better_of(const ComparedCheck& both, const ComparedTake& first, const ComparedTake& second,
                 const Preset& preset) {
    if (both.first != both.second) return both.first < both.second ? Better::First : Better::Second;
    const auto a = place_of(first, both.check, preset), b = place_of(second, both.check, preset);
    if (!a || !b || std::abs(*a - *b) <= noticeable) return Better::Neither;
    return *a < *b ? Better::First : Better::Second;
}

long count(const ComparedTake& take, FindingStatus status) {
    return std::ranges::count(take.verdict.findings, status, &Finding::status);
}

/// Smaller is better, the first that differs decides.
struct Standing {
    enum Point { Refused, Fails, NotGood, Failures, Warnings, Open, Place, points };
    std::array<double, points> at{};
};

Standing standing_of(const ComparedTake& take, const Preset& preset) {
    Standing standing;
    standing.at[Standing::Refused] = take.crew_rates < 0 ? 1 : 0;
    standing.at[Standing::Fails] = take.verdict.status == VerdictStatus::Fail ? 1 : 0;
    standing.at[Standing::NotGood] = take.crew_rates > 0 ? 0 : 1;
    standing.at[Standing::Failures] = static_cast<double>(count(take, FindingStatus::Fail));
    standing.at[Standing::Warnings] = static_cast<double>(count(take, FindingStatus::Warn));
    standing.at[Standing::Open] =
        static_cast<double>(count(take, FindingStatus::Confirm) + count(take, FindingStatus::Unmeasured));
    double sum = 0.0, measures = 0.0;
    for (const MeterLimit& limit : preset.meters) {
        if (const auto place = place_of(take, limit.measure, preset)) sum += *place, measures += 1.0;
    }
    // Differences that nobody would notice don't decide.
    standing.at[Standing::Place] = measures > 0.0 ? std::round(sum / measures / 0.01) * 0.01 : 1.0;
    return standing;
}

std::string whole(double value) { return std::to_string(std::lround(value)); }

Message reason(int point, const Standing& best, const Standing& other, int other_number) {
    const std::string mine = whole(best.at[point]), theirs = whole(other.at[point]);
    const std::string number = std::to_string(other_number);
    switch (point) {
        case Standing::Refused: return say("The crew didn't refuse it, as it did take {0}.", number);
        case Standing::Fails: return say("It fails nothing; take {0} fails.", number);
        case Standing::NotGood: return say("The crew rated it good.");
        case Standing::Failures: return say("Failed checks: {0}; of take {1}: {2}.", mine, number, theirs);
        case Standing::Warnings: return say("Warnings: {0}; of take {1}: {2}.", mine, number, theirs);
        case Standing::Open: return say("Open points: {0}; of take {1}: {2}.", mine, number, theirs);
        default: return say("Its measures lie further inside their limits than those of take {0}.", number);
    }
}

}  // namespace

std::vector<ComparedCheck> compare(const ComparedTake& first, const ComparedTake& second, const Preset& preset) {
    std::vector<ComparedCheck> all;
    const auto add = [&](const Finding* a, const Finding* b) {
        ComparedCheck both;
        both.clause = (a ? a : b)->clause;
        both.check = (a ? a : b)->check;
        if (a) both.first = a->status, both.first_value = a->value;
        if (b) both.second = b->status, both.second_value = b->value;
        both.better = better_of(both, first, second, preset);
        all.push_back(std::move(both));
    };
    for (const Finding& finding : first.verdict.findings) add(&finding, find(second.verdict, finding));
    for (const Finding& finding : second.verdict.findings) {
        if (!find(first.verdict, finding)) add(nullptr, &finding);
    }
    return all;
}

std::optional<Suggestion> suggest(std::span<const ComparedTake> takes, const Preset& preset) {
    if (takes.empty()) return std::nullopt;
    std::vector<Standing> standings;
    for (const ComparedTake& take : takes) standings.push_back(standing_of(take, preset));
    std::vector<std::size_t> order(takes.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        if (standings[a].at != standings[b].at) return standings[a].at < standings[b].at;
        return takes[a].number > takes[b].number;
    });
    Suggestion suggestion;
    suggestion.take = order.front();
    if (order.size() == 1) {
        suggestion.reasons.push_back(say("It is the only take."));
        return suggestion;
    }
    const Standing& best = standings[order[0]];
    const Standing& other = standings[order[1]];
    const int other_number = takes[order[1]].number;
    for (int point = 0; point < Standing::points; ++point) {
        if (best.at[point] < other.at[point]) suggestion.reasons.push_back(reason(point, best, other, other_number));
    }
    if (suggestion.reasons.empty()) {
        suggestion.reasons.push_back(say("It equals take {0} and is the later one.", std::to_string(other_number)));
    }
    return suggestion;
}

}  // namespace changji
