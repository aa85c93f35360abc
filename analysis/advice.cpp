#include "analysis/checks.hpp"
#include "analysis/verdict.hpp"

namespace changji {
namespace {

Message light_advice(Measure measure, bool too_high, bool fails) {
    switch (measure) {
        case Measure::LightFaceLuma:
        case Measure::LightPictureLuma:
            if (too_high) {
                return fails ? say("The face is too bright: move the key light away or turn it down.")
                             : say("The face is a little bright: turn the key light down slightly.");
            }
            return fails ? say("The face is too dark: move the key light closer or turn it up.")
                         : say("The face is a little dark: turn the key light up slightly.");
        case Measure::LightKeyFillRatio:
            return fails ? say("One half of the face lies in the dark: soften the lamp with white cloth and "
                               "put a second "
                               "lamp on the dark side.")
                         : say("One half of the face is darker: put a white board or a weak lamp on that "
                               "side.");
        case Measure::LightBacklight:
            return fails ? say("Strong light comes from behind: close the curtain or turn the seats so that "
                               "the window is "
                               "in front of the guest.")
                         : say("The background is brighter than the face: dim it, or add light from the "
                               "front.");
        case Measure::LightClipped:
            return fails ? say("Large parts of the picture are burnt out: lower the exposure and keep lamps "
                               "and windows out "
                               "of the picture.")
                         : say("Some parts of the picture are burnt out: lower the exposure a little.");
        case Measure::LightCrushed:
            return fails ? say("Large parts of the picture are black: light the room, or move dark things "
                               "out of the "
                               "picture.")
                         : say("Some parts of the picture are black: add a lamp for the room.");
        case Measure::LightFaceClipped:
            return say("The skin is burnt out in places: lower the exposure, soften the lamp, or powder the face.");
        case Measure::LightFaceCrushed:
            return say("Parts of the face are black: add a lamp from the front, at eye level.");
        case Measure::LightContrast:
            return too_high ? say("The light is very hard: soften it, or light the dark parts of the room.")
                            : say("The picture looks flat: put the key light to one side of the camera.");
        case Measure::LightColourCast:
            return say(
                "The picture has a colour cast: set the camera's white balance on a white sheet, and use "
                "lamps of "
                "one kind only.");
        default: return {};
    }
}

Message dead_channel_advice(double value) {
    if (value >= 2.5)
        return say("No sound arrives: check that the microphone is on, plugged in and not muted, then speak.");
    if (value >= 1.5) return say("The right channel is silent: check its cable, or set the microphone to mono.");
    return say("The left channel is silent: check its cable, or set the microphone to mono.");
}

Message sound_advice(Measure measure, double value, bool too_high, bool fails) {
    switch (measure) {
        case Measure::SoundMomentary:
        case Measure::SoundShortTerm:
        case Measure::SoundLoudness:
            return too_high ? say("The sound is louder than usual: turn the microphone's level down.")
                            : say("The sound is quieter than usual: turn the microphone's level up, or move "
                                  "it closer.");
        case Measure::SoundTruePeak:
            return fails ? say("The peaks go over full scale: turn the microphone's level down by half.")
                         : say("The peaks nearly reach full scale: turn the microphone's level down a little.");
        case Measure::SoundNoiseFloor:
            return fails ? say("The room is noisy: switch off fans and air conditioning, close doors and "
                               "windows, or change "
                               "the room.")
                         : say("The room can be heard: switch off what hums or blows, and close doors and "
                               "windows.");
        case Measure::SoundSpeechToNoise:
            return fails ? say("The voice drowns in the noise: bring the microphone to within 30 cm of the "
                               "mouth and make "
                               "the room quieter.")
                         : say("The voice could stand out more: bring the microphone closer to the speaker.");
        case Measure::SoundClippedRuns:
            return fails ? say("The voice is distorted: turn the microphone's level down by half and record "
                               "again.")
                         : say("Single moments are distorted: turn the microphone's level down a little.");
        case Measure::SoundDeadChannel: return dead_channel_advice(value);
        default: return {};
    }
}

}  // namespace

Message advice_for(Measure measure, double value, const MeterLimit& limit) {
    const FindingStatus status = status_of(value, limit);
    if (status == FindingStatus::Pass) return {};
    const bool too_high = limit.pass_max && value > *limit.pass_max;
    const bool fails = status == FindingStatus::Fail;
    if (measure == Measure::BackgroundClutter) {
        return fails ? say("The background is restless: take away what stands and hangs there, or choose a "
                           "plain wall.")
                     : say("The background could be calmer: take away single things, or move the guest "
                           "further from it.");
    }
    if (Message advice = light_advice(measure, too_high, fails); !advice.empty()) return advice;
    return sound_advice(measure, value, too_high, fails);
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
        case Measure::BackgroundClutter:
            return say(
                "The background could not be judged: the picture is too dark, or shows too little "
                "background.");
        case Measure::SoundSpeechToNoise:
            return say("Nobody was heard speaking for long enough to compare the voice with the noise.");
        case Measure::SoundMomentary:
        case Measure::SoundShortTerm:
        case Measure::SoundLoudness:
        case Measure::SoundTruePeak:
        case Measure::SoundNoiseFloor:
        case Measure::SoundClippedRuns:
        case Measure::SoundDeadChannel: return say("There was not enough sound to measure.");
        default: return say("No picture was measured.");
    }
}

}  // namespace changji
