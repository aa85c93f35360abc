#pragma once

// The kinds of microphone behind open_microphone(). Internal to capture/.

#include "capture/source.hpp"
#include "capture/types/result.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace changji {

/// No sound for so long means that the microphone is lost.
inline constexpr std::chrono::seconds longest_sound_silence{2};

/// A source of the Pulse server: the default one that is no monitor when `wanted` is empty, else by its name
/// or a part of its name or description, true microphones before monitors.
[[nodiscard]] Result<std::unique_ptr<AudioSource>> open_pulse_microphone(const std::string& wanted);

/// An ALSA capture device: by a part of its description, else the name is left to ALSA ("default", "hw:1").
/// The first hardware device when `wanted` is empty.
[[nodiscard]] Result<std::unique_ptr<AudioSource>> open_alsa_microphone(const std::string& wanted);

[[nodiscard]] Error microphone_disconnected(const std::string& name);
[[nodiscard]] Error microphone_silent(const std::string& name);
[[nodiscard]] Error no_microphone();

}  // namespace changji
