#pragma once

// The kinds of microphone behind open_microphone(). Internal to capture/.

#include "capture/source.hpp"
#include "capture/types/result.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace changji {

/// No sound for so long means that the microphone is lost (just before keep_open() would say so in fewer words); the
/// first sound may take longer.
inline constexpr std::chrono::milliseconds longest_sound_silence{450};
inline constexpr std::chrono::milliseconds longest_wait_for_first_sound{2000};

/// A microphone, and what opens the very same one again after it was lost. Either tells its loss once and is then to be
/// destroyed: keep_open() makes a source of both.
struct OpenedMicrophone {
    std::unique_ptr<AudioSource> source;
    std::function<Result<std::unique_ptr<AudioSource>>()> open_again;
};

/// A source of the Pulse server: the default one that is no monitor when `wanted` is empty, else by its name
/// or a part of its name or description, true microphones before monitors.
[[nodiscard]] Result<OpenedMicrophone> open_pulse_microphone(const std::string& wanted);

/// An ALSA capture device: by a part of its description, else the name is left to ALSA ("default", "hw:1").
/// The first hardware device when `wanted` is empty.
[[nodiscard]] Result<OpenedMicrophone> open_alsa_microphone(const std::string& wanted);

[[nodiscard]] Error microphone_disconnected(const std::string& name);
[[nodiscard]] Error microphone_silent(const std::string& name);
[[nodiscard]] Error microphone_suspended(const std::string& name);
[[nodiscard]] Error microphone_switched(const std::string& name);
[[nodiscard]] Error no_microphone();

}  // namespace changji
