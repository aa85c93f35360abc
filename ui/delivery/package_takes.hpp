#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analysis/verdict.hpp"
#include "capture/types/result.hpp"
#include "ui/project/project.hpp"

namespace changji {

/// A finished take as its report describes it.
struct ReportedTake {
    int number = 0;
    std::filesystem::path video, report;
    std::string preset;
    VerdictStatus verdict = VerdictStatus::Fail;
    std::string rating;  ///< "good", "reserve", "no" or empty
    std::string sha256;
    double duration_s = 0.0;
    Slate slate;
    std::vector<Finding> findings;  ///< sentences in the language the report was written in
};

/// Every take with a finished file and a readable report, in order of number.
[[nodiscard]] std::vector<ReportedTake> reported_takes(const std::filesystem::path& takes_folder);

/// The take to send in among those of that preset: the best rated ("good", then unrated, then "reserve"; "no" never),
/// of these the best verdict, of these the newest. Null when there is none.
[[nodiscard]] const ReportedTake* best_take(const std::vector<ReportedTake>& takes, const std::string& preset);

/// The report without what the crew wrote for itself: rating and note. Empty when it can't be read.
[[nodiscard]] std::string report_to_send(const std::filesystem::path& report, const std::string& file_name);

}  // namespace changji
