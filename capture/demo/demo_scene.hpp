#pragma once

#include "capture/source.hpp"

namespace changji {

/// Changes the scene's light, clutter and noise from the next frame and block on; any thread. `audio` may be
/// null. No effect on sources of another kind.
void adjust_demo_scene(VideoSource& video, AudioSource* audio, const DemoSettings& settings);

}  // namespace changji
