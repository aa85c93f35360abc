#include "analysis/judging/advice.hpp"
#include "analysis/judging/checks.hpp"

#include <algorithm>
#include <cmath>

namespace changji {
namespace {

/// Silence of both channels this long is no pause in speech.
constexpr double silence_is_a_fault_s = 10.0;

double total_s(const std::vector<Stretch>& spans) {
    double sum = 0.0;
    for (const Stretch& span : spans) sum += span.to_s - span.from_s;
    return sum;
}

/// A channel that was dead at any time is a fault, whatever the median says; a quiet room is not.
std::optional<double> judged_dead_channel(const TakeLog& log) {
    const auto time_in = [&](double state) {
        return total_s(log.spans(Measure::SoundDeadChannel,
                                 [&](double value) { return std::lround(value) == std::lround(state); }));
    };
    const double alive = time_in(0), left = time_in(1), right = time_in(2), both = time_in(3);
    if (alive + left + right + both <= 0.0) return std::nullopt;
    if (both >= silence_is_a_fault_s || (both > 0.0 && alive + left + right <= 0.0)) return 3.0;
    if (left > 0.0 || right > 0.0) return left >= right ? 1.0 : 2.0;
    return 0.0;
}

std::vector<Stretch> spans_outside(Measure measure, const MeterLimit& limit, const TakeLog& log) {
    // A whole-take measure's rows are running values: where they stood outside says nothing of that moment.
    if (info(measure).over == Over::Take) return log.events_of(measure);
    return log.spans(measure, [&](double value) { return status_of(value, limit) != FindingStatus::Pass; });
}

/// Judges the log of one take or file.
class LogJudge {
public:
    LogJudge(const Preset& preset, const TakeLog& log)
        : log_(log), judged_(judged_values(log)), circumstances_{preset, judged_} {}

    void judge(Measure measure, const MeterLimit& limit, Finding& finding) const {
        const auto value = judged_[measure];
        if (!value) {
            finding.message = reason_absent(measure);
            if (measure == Measure::LightFaceLuma) judge_without_face(limit, finding);
            if (measure == Measure::PictureFocus && judged_[Measure::PictureFaceDetail]) {
                finding.status = FindingStatus::Pass;
                finding.message = say("There is nothing on the background that could be sharper than the face.");
            }
            return;
        }
        finding.status = status_of(*value, limit);
        finding.value = value_text(measure, *value);
        finding.spans = spans_outside(measure, limit, log_);
        finding.message = describe(finding, measure, limit);
        finding.advice = advice_for(measure, *value, limit, circumstances_);
    }
    [[nodiscard]] bool knows(Measure measure) const { return judged_[measure].has_value(); }

private:
    [[nodiscard]] Message describe(const Finding& finding, Measure measure, const MeterLimit& limit) const;
    [[nodiscard]] bool is_estimated(Measure measure) const;
    void judge_without_face(const MeterLimit& limit, Finding& finding) const;

    const TakeLog& log_;
    Readings judged_;
    Circumstances circumstances_;
};

bool LogJudge::is_estimated(Measure measure) const {
    const bool by_gate = measure == Measure::SoundNoiseFloor || measure == Measure::SoundSpeechToNoise;
    return by_gate && judged_[Measure::SoundNoiseEstimated].value_or(0.0) > 0.0;
}

Message LogJudge::describe(const Finding& finding, Measure measure, const MeterLimit& limit) const {
    if (is_estimated(measure)) {
        return finding.status == FindingStatus::Pass
                   ? say("Within the limit, by an estimate: nobody paused long enough to hear the room alone.")
                   : say("Outside the limit, by an estimate: nobody paused long enough to hear the room alone.");
    }
    if (finding.status == FindingStatus::Pass) {
        if (!finding.spans.empty() && info(measure).over == Over::Time) {
            return say("Within the limit over the take as a whole; outside it for {0} s.",
                       std::to_string(std::lround(std::max(1.0, total_s(finding.spans)))));
        }
        return say("Within the limit.");
    }
    if (limit.severity == Severity::Advises) return say("Outside the recommended range; this is advice only.");
    if (limit.provisional) return say("Outside the limit, which rests on this program's own experience.");
    return say("Outside the limit.");
}

/// Without a face, the middle of the picture tells at least that there is no light: it can fail, never pass.
void LogJudge::judge_without_face(const MeterLimit& limit, Finding& finding) const {
    const auto picture = judged_[Measure::LightPictureLuma];
    if (!picture || status_of(*picture, limit) == FindingStatus::Pass) return;
    finding.status = status_of(*picture, limit);
    finding.value = value_text(Measure::LightPictureLuma, *picture);
    finding.spans = spans_outside(Measure::LightPictureLuma, limit, log_);
    finding.message = say("No face was found; the middle of the picture is outside the limit for faces.");
    finding.advice = advice_for(Measure::LightPictureLuma, *picture, limit, circumstances_);
}

void judge_missing_sound(const MeterLimit& limit, bool own_take, Finding& finding) {
    finding.status = limit.severity == Severity::Advises ? FindingStatus::Warn : FindingStatus::Fail;
    finding.message = own_take ? say("The take was recorded without a microphone, so it has no sound.")
                               : say("The file has no sound.");
    finding.advice = say("Choose a microphone and record again.");
}

}  // namespace

Readings judged_values(const TakeLog& log) {
    Readings judged;
    for (const MeasureSummary& summary : log.summarise()) judged.set(summary.measure, summary.judged());
    judged.set(Measure::SoundDeadChannel, judged_dead_channel(log));
    return judged;
}

void check_meters(const Preset& preset, const Evidence& evidence, std::vector<Finding>& findings) {
    std::optional<LogJudge> judge;
    if (evidence.log && !evidence.log->rows().empty()) judge.emplace(preset, *evidence.log);
    for (const MeterLimit& limit : preset.meters) {
        Finding finding;
        finding.clause = limit.clause;
        finding.check = limit.measure;
        finding.limit = limit_text(limit);
        const MeasureInfo* const measure = find_measure(limit.measure);
        if (!measure) {
            finding.message = say("This version of the program does not measure {0}.", limit.measure);
        } else if (evidence.no_microphone && limit.measure.starts_with("sound.")) {
            judge_missing_sound(limit, evidence.own_take, finding);
        } else if (evidence.no_picture && !limit.measure.starts_with("sound.")) {
            finding.message = say("The file has no picture, so this could not be measured.");
        } else if (judge) {
            // Nothing is drawn into our own takes; what a camera may have drawn is only looked for where it shows.
            if (measure->measure == Measure::BackgroundOverlay && evidence.own_take &&
                !judge->knows(measure->measure)) {
                continue;
            }
            judge->judge(measure->measure, limit, finding);
        } else if (!evidence.not_metered.empty()) {
            finding.message = evidence.not_metered;
        } else if (evidence.own_take) {
            finding.message = say("The record of the meters is missing, so light, background and sound are not known.");
        } else {
            finding.message =
                say("Light, background and sound are measured while recording; for a finished file use "
                    "“changji measure”.");
        }
        findings.push_back(std::move(finding));
    }
}

}  // namespace changji
