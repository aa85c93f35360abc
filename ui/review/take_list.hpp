#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ui/review/review.hpp"

namespace changji {

/// Which takes of a list are wanted; what isn't set admits all.
struct TakeFilter {
    std::string search;  ///< every word of it occurs in slate, note, file name or date; case of A to Z doesn't matter
    std::optional<VerdictStatus> verdict;
    std::optional<Rating> rating;
};
[[nodiscard]] std::vector<ListedTake> filtered(const std::vector<ListedTake>& takes, const TakeFilter& filter);

struct TakeTotals {
    int takes = 0;
    double duration_s = 0.0;
    std::int64_t size_bytes = 0;
    int pass = 0, warn = 0, fail = 0, unjudged = 0;
    int good = 0;  ///< rated so by the crew
};
[[nodiscard]] TakeTotals totals_of(const std::vector<ListedTake>& takes);
/// One sentence in the language in use.
[[nodiscard]] std::string totals_text(const TakeTotals& totals);

/// Why a take has no verdict; empty where it has one.
[[nodiscard]] Message problem_of(const ListedTake& take);
/// The rating in a word, in the language in use; empty for none.
[[nodiscard]] const char* rating_label(Rating rating);

/// One row a take after a row of names, RFC 4180, UTF-8 with a byte order mark, for spreadsheets. A cell that a
/// spreadsheet would take for a formula begins with an apostrophe.
[[nodiscard]] std::string takes_csv(const std::vector<ListedTake>& takes);

}  // namespace changji
