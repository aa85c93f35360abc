#include "ui/window/display_list.hpp"

#include <algorithm>

#include <SDL.h>

#include "ui/window/active_outputs.hpp"

namespace changji {

void name_apart(std::vector<ConnectedDisplay>& displays) {
    std::vector<std::string> given;
    for (ConnectedDisplay& display : displays) {
        const auto count = std::ranges::count(given, display.name);
        given.push_back(display.name);
        if (count > 0) display.name += " #" + std::to_string(count + 1);
    }
}

std::vector<ConnectedDisplay> connected_displays(SDL_Window* operators_window) {
    const auto active = active_outputs(operators_window);
    const int own = SDL_GetWindowDisplayIndex(operators_window);
    std::vector<ConnectedDisplay> displays;
    for (int index = 0; index < SDL_GetNumVideoDisplays(); ++index) {
        SDL_Rect bounds{};
        if (SDL_GetDisplayBounds(index, &bounds) != 0) continue;
        const auto is_this = [&](const OutputArea& area) {
            return area.x_px == bounds.x && area.y_px == bounds.y && area.width_px == bounds.w &&
                   area.height_px == bounds.h;
        };
        // The operator's is there: somebody looks at it. Scaled desktops count other pixels than the server.
        if (index != own && active && std::ranges::none_of(*active, is_this)) continue;
        SDL_DisplayMode mode{};
        const bool known = SDL_GetCurrentDisplayMode(index, &mode) == 0 && mode.refresh_rate > 0;
        const char* const name = SDL_GetDisplayName(index);
        displays.push_back({name ? name : std::to_string(index + 1), bounds.x, bounds.y, bounds.w, bounds.h,
                            known ? mode.refresh_rate : 60, index == own});
    }
    name_apart(displays);
    return displays;
}

}  // namespace changji
