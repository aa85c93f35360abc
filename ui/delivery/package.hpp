#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/verdict.hpp"
#include "capture/types/result.hpp"
#include "presets/preset.hpp"
#include "ui/delivery/package_takes.hpp"
#include "ui/project/project.hpp"
#include "ui/project/report.hpp"

namespace changji {

/// What the person asked for; what is left out is chosen.
struct PackageRequest {
    Project project;
    Preset preset;
    std::optional<Preset> message_preset;       ///< of the second clip, where the preset names one
    int interview = 0;                          ///< a take's number; 0: the best
    std::string message;                        ///< a take's number, or another project's folder; empty: the best here
    std::filesystem::path manuscript;           ///< empty: the only one in the project's folder
    std::vector<std::filesystem::path> photos;  ///< files and folders; empty: PROJECT/photos, PROJECT/照片
    bool remove_location = false;
    std::function<CheckedFile(const std::filesystem::path&)> check_photo;  ///< for who remembers; empty: checked anew
};

/// What there is to choose from.
struct PackageChoices {
    std::vector<ReportedTake> interviews, messages;  ///< made by the one preset and the other
    std::vector<std::filesystem::path> manuscripts, photos;
};
[[nodiscard]] PackageChoices package_choices(const PackageRequest& request);

enum class PackageRole { Interview, Message, Manuscript, Photo };

/// One file that is sent in.
struct PackageItem {
    PackageRole role = PackageRole::Interview;
    std::filesystem::path source;
    std::string name;              ///< in the package, with ending
    std::string sha256;            ///< as the take's report says it was recorded; empty: not known before
    std::filesystem::path report;  ///< of a take; empty otherwise
    VerdictStatus verdict = VerdictStatus::Warn;
};

/// A finding and what it is about: "take-001.mp4", "文稿.docx"; empty for the delivery as a whole.
struct PackageFinding {
    std::string about;
    Finding finding;
};

struct DeadlineLeft {
    std::string name;
    std::chrono::year_month_day date;
    int days = 0;  ///< left; below 0 it is over
};

/// Everything that is known before the first byte is copied.
struct PackagePlan {
    std::string preset;
    std::string folder_name;
    Slate slate;
    std::vector<PackageItem> items;
    std::vector<Clause> clauses;           ///< of the preset, and the message clip's own
    std::vector<PackageFinding> findings;  ///< each names one of the clauses
    std::vector<DeadlineLeft> deadlines;
    std::int64_t total_bytes = 0;
    std::int64_t mail_limit_bytes = 0;  ///< 0: not known
    bool remove_location = false;
    VerdictStatus verdict = VerdictStatus::Fail;
};

/// Chooses takes, manuscript and photos, reads the papers and photos, and holds all against the preset, clause by
/// clause. `today` decides what is left of the deadlines. InvalidConfig when what was named isn't there (a take, a
/// project), or can't be chosen (two manuscripts); what is missing altogether is a finding that fails.
[[nodiscard]] Result<PackagePlan> plan_package(const PackageRequest& request, std::chrono::year_month_day today);

[[nodiscard]] bool exceeds_mail(const PackagePlan& plan);
[[nodiscard]] std::string date_text(std::chrono::year_month_day date);  ///< "2022-04-15"
[[nodiscard]] std::chrono::year_month_day local_today();

/// The worst finding of a clause; none when nothing was found about it.
[[nodiscard]] std::optional<FindingStatus> status_of_clause(const PackagePlan& plan, const std::string& clause);

}  // namespace changji
