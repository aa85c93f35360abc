#include "analysis/checks.hpp"

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

std::optional<double> judged_value(Measure measure, const TakeLog& log, const std::vector<MeasureSummary>& summaries) {
    if (measure == Measure::SoundDeadChannel) return judged_dead_channel(log);
    const auto found = std::find_if(summaries.begin(), summaries.end(),
                                    [&](const MeasureSummary& summary) { return summary.measure == measure; });
    return found == summaries.end() ? std::nullopt : found->judged();
}

std::vector<Stretch> spans_outside(Measure measure, const MeterLimit& limit, const TakeLog& log) {
    // A whole-take measure's rows are running values: where they stood outside says nothing of that moment.
    if (info(measure).over == Over::Take) return {};
    return log.spans(measure, [&](double value) { return status_of(value, limit) != FindingStatus::Pass; });
}

Message describe(const Finding& finding, const MeterLimit& limit) {
    if (finding.status == FindingStatus::Pass) {
        if (!finding.spans.empty()) {
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
void judge_without_face(const MeterLimit& limit, const TakeLog& log, const std::vector<MeasureSummary>& summaries,
                        Finding& finding) {
    const auto picture = judged_value(Measure::LightPictureLuma, log, summaries);
    if (!picture || status_of(*picture, limit) == FindingStatus::Pass) return;
    finding.status = status_of(*picture, limit);
    finding.value = value_text(Measure::LightPictureLuma, *picture);
    finding.spans = spans_outside(Measure::LightPictureLuma, limit, log);
    finding.message = say("No face was found; the middle of the picture is outside the limit for faces.");
    finding.advice = advice_for(Measure::LightPictureLuma, *picture, limit);
}

void judge_log(Measure measure, const MeterLimit& limit, const TakeLog& log,
               const std::vector<MeasureSummary>& summaries, Finding& finding) {
    const auto value = judged_value(measure, log, summaries);
    if (!value) {
        finding.message = reason_absent(measure);
        if (measure == Measure::LightFaceLuma) judge_without_face(limit, log, summaries, finding);
        return;
    }
    finding.status = status_of(*value, limit);
    finding.value = value_text(measure, *value);
    finding.spans = spans_outside(measure, limit, log);
    finding.message = describe(finding, limit);
    finding.advice = advice_for(measure, *value, limit);
}

void judge_missing_sound(const MeterLimit& limit, Finding& finding) {
    finding.status = limit.severity == Severity::Advises ? FindingStatus::Warn : FindingStatus::Fail;
    finding.message = say("The take was recorded without a microphone, so it has no sound.");
    finding.advice = say("Choose a microphone and record again.");
}

}  // namespace

void check_meters(const Preset& preset, const Evidence& evidence, std::vector<Finding>& findings) {
    const auto summaries = evidence.log ? evidence.log->summarise() : std::vector<MeasureSummary>();
    for (const MeterLimit& limit : preset.meters) {
        Finding finding;
        finding.clause = limit.clause;
        finding.check = limit.measure;
        finding.limit = limit_text(limit);
        const MeasureInfo* const measure = find_measure(limit.measure);
        if (!measure) {
            finding.message = say("This version of the program does not measure {0}.", limit.measure);
        } else if (evidence.no_microphone && limit.measure.starts_with("sound.")) {
            judge_missing_sound(limit, finding);
        } else if (evidence.log && !evidence.log->rows().empty()) {
            judge_log(measure->measure, limit, *evidence.log, summaries, finding);
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
