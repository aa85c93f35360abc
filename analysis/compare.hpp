#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/verdict.hpp"

namespace changji {

/// What is compared of one take.
struct ComparedTake {
    int number = 0;
    Verdict verdict;
    Readings values;     ///< of each measure the number that was judged
    int crew_rates = 0;  ///< 1: good, 0: nothing said or in reserve, −1: not to be used
};

/// Which of two is better.
enum class Better { Neither, First, Second };

/// One check of a clause in both takes. A check that one take lacks is Unmeasured there.
struct ComparedCheck {
    std::string clause;
    std::string check;
    Better better = Better::Neither;
    FindingStatus first = FindingStatus::Unmeasured, second = FindingStatus::Unmeasured;
    std::string first_value, second_value;  ///< as shown; may be empty
};

/// Check by check, in the first take's order. The better status is better; of two measures with one status the one that
/// lies further inside its limits is, if by more than `noticeable` of the scale (a pass range is 1/3 long).
[[nodiscard]] std::vector<ComparedCheck> compare(const ComparedTake& first, const ComparedTake& second,
                                                 const Preset& preset);
inline constexpr double noticeable = 0.05;

/// The take to send in, and why, in order of weight.
struct Suggestion {
    std::size_t take = 0;  ///< index of the best
    std::vector<Message> reasons;
};
/// What decides: that it isn't refused by the crew, that it fails nothing, what the crew rates good, fewer failures,
/// fewer warnings, fewer open points, how far the measures lie inside their limits, and last the later take. None
/// without takes.
[[nodiscard]] std::optional<Suggestion> suggest(std::span<const ComparedTake> takes, const Preset& preset);

}  // namespace changji
