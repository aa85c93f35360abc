#include "analysis/judging/advice.hpp"
#include "analysis/judging/checks.hpp"
#include "analysis/picture/light_meter.hpp"
#include "analysis/reference.hpp"

#include <algorithm>
#include <string_view>

namespace changji {
namespace {

std::string_view prefix_of(Aspect aspect) {
    switch (aspect) {
        case Aspect::Light: return "light.";
        case Aspect::Background: return "background.";
        case Aspect::Sound: return "sound.";
        case Aspect::Picture: return "picture.";
    }
    return "";
}

/// How loud the speaker is just now swings too much to be watched, and the station levels it again.
bool is_watched(Measure measure) {
    return measure != Measure::SoundMomentary && measure != Measure::SoundShortTerm &&
           measure != Measure::SoundLoudness;
}

/// The measure that stands for its aspect while all is well; without it nothing is called well.
Measure primary_of(Aspect aspect) {
    switch (aspect) {
        case Aspect::Light: return Measure::LightFaceLuma;
        case Aspect::Background: return Measure::BackgroundClutter;
        case Aspect::Sound: return Measure::SoundNoiseFloor;
        case Aspect::Picture: return Measure::PictureFrozen;
    }
    return Measure::Count;
}

LiveMeter read_one(Aspect aspect, Measure measure, double value, const MeterLimit& limit,
                   const Circumstances& circumstances) {
    LiveMeter meter;
    meter.aspect = aspect;
    meter.status = status_of(value, limit);
    meter.measure = measure;
    meter.value = value_text(measure, value);
    meter.limit = limit_text(limit);
    meter.fraction = badness(value, limit);
    meter.advice = advice_for(measure, value, limit, circumstances);
    return meter;
}

/// The middle of the picture in place of the face: it can be found wanting, never good.
LiveMeter read_without_face(double picture_luma, const MeterLimit& limit, const Circumstances& circumstances) {
    LiveMeter meter = read_one(Aspect::Light, Measure::LightPictureLuma, picture_luma, limit, circumstances);
    if (meter.status == FindingStatus::Pass) {
        meter.status = FindingStatus::Unmeasured;
        meter.advice =
            say("No face found, the middle of the picture is measured: sit facing the camera, a step closer.");
    } else if (limit.pass_max && picture_luma > *limit.pass_max) {
        meter.advice =
            say("No face found, and the picture is very bright: turn the light down and sit facing the camera.");
    } else {
        meter.advice = say("No face found, and the picture is dark: turn the light up and sit facing the camera.");
    }
    return meter;
}

Message waiting(Aspect aspect, const Readings& readings) {
    switch (aspect) {
        case Aspect::Light: return say("Waiting for a picture…");
        case Aspect::Background:
            if (!readings[Measure::LightPictureLuma]) return say("Waiting for a picture…");
            return too_dark_for_background(readings)
                       ? say("Too dark to judge the background: set the light first.")
                       : say("Too little background in the picture: move the camera back a little.");
        case Aspect::Sound: return say("Listening… say a few sentences as in the interview.");
        case Aspect::Picture: return say("Waiting for a picture…");
    }
    return {};
}

bool is_worse(const LiveMeter& a, const LiveMeter& b) {
    return std::pair(a.status, a.fraction) > std::pair(b.status, b.fraction);
}

LiveMeter worst_now(Aspect aspect, const Preset& preset, const Readings& readings) {
    const Circumstances circumstances{preset, readings};
    std::optional<LiveMeter> worst;
    const auto consider = [&](LiveMeter meter) {
        if (!worst || is_worse(meter, *worst)) worst = std::move(meter);
    };
    bool limited = false;
    for (const MeterLimit& limit : preset.meters) {
        const MeasureInfo* const measure = find_measure(limit.measure);
        if (!measure || !limit.measure.starts_with(prefix_of(aspect)) || !is_watched(measure->measure)) continue;
        // Advice is for the report: nobody is alarmed by it while the camera runs.
        if (aspect == Aspect::Picture && limit.severity == Severity::Advises) continue;
        limited = true;
        if (const auto value = readings[measure->measure]) {
            consider(read_one(aspect, measure->measure, *value, limit, circumstances));
        } else if (const auto picture = readings[Measure::LightPictureLuma];
                   picture && measure->measure == Measure::LightFaceLuma) {
            consider(read_without_face(*picture, limit, circumstances));
        }
    }
    if (worst && worst->status != FindingStatus::Pass) return *worst;
    const Measure primary = primary_of(aspect);
    const MeterLimit* const limit = preset.find_meter(info(primary).id);
    if (!limit && worst) return *worst;
    if (limit && readings[primary]) return read_one(aspect, primary, *readings[primary], *limit, circumstances);
    LiveMeter meter;
    meter.aspect = aspect;
    meter.advice = limited ? waiting(aspect, readings) : say("The preset sets no limits here.");
    return meter;
}

}  // namespace

std::array<LiveMeter, 3> live_meters(const Preset& preset, const Readings& readings, const Readings& reference) {
    std::array meters{worst_now(Aspect::Light, preset, readings), worst_now(Aspect::Background, preset, readings),
                      worst_now(Aspect::Sound, preset, readings)};
    for (LiveMeter& meter : meters) {
        if (!meter.measure || !readings[*meter.measure]) continue;
        meter.distance = distance_text(*meter.measure, *readings[*meter.measure], reference);
    }
    return meters;
}

std::optional<LiveMeter> picture_trouble(const Preset& preset, const Readings& readings) {
    LiveMeter worst = worst_now(Aspect::Picture, preset, readings);
    const bool trouble = worst.status == FindingStatus::Fail || worst.status == FindingStatus::Warn;
    return trouble ? std::optional(std::move(worst)) : std::nullopt;
}

}  // namespace changji
