#pragma once

#include <SDL.h>

namespace changji {

/// SDL's default sound output, playing for as long as it lives: float samples in the machine's order. Opened without
/// the window, by any thread.
class AudioDevice {
public:
    /// `wanted.format` need not be filled in. Why there is none goes to the log.
    explicit AudioDevice(SDL_AudioSpec wanted);
    ~AudioDevice();
    AudioDevice(const AudioDevice&) = delete;
    AudioDevice& operator=(const AudioDevice&) = delete;

    [[nodiscard]] SDL_AudioDeviceID id() const { return device_; }  ///< 0: none
    [[nodiscard]] bool works() const;

private:
    bool initialised_ = false;
    SDL_AudioDeviceID device_ = 0;
};

}  // namespace changji
