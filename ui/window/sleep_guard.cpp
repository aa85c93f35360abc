#include "ui/window/sleep_guard.hpp"

#include <SDL.h>

namespace changji {

// SDL holds the screen awake from the moment it opens, unless it is told not to.
SleepGuard::SleepGuard() { SDL_EnableScreenSaver(); }

void SleepGuard::keep_awake(bool recording) {
    if (recording == awake_) return;
    awake_ = recording;
    if (recording) {
        SDL_DisableScreenSaver();
    } else {
        SDL_EnableScreenSaver();
    }
}

}  // namespace changji
