#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analysis/verdict.hpp"
#include "capture/recorder.hpp"
#include "capture/takes.hpp"
#include "ui/project/marks.hpp"
#include "ui/project/project.hpp"

namespace changji {

/// Everything one take's report says. What is absent was not known, and is absent in the file too.
struct TakeReport {
    std::string preset;
    Verdict verdict;
    int take = 0;
    std::string file;
    std::string sha256;
    std::string started_at;  ///< ISO 8601 with offset
    double duration_s = 0.0;
    Slate slate;
    std::optional<MediaFacts> media;
    std::optional<EncoderChoice> encoder;
    std::string encoder_chosen;  ///< "user", "preflight" or "default"
    std::optional<Losses> losses;
    std::vector<MeasureSummary> measures;
    Readings reference;  ///< the crew's own, which measures are compared with; empty: none
    std::vector<Mark> marks;
    Message problem;  ///< why there is no finished file; empty otherwise
};

/// The report as JSON (`changji.take/1`), its sentences in the language in use; one document, ends with a newline.
[[nodiscard]] std::string take_report_json(const TakeReport& report);

/// One file that `check` looked at. A file that can't be read has an error, and a verdict that fails.
struct CheckedFile {
    std::string file;
    Verdict verdict;
    std::optional<MediaFacts> media;
    std::vector<MeasureSummary> measures;  ///< of `measure`; empty for `check`
    std::optional<Error> error;
};
/// One of the `files` of that document.
[[nodiscard]] std::string checked_file_json(const CheckedFile& checked);
/// `changji.check/1`.
[[nodiscard]] std::string check_report_json(const std::string& preset, const std::vector<CheckedFile>& files);

/// What a report that was written earlier says was lost; none when there is no report or it doesn't say.
[[nodiscard]] std::optional<Losses> stored_losses(const std::filesystem::path& report_file);

/// What a list of takes needs of a report that was written earlier.
struct TakeSummary {
    int number = 0;
    std::optional<VerdictStatus> verdict;
    std::string verdict_id;  ///< "pass", "warn", "fail"; empty without a report
    std::string started_at;
    double duration_s = 0.0;
    bool unfinished = false;  ///< only fragments are there: recording now, or left by a crash
    Message problem;          ///< why there is no verdict; empty otherwise
};
[[nodiscard]] std::vector<TakeSummary> summarise_takes(const std::filesystem::path& takes_folder);

/// Now, or `age` ago, as ISO 8601 in local time with offset.
[[nodiscard]] std::string wall_time(std::chrono::seconds age = std::chrono::seconds{0});

}  // namespace changji
