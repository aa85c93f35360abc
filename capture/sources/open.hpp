#pragma once

// The kinds of source behind open_sources(). Internal to capture/.

#include <memory>

#include "capture/source.hpp"

namespace changji {

enum class WantSound { No, Yes };

/// A media file, URL or `lavfi:` graph.
[[nodiscard]] Result<Sources> open_media(const SourceSpec& spec, WantSound want_sound);
/// Only the sound of a media file, URL or `lavfi:` graph.
[[nodiscard]] Result<std::unique_ptr<AudioSource>> open_media_sound(const SourceSpec& spec);

/// A V4L2 camera by path or (part of) its name; Auto picks the best there is that opens (DeviceNotFound: none). It is
/// known to send pictures, has the spec's controls set and is reopened by itself whenever it comes back. `note` says
/// what is not as it should be.
[[nodiscard]] Result<Sources> open_camera(const SourceSpec& spec);
/// A PulseAudio or ALSA microphone; Auto picks the default one that is no monitor (DeviceNotFound: none).
[[nodiscard]] Result<std::unique_ptr<AudioSource>> open_microphone(const SourceSpec& spec);

/// The built-in scene.
[[nodiscard]] Sources open_demo(const DemoSettings& settings, WantSound want_sound);
/// Only the scene's speech and room noise.
[[nodiscard]] std::unique_ptr<AudioSource> open_demo_sound(const DemoSettings& settings);

}  // namespace changji
