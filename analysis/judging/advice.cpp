#include "analysis/judging/advice.hpp"

namespace changji {

bool Circumstances::too_high(Measure measure) const {
    const auto value = readings[measure];
    const MeterLimit* const limit = preset.find_meter(info(measure).id);
    return value && limit && limit->pass_max && *value > *limit->pass_max;
}

bool Circumstances::too_low(Measure measure) const {
    const auto value = readings[measure];
    const MeterLimit* const limit = preset.find_meter(info(measure).id);
    return value && limit && limit->pass_min && *value < *limit->pass_min;
}

Message advice_for(Measure measure, double value, const MeterLimit& limit, const Circumstances& circumstances) {
    const FindingStatus status = status_of(value, limit);
    if (status == FindingStatus::Pass) return {};
    const Offence offence{value, limit.pass_max && value > *limit.pass_max, status == FindingStatus::Fail};
    for (const auto& advise : {light_advice, picture_advice, sound_advice}) {
        if (Message advice = advise(measure, offence, circumstances); !advice.empty()) return advice;
    }
    return {};
}

Message reason_absent(Measure measure) {
    switch (measure) {
        case Measure::LightFaceLuma:
        case Measure::LightKeyFillRatio:
        case Measure::LightBacklight:
        case Measure::LightFaceClipped:
        case Measure::LightFaceCrushed:
            return say("No face was found, so the light on the face could not be measured.");
        case Measure::LightColourCast: return say("The picture has too few grey areas to measure a colour cast.");
        case Measure::LightFlicker:
            return say("Flicker needs 8 s of picture at an even frame rate; there was less, or the rate was uneven.");
        case Measure::PictureNoise:
            return say("The picture has too few even areas of medium brightness to measure its noise.");
        case Measure::PictureFaceDetail:
        case Measure::PictureSharpness:
            return say("No face large enough was found, so its sharpness could not be measured.");
        case Measure::PictureFocus:
            return say("Face and background could not be compared: no face, or a background without anything on it.");
        case Measure::BackgroundClutter:
            return say("The background could not be judged: the picture is too dark, or shows too little background.");
        case Measure::BackgroundBars: return say("The picture was too short or too dark to look for black bars.");
        case Measure::BackgroundOverlay:
            return say(
                "Nothing in the picture moves but the people, so a logo can't be told from the room: look for "
                "yourself.");
        case Measure::FramingHeadroom:
        case Measure::FramingEyeLine:
        case Measure::FramingSideRoom: return say("No face was found, so the framing could not be judged.");
        case Measure::SoundSpeechToNoise:
            return say("Nobody was heard speaking for long enough to compare the voice with the noise.");
        case Measure::SoundRumble:
        case Measure::SoundHiss:
            return say("There was no pause in the speech long enough to hear what the room's noise is made of.");
        case Measure::SoundPhase: return say("The sound was too quiet to compare its two channels.");
        case Measure::SoundMomentary:
        case Measure::SoundShortTerm:
        case Measure::SoundLoudness:
        case Measure::SoundTruePeak:
        case Measure::SoundNoiseFloor:
        case Measure::SoundNoiseEstimated:
        case Measure::SoundHum:
        case Measure::SoundClippedRuns:
        case Measure::SoundSuddenNoises:
        case Measure::SoundDropouts:
        case Measure::SoundSilent:
        case Measure::SoundDeadChannel: return say("There was not enough sound to measure.");
        case Measure::LightPictureLuma:
        case Measure::LightClipped:
        case Measure::LightCrushed:
        case Measure::LightContrast:
        case Measure::PictureBlack:
        case Measure::PictureFrozen:
        case Measure::Count: break;
    }
    return say("No picture was measured.");
}

}  // namespace changji
