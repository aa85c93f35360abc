#include "capture/sources/microphone_kinds.hpp"
#include "capture/sources/open.hpp"
#include "capture/sources/reopening.hpp"

#include <utility>

namespace changji {

Error microphone_disconnected(const std::string& name) {
    return {ErrorKind::DeviceLost,
            say("The microphone {0} was disconnected, or its sound server ended: check the cable.", name)};
}

Error microphone_silent(const std::string& name) {
    return {ErrorKind::DeviceLost,
            say("The microphone {0} has stopped sending sound: plug it in again or restart the sound server.", name)};
}

Error microphone_suspended(const std::string& name) {
    return {ErrorKind::DeviceLost,
            say("The sound server has put the microphone {0} to sleep: plug it in again or restart the sound server.",
                name)};
}

Error microphone_switched(const std::string& name) {
    return {
        ErrorKind::DeviceLost,
        say("The sound server switched to another microphone: {0} is opened again. Leave the choice of the microphone "
            "in the sound settings as it is.",
            name)};
}

Error no_microphone() {
    return {ErrorKind::DeviceNotFound,
            say("No microphone found: plug one in, or give \"none\" to record without sound.")};
}

namespace {

Result<OpenedMicrophone> open_once(const SourceSpec& spec) {
    if (spec.kind == SourceKind::Pulse) return open_pulse_microphone(spec.target);
    if (spec.kind == SourceKind::Alsa) return open_alsa_microphone(spec.target);
    auto pulse = open_pulse_microphone("");
    if (pulse || pulse.error().kind == ErrorKind::DeviceBusy) return pulse;
    if (auto alsa = open_alsa_microphone(""); alsa || alsa.error().kind != ErrorKind::DeviceNotFound) return alsa;
    return pulse.error().kind == ErrorKind::DeviceNotFound ? no_microphone() : pulse.error();
}

}  // namespace

Result<std::unique_ptr<AudioSource>> open_microphone(const SourceSpec& spec) {
    auto opened = open_once(spec);
    if (!opened) return opened.error();
    return keep_open(std::move(opened->source), std::move(opened->open_again));
}

}  // namespace changji
