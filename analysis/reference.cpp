#include "analysis/reference.hpp"

#include <algorithm>

#include "analysis/verdict.hpp"

namespace changji {
namespace {

bool can_be_matched(Measure measure) {
    switch (measure) {
        case Measure::PictureBlack:
        case Measure::PictureFrozen:
        case Measure::PictureSharpness:
        case Measure::BackgroundBars:
        case Measure::BackgroundOverlay:
        case Measure::SoundMomentary:
        case Measure::SoundClippedRuns:
        case Measure::SoundSuddenNoises:
        case Measure::SoundDropouts:
        case Measure::SoundSilent:
        case Measure::SoundDeadChannel: return false;
        default: return true;
    }
}

}  // namespace

Readings reference_of(const TakeLog& log) { return reference_of(judged_values(log)); }

Readings reference_of(const Readings& now) {
    Readings reference;
    for (const MeasureInfo& row : all_measures()) {
        if (can_be_matched(row.measure)) reference.set(row.measure, now[row.measure]);
    }
    return reference;
}

std::string distance_text(Measure measure, double value, const Readings& reference) {
    const auto wanted = reference[measure];
    if (!wanted) return {};
    std::string text = value_text(measure, value - *wanted);
    return text.starts_with('-') ? text : '+' + text;
}

Preset with_reference(Preset preset, const Readings& reference) {
    for (MeterLimit& limit : preset.meters) {
        const MeasureInfo* const measure = find_measure(limit.measure);
        if (!measure || !limit.reference_min || !limit.pass_min) continue;
        const auto wanted = reference[measure->measure];
        const double width = *limit.pass_min - limit.warn_min.value_or(*limit.pass_min);
        if (!wanted || *wanted - width / 2.0 >= *limit.pass_min) continue;
        limit.pass_min = std::max(*limit.reference_min, *wanted - width / 2.0);
        if (limit.warn_min) limit.warn_min = *limit.pass_min - width;
    }
    return preset;
}

}  // namespace changji
