#pragma once

#include <optional>
#include <vector>

#include <SDL.h>

namespace changji {

struct OutputArea {
    int x_px = 0, y_px = 0, width_px = 0, height_px = 0;
};

/// Where the X server shows something just now. SDL learns of a display that is unplugged, but not of one that is
/// switched off, and would keep a window where nobody sees it. None: no X11, or it can't tell.
[[nodiscard]] std::optional<std::vector<OutputArea>> active_outputs(SDL_Window* window);

}  // namespace changji
