#pragma once

#include <SDL.h>
#include <string>

namespace changji {

/// As ui/window/commands names it; empty for a modifier alone.
[[nodiscard]] std::string key_name(const SDL_Keysym& key);

/// ImGui sees a key or a button only if it is still down when a frame is drawn; on a slow machine it may be let go by
/// then. True for events after which one is to be drawn at once.
[[nodiscard]] bool needs_a_frame(const SDL_Event& event);

}  // namespace changji
