#include "capture/devices.hpp"
#include "capture/devices/alsa_devices.hpp"
#include "capture/devices/pulse_client.hpp"

namespace changji {

std::vector<MicrophoneDevice> list_microphones() {
    using namespace std::chrono_literals;
    std::vector<MicrophoneDevice> microphones;
    if (auto client = PulseClient::connect(1s)) {
        if (const auto sources = client->sources(800ms)) {
            for (const PulseSource& source : *sources) {
                microphones.push_back(
                    {"pulse:" + source.name, source.description, source.is_default, source.is_monitor, {}});
            }
        }
    }
    for (const AlsaDevice& device : alsa_capture_devices()) {
        microphones.push_back({"alsa:" + device.device, device.description, false, false, {}});
    }
    return microphones;
}

}  // namespace changji
