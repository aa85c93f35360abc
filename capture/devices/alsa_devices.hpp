#pragma once

// The sound cards the kernel knows. Internal to capture/.

#include <filesystem>
#include <string>
#include <vector>

namespace changji {

struct AlsaDevice {
    std::string device;       ///< ALSA's name for it: "plughw:CARD=PCH,DEV=0"
    std::string description;  ///< "ALC256 Analog"
};

/// Every hardware capture device, read from the kernel's own list: that never waits and leaves out the
/// plugins of ALSA's configuration, which are no microphones.
[[nodiscard]] std::vector<AlsaDevice> alsa_capture_devices(const std::filesystem::path& asound = "/proc/asound");

}  // namespace changji
