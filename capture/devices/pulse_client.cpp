#include "capture/devices/pulse_client.hpp"

#include <algorithm>

namespace changji {
namespace {
using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct SourceList {
    std::vector<PulseSource> sources;
    std::string default_source;
    int open_questions = 2;
};

void on_source(pa_context*, const pa_source_info* info, int last, void* user) {
    auto& answer = *static_cast<SourceList*>(user);
    if (last != 0) {
        --answer.open_questions;
        return;
    }
    answer.sources.push_back(to_pulse_source(*info));
}

void on_server(pa_context*, const pa_server_info* info, void* user) {
    auto& answer = *static_cast<SourceList*>(user);
    if (info && info->default_source_name) answer.default_source = info->default_source_name;
    --answer.open_questions;
}

}  // namespace

PulseSource to_pulse_source(const pa_source_info& info) {
    PulseSource source;
    source.name = info.name;
    source.description = info.description ? info.description : info.name;
    source.index = info.index;
    source.is_monitor = info.monitor_of_sink != PA_INVALID_INDEX;
    source.is_muted = info.mute != 0;
    source.is_turned_down = pa_cvolume_is_muted(&info.volume) != 0;
    source.is_unplugged = info.active_port && info.active_port->available == PA_PORT_AVAILABLE_NO;
    source.sample_rate_hz = static_cast<int>(info.sample_spec.rate);
    source.channels = info.sample_spec.channels;
    return source;
}

Message silence_of(const PulseSource& source) {
    if (source.is_unplugged) {
        return say("Nothing is plugged into {0}: plug the microphone in, or choose another one.", source.description);
    }
    if (source.is_muted) {
        return say("The microphone {0} is muted: unmute it in the system's sound settings or with its own switch.",
                   source.description);
    }
    if (source.is_turned_down) {
        return say("The microphone {0} is turned down to nothing: turn it up in the system's sound settings.",
                   source.description);
    }
    return {};
}

Error no_sound_server() {
    return {ErrorKind::DeviceNotFound, say("No sound server answers: start PulseAudio or PipeWire (\"pactl "
                                           "info\" shows whether one runs), or "
                                           "name an ALSA microphone (\"alsa:NAME\").")};
}

PulseClient::PulseClient()
    : loop_(pa_mainloop_new()), context_(pa_context_new(pa_mainloop_get_api(loop_.get()), "changji")) {}

Result<PulseClient> PulseClient::connect(milliseconds patience) {
    PulseClient client;
    if (pa_context_connect(client.context(), nullptr, PA_CONTEXT_NOAUTOSPAWN, nullptr) < 0) return no_sound_server();
    const bool ready =
        client.wait(patience, [&client] { return pa_context_get_state(client.context()) == PA_CONTEXT_READY; });
    if (!ready) return no_sound_server();
    return client;
}

bool PulseClient::step(milliseconds pause) {
    if (pa_mainloop_prepare(loop_.get(), static_cast<int>(pause.count()) * 1000) < 0 ||
        pa_mainloop_poll(loop_.get()) < 0 || pa_mainloop_dispatch(loop_.get()) < 0) {
        return false;
    }
    return PA_CONTEXT_IS_GOOD(pa_context_get_state(context()));
}

bool PulseClient::wait(milliseconds patience, const std::function<bool()>& done) {
    const auto deadline = steady_clock::now() + patience;
    while (!done()) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
        if (left <= milliseconds::zero() || !step(std::min(left, milliseconds(50)))) return false;
    }
    return true;
}

Result<std::vector<PulseSource>> PulseClient::sources(milliseconds patience) {
    SourceList answer;
    const PulseOperation list(pa_context_get_source_info_list(context(), on_source, &answer));
    const PulseOperation server(pa_context_get_server_info(context(), on_server, &answer));
    if (!list || !server || !wait(patience, [&answer] { return answer.open_questions == 0; })) {
        return Error{ErrorKind::DeviceLost,
                     say("The sound server does not answer: restart it (systemctl --user restart pipewire-pulse, or "
                         "pulseaudio --kill), then try again.")};
    }
    for (PulseSource& source : answer.sources) source.is_default = source.name == answer.default_source;
    return std::move(answer.sources);
}

}  // namespace changji
