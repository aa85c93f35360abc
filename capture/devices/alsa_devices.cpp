#include "capture/devices/alsa_devices.hpp"

#include <cstdio>
#include <fstream>

namespace changji {
namespace {

std::string first_line(const std::filesystem::path& file) {
    std::string line;
    std::ifstream stream(file);
    std::getline(stream, line);
    return line;
}

}  // namespace

std::vector<AlsaDevice> alsa_capture_devices(const std::filesystem::path& asound) {
    // A line of the list: "00-02: USB Audio : USB Audio #2 : playback 1 : capture 1"
    std::vector<AlsaDevice> devices;
    std::ifstream list(asound / "pcm");
    for (std::string line; std::getline(list, line);) {
        unsigned card = 0, device = 0;
        if (line.find(": capture ") == std::string::npos) continue;
        if (std::sscanf(line.c_str(), "%u-%u:", &card, &device) != 2) continue;
        const std::string id = first_line(asound / ("card" + std::to_string(card)) / "id");
        const auto start = line.find(": ") + 2;
        devices.push_back({"plughw:CARD=" + (id.empty() ? std::to_string(card) : id) + ",DEV=" + std::to_string(device),
                           line.substr(start, line.find(" : ", start) - start)});
    }
    return devices;
}

}  // namespace changji
