#include "ui/window/review/audio_device.hpp"

#include <spdlog/spdlog.h>

namespace changji {

AudioDevice::AudioDevice(SDL_AudioSpec wanted) {
    initialised_ = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    wanted.format = AUDIO_F32SYS;
    if (initialised_) device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
    if (device_ == 0) {
        spdlog::debug("no sound output: {}", SDL_GetError());
        return;
    }
    SDL_PauseAudioDevice(device_, 0);
}

AudioDevice::~AudioDevice() {
    if (device_ != 0) SDL_CloseAudioDevice(device_);
    if (initialised_) SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

bool AudioDevice::works() const { return device_ != 0 && SDL_GetAudioDeviceStatus(device_) == SDL_AUDIO_PLAYING; }

}  // namespace changji
