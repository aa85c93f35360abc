#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "analysis/verdict.hpp"
#include "ui/project/report.hpp"

namespace changji {

/// Long enough for the opening line's first words.
inline constexpr std::chrono::seconds trial_length{5};

/// What a trial showed.
struct TrialResult {
    VerdictStatus status = VerdictStatus::Warn;
    std::vector<Finding> open;        ///< what isn't a pass, the worst first
    std::array<LiveMeter, 3> meters;  ///< light, background, sound, as the trial had them
    std::filesystem::path video;      ///< to be looked at and listened to; empty when there is none
    Message problem;                  ///< why there is no file; empty otherwise
};

/// A few seconds recorded like a take, to be judged at once: nothing that is handed in.
struct Trial {
    double elapsed_s = 0.0;
    std::optional<TrialResult> result;  ///< none: still recording, or being judged
};

/// What can be said after a few seconds: without the length, without what people enter and confirm, and without the
/// measures that need more time (lamp flicker, the room's hum and rumble) where they had too little.
[[nodiscard]] TrialResult trial_result(const TakeReport& report, const Preset& preset);

/// PROJECT/trial: apart from the takes, whose numbers don't count it.
[[nodiscard]] std::filesystem::path trial_folder(const std::filesystem::path& project_folder);
/// Takes away what a trial that broke off left there.
void clear_trials(const std::filesystem::path& folder);
/// `recorded` becomes trial.mp4 in its folder, in place of an earlier one. Its path then, or where it stayed.
[[nodiscard]] std::filesystem::path keep_trial(const std::filesystem::path& recorded);

}  // namespace changji
