#include "analysis/judging/advice.hpp"

namespace changji {
namespace {

/// White noise reads 5, traffic and voices below 0. Nothing is judged by it: it only says where the noise comes from.
constexpr double hisses_above_db = 2.0;

Message dead_channel_advice(double value) {
    if (value >= 2.5)
        return say("No sound arrives: check that the microphone is on, plugged in and not muted, then speak.");
    if (value >= 1.5) return say("The right channel is silent: check its cable, or set the microphone to mono.");
    return say("The left channel is silent: check its cable, or set the microphone to mono.");
}

Message hum_advice() {
    return say(
        "The mains hums: keep the microphone's cable away from power cables and adaptors, and run the laptop on "
        "its battery.");
}

Message hiss_advice() { return say("The microphone hisses: bring it closer to the mouth and turn its level down."); }

Message rumble_advice() {
    return say(
        "It rumbles (traffic, wind, steps): close the windows, take the microphone off the table, and switch its "
        "low-cut on.");
}

/// What the noise is made of tells where it comes from.
Message noise_advice(const Offence& offence, const Circumstances& circumstances) {
    if (circumstances.too_high(Measure::SoundHum)) return hum_advice();
    if (circumstances.too_high(Measure::SoundRumble)) return rumble_advice();
    if (circumstances.readings[Measure::SoundHiss].value_or(0.0) > hisses_above_db) return hiss_advice();
    return offence.fails ? say("The room is noisy: switch off fans and air conditioning, close doors and windows, or "
                               "change the room.")
                         : say("The room can be heard: switch off what hums or blows, and close doors and windows.");
}

Message quiet_voice_advice(const Offence& offence, const Circumstances& circumstances) {
    if (!circumstances.too_high(Measure::SoundNoiseFloor)) {
        return say(
            "The room is quiet enough but the voice is weak: bring the microphone to within 30 cm of the mouth.");
    }
    return offence.fails
               ? say("The voice drowns in the noise: bring the microphone to within 30 cm of the mouth and make "
                     "the room quieter.")
               : say("The voice could stand out more: bring the microphone closer to the speaker.");
}

}  // namespace

Message sound_advice(Measure measure, const Offence& offence, const Circumstances& circumstances) {
    switch (measure) {
        case Measure::SoundMomentary:
        case Measure::SoundShortTerm:
        case Measure::SoundLoudness:
            return offence.too_high
                       ? say("The sound is louder than usual: turn the microphone's level down.")
                       : say("The sound is quieter than usual: turn the microphone's level up, or move it closer.");
        case Measure::SoundTruePeak:
            return offence.fails ? say("The peaks go over full scale: turn the microphone's level down by half.")
                                 : say("The peaks nearly reach full scale: turn the microphone's level down a little.");
        case Measure::SoundNoiseFloor: return noise_advice(offence, circumstances);
        case Measure::SoundSpeechToNoise: return quiet_voice_advice(offence, circumstances);
        case Measure::SoundHum: return hum_advice();
        case Measure::SoundRumble: return rumble_advice();
        case Measure::SoundHiss: return hiss_advice();
        case Measure::SoundClippedRuns:
            return offence.fails
                       ? say("The voice is distorted: turn the microphone's level down by half and record again.")
                       : say("Single moments are distorted: turn the microphone's level down a little.");
        case Measure::SoundSuddenNoises:
            return say(
                "Something knocks, clicks or slams: keep hands off the table and keyboard, silence the telephones, "
                "and put a note on the door.");
        case Measure::SoundDropouts:
            return say(
                "Pieces of sound are missing: plug the microphone into another socket without a hub, put fresh "
                "batteries into a wireless one, and record again.");
        case Measure::SoundSilent:
            return say(
                "For a while there was no sound at all: check the microphone's switch and cable, and switch its "
                "noise gate off.");
        case Measure::SoundPhase:
            return say(
                "The two channels cancel each other: one cable is wired the wrong way round. Use one channel for "
                "both sides.");
        case Measure::SoundDeadChannel: return dead_channel_advice(offence.value);
        default: return {};
    }
}

}  // namespace changji
