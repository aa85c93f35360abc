#include "capture/devices.hpp"
#include "capture/devices/alsa_devices.hpp"
#include "capture/devices/pulse_client.hpp"

#include <utility>

namespace changji {

std::vector<MicrophoneDevice> list_microphones() {
    using namespace std::chrono_literals;
    std::vector<MicrophoneDevice> microphones;
    if (auto client = PulseClient::connect(1s)) {
        if (const auto sources = client->sources(800ms)) {
            for (const PulseSource& source : *sources) {
                MicrophoneDevice microphone{"pulse:" + source.name, source.description, source.is_default,
                                            source.is_monitor, silence_of(source)};
                microphone.sample_rate_hz = source.sample_rate_hz;
                microphone.channels = source.channels;
                microphone.is_muted = source.is_muted || source.is_turned_down;
                microphones.push_back(std::move(microphone));
            }
        }
    }
    for (const AlsaDevice& device : alsa_capture_devices()) {
        microphones.push_back({"alsa:" + device.device, device.description, false, false, {}});
    }
    return microphones;
}

}  // namespace changji
