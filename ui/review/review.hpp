#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/take_log.hpp"
#include "presets/preset.hpp"
#include "ui/project/project.hpp"
#include "ui/project/stored_report.hpp"

namespace changji {

/// One take in the list of a project.
struct ListedTake {
    TakeFiles files;
    StoredReport stored;
    bool unfinished = false;      ///< only fragments are there: recording now, or left by a crash
    std::int64_t size_bytes = 0;  ///< of the video or its fragments
};
/// Every take of the folder, in order of number, whatever state it is in.
[[nodiscard]] std::vector<ListedTake> read_takes(const std::filesystem::path& takes_folder);

/// Everything a take's review shows.
struct ReviewedTake {
    StoredReport stored;
    TakeLog log;  ///< empty without a meters file
    /// Stills and sounds by the name the report gives them; only files that lie in the take's own folder for evidence.
    std::map<std::string, std::string> evidence;
};
[[nodiscard]] ReviewedTake read_review(const TakeFiles& files);

/// A take as compare() and suggest() take it.
[[nodiscard]] ComparedTake compared(const ListedTake& take);
/// The best of the takes that have a whole report and a finished file, as index into `takes`.
[[nodiscard]] std::optional<Suggestion> suggest_take(const std::vector<ListedTake>& takes, const Preset& preset);

}  // namespace changji
