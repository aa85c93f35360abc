#include "analysis/judging/advice.hpp"

namespace changji {
namespace {

Message dark_face_advice(const Offence& offence, const Circumstances& circumstances) {
    if (circumstances.too_high(Measure::LightBacklight)) {
        return say(
            "The face is dark because the light comes from behind: close the curtain, or turn the seats so that the "
            "window is in front of the guest.");
    }
    return offence.fails ? say("The face is too dark: move the key light closer or turn it up.")
                         : say("The face is a little dark: turn the key light up slightly.");
}

Message bright_face_advice(const Offence& offence, const Circumstances& circumstances) {
    if (circumstances.too_high(Measure::LightKeyFillRatio)) {
        return say(
            "The lamp is too hard: hang white cloth in front of it, or let it light the wall instead of the face.");
    }
    return offence.fails ? say("The face is too bright: move the key light away or turn it down.")
                         : say("The face is a little bright: turn the key light down slightly.");
}

Message burnt_out_advice(const Offence& offence, const Circumstances& circumstances) {
    if (circumstances.too_high(Measure::LightBacklight)) {
        return say(
            "What is behind the guest burns out: close the curtain, or keep the lamp and window out of the picture.");
    }
    return offence.fails
               ? say("Large parts of the picture are burnt out: lower the exposure and keep lamps and windows "
                     "out of the picture.")
               : say("Some parts of the picture are burnt out: lower the exposure a little.");
}

Message headroom_advice(const Offence& offence) {
    return offence.too_high ? say("There is much empty space above the head: tilt the camera down or move closer.")
                            : say("The head touches the upper edge: tilt the camera up or move back.");
}

Message eye_line_advice(const Offence& offence) {
    return offence.too_high ? say("The face sits low in the picture: tilt the camera down, so that the eyes lie on the "
                                  "upper third.")
                            : say("The face sits high in the picture: tilt the camera up, so that the eyes lie on the "
                                  "upper third.");
}

}  // namespace

Message light_advice(Measure measure, const Offence& offence, const Circumstances& circumstances) {
    switch (measure) {
        case Measure::LightFaceLuma:
        case Measure::LightPictureLuma:
            return offence.too_high ? bright_face_advice(offence, circumstances)
                                    : dark_face_advice(offence, circumstances);
        case Measure::LightKeyFillRatio:
            return offence.fails
                       ? say("One half of the face lies in the dark: soften the lamp with white cloth and put a "
                             "second lamp on the dark side.")
                       : say("One half of the face is darker: put a white board or a weak lamp on that side.");
        case Measure::LightBacklight:
            return offence.fails
                       ? say("Strong light comes from behind: close the curtain or turn the seats so that the "
                             "window is in front of the guest.")
                       : say("The background is brighter than the face: dim it, or add light from the front.");
        case Measure::LightClipped: return burnt_out_advice(offence, circumstances);
        case Measure::LightCrushed:
            return offence.fails
                       ? say("Large parts of the picture are black: light the room, or move dark things out of "
                             "the picture.")
                       : say("Some parts of the picture are black: add a lamp for the room.");
        case Measure::LightFaceClipped:
            return say("The skin is burnt out in places: lower the exposure, soften the lamp, or powder the face.");
        case Measure::LightFaceCrushed:
            return say("Parts of the face are black: add a lamp from the front, at eye level.");
        case Measure::LightContrast:
            return offence.too_high ? say("The light is very hard: soften it, or light the dark parts of the room.")
                                    : say("The picture looks flat: put the key light to one side of the camera.");
        case Measure::LightColourCast:
            return say(
                "The picture has a colour cast: set the camera's white balance on a white sheet, and use lamps of "
                "one kind only.");
        case Measure::LightFlicker:
            return say(
                "The lamps flicker: set the camera's shutter to 1/50 or 1/100 s and its power-line frequency to "
                "that of the mains.");
        default: return {};
    }
}

Message picture_advice(Measure measure, const Offence& offence, const Circumstances& circumstances) {
    switch (measure) {
        case Measure::PictureNoise:
            return circumstances.too_low(Measure::LightFaceLuma) || circumstances.too_low(Measure::LightPictureLuma)
                       ? say("The picture is grainy because there is too little light: add light, the camera then "
                             "amplifies less.")
                       : say("The picture is grainy: lower the camera's gain (ISO) and open the aperture, or add "
                             "light.");
        case Measure::PictureSharpness: return say("The face became blurred: focus on the eyes and lock the focus.");
        case Measure::PictureFocus:
            return say(
                "The background is sharper than the face: focus on the eyes, not on what is behind, and lock the "
                "focus.");
        case Measure::PictureBlack:
            return say(
                "The picture was black for a while: take the lens cap off, check the camera's cable, and record "
                "again.");
        case Measure::PictureFrozen:
            return say(
                "The picture stood still for a while: check the camera's cable, plug it into the computer itself, "
                "and record again.");
        case Measure::BackgroundClutter:
            return offence.fails ? say("The background is restless: take away what stands and hangs there, or choose a "
                                       "plain wall.")
                                 : say("The background could be calmer: take away single things, or move the guest "
                                       "further from it.");
        case Measure::BackgroundBars:
            return say("The picture has black bars: export it so that it fills 16:9, cropped instead of letterboxed.");
        case Measure::BackgroundOverlay:
            return say(
                "Something stands still in the picture like a logo or a caption: export without it, and switch "
                "off the camera's own display on its output.");
        case Measure::FramingHeadroom: return headroom_advice(offence);
        case Measure::FramingEyeLine: return eye_line_advice(offence);
        case Measure::FramingSideRoom:
            return say("Somebody sits at the edge of the picture: turn the camera, or move the seats closer together.");
        default: return {};
    }
}

}  // namespace changji
