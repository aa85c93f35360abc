#include "ui/session/trial.hpp"

#include <algorithm>

#include "capture/takes.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

bool needs_more_time(const std::string& check) {
    return std::ranges::any_of(std::array{Measure::LightFlicker, Measure::SoundHum, Measure::SoundRumble},
                               [&](Measure measure) { return info(measure).id == check; });
}

bool can_be_judged(const Finding& finding) {
    if (finding.check == "duration" || finding.check == "clause" || finding.check.starts_with("crew.")) return false;
    return finding.status != FindingStatus::Confirm &&
           !(finding.status == FindingStatus::Unmeasured && needs_more_time(finding.check));
}

bool is_guessed(const Finding& finding, const Readings& readings) {
    const bool of_the_room =
        finding.check == info(Measure::SoundNoiseFloor).id || finding.check == info(Measure::SoundSpeechToNoise).id;
    return of_the_room && readings[Measure::SoundNoiseEstimated].value_or(0.0) > 0.0;
}

/// Where nobody paused, the quietest of the voice passes for the room. That is too loud, so a pass holds all the same;
/// anything else is no reason to close a window.
void forget_guesses(std::vector<Finding>& findings, Readings& readings) {
    const auto wrong = [&](const Finding& finding) {
        return is_guessed(finding, readings) && finding.status != FindingStatus::Pass;
    };
    const auto first = std::ranges::find_if(findings, wrong);
    if (first == findings.end()) return;
    Finding room;
    room.check = first->check;
    room.message = say("Nobody paused long enough to hear the room alone.");
    room.advice = say("Stay silent for two seconds of the test, so that the room can be heard alone.");
    std::erase_if(findings, wrong);
    findings.push_back(std::move(room));
    readings.set(Measure::SoundNoiseFloor, std::nullopt);
    readings.set(Measure::SoundSpeechToNoise, std::nullopt);
}

}  // namespace

TrialResult trial_result(const TakeReport& report, const Preset& preset) {
    TrialResult result;
    Readings readings;
    for (const MeasureSummary& summary : report.measures) readings.set(summary.measure, summary.judged());
    std::vector<Finding> findings = report.verdict.findings;
    forget_guesses(findings, readings);
    for (const Finding& finding : findings) {
        if (can_be_judged(finding) && finding.status != FindingStatus::Pass) result.open.push_back(finding);
    }
    std::ranges::stable_sort(result.open, std::ranges::greater(), &Finding::status);
    result.status = worst_of(result.open);
    result.meters = live_meters(preset, readings);
    if (!report.problem.empty()) {
        result.problem = report.problem;
        result.status = VerdictStatus::Fail;
    }
    return result;
}

fs::path trial_folder(const fs::path& project_folder) { return project_folder / "trial"; }

void clear_trials(const fs::path& folder) {
    for (const TakeFiles& files : list_takes(folder)) {
        std::error_code ignored;
        // Another program may be trying something in the same project.
        if (fs::exists(files.part, ignored) && !TakeLock::acquire(files.part)) continue;
        for (const fs::path& file : {files.part, files.video, files.report, files.meters}) fs::remove(file, ignored);
    }
}

fs::path keep_trial(const fs::path& recorded) {
    const fs::path kept = recorded.parent_path() / "trial.mp4";
    std::error_code failure;
    fs::rename(recorded, kept, failure);
    return failure ? recorded : kept;
}

}  // namespace changji
