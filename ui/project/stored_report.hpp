#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "presets/preset.hpp"
#include "ui/project/report.hpp"

namespace changji {

/// What became of a report on the disk.
enum class ReportState {
    Whole,
    Missing,
    Unreadable,  ///< it is there and can't be read
    Broken,      ///< half written, or no JSON
    Foreign,     ///< JSON, but no take's report, or one of a later kind
};

/// What the crew thinks of a take, whatever the verdict.
enum class Rating { None, Good, Reserve, No };
[[nodiscard]] std::string_view rating_id(Rating rating);  ///< "good", "reserve", "no"; empty for none
[[nodiscard]] std::optional<Rating> parse_rating(std::string_view id);

/// A take's report read back. What a file doesn't say, or says in a form that can't be, is absent; where `state` isn't
/// Whole everything is. Findings speak the language in use where the report holds their ids, else the one it was
/// written in.
struct StoredReport {
    ReportState state = ReportState::Missing;
    Message problem;                       ///< why there is nothing; empty when Whole
    std::optional<VerdictStatus> verdict;  ///< absent where the file says none of the three
    TakeReport report;                     ///< its marks in order of time; kinds that nobody knows are left out
    Rating rating = Rating::None;
    std::string note;
};
[[nodiscard]] StoredReport read_report(const std::filesystem::path& report_file);

/// `report_json`, about to be written over `report_file`, with the rating and note that people gave the take there.
[[nodiscard]] std::string with_remarks_of(const std::filesystem::path& report_file, std::string report_json);

/// What people change in a report that was written; the rest of the file stays as it is, unknown keys too.
struct ReportEdit {
    std::optional<Rating> rating;
    std::optional<std::string> note;
};
/// Rewrites a take's report atomically. DeviceBusy while the take is recorded or finished by anybody; InvalidConfig
/// where there is no whole report to change (the message says what there is instead); Io or DiskFull: nothing changed.
[[nodiscard]] Status edit_report(const TakeFiles& files, const ReportEdit& edit);

/// What people decide of a take, changed after it was made.
struct CrewEdit {
    std::optional<Mark> topic;                          ///< ticked at that moment, or taken back where it is ticked
    std::optional<std::vector<std::string>> confirmed;  ///< all clauses that are signed off now
};
/// Rewrites a take's report as edit_report() does: what only people decide is judged anew, by the preset the take was
/// judged by, and the verdict with it. Errors as there.
[[nodiscard]] Status edit_crew_part(const TakeFiles& files, const CrewEdit& edit, const Preset& preset);

}  // namespace changji
