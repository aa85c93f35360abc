#pragma once

#include <optional>
#include <string>
#include <vector>

#include "presets/preset.hpp"
#include "ui/review/review.hpp"

namespace changji {

/// One take's report as one HTML file that needs no other, no network and no script, in the language in use: verdict,
/// what is to be done with stills and sounds, charts of the meters, marks, losses, every clause, the file and its
/// checksum. Prints on A4. `preset` gives clauses their words and charts their limits; null: without them.
[[nodiscard]] std::string html_report(const ReviewedTake& take, const Preset* preset);

/// A project's takes: totals, the best one and why, one row a take.
struct ReviewedProject {
    std::string name;
    Slate slate;
    std::vector<ListedTake> takes;
    std::optional<Suggestion> best;
};
[[nodiscard]] std::string html_report(const ReviewedProject& project, const Preset* preset);

/// A whole page around `body`; `title` is plain text.
[[nodiscard]] std::string html_page(const std::string& title, const std::string& body);

}  // namespace changji
