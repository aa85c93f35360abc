#pragma once

#include <string>
#include <vector>

struct SDL_Window;

namespace changji {

/// A display that is connected and switched on.
struct ConnectedDisplay {
    std::string name;  ///< a second one of the same name has " #2" behind it
    int x_px = 0, y_px = 0, width_px = 0, height_px = 0;
    int rate_hz = 60;
    bool operators = false;  ///< the window of the operator is on it

    friend bool operator==(const ConnectedDisplay&, const ConnectedDisplay&) = default;
};

/// As SDL knows them, in its order, without those that the X server has switched off meanwhile. Asks the server: about
/// once a second, not every frame.
[[nodiscard]] std::vector<ConnectedDisplay> connected_displays(SDL_Window* operators_window);
/// Gives displays of the same name names apart.
void name_apart(std::vector<ConnectedDisplay>& displays);

}  // namespace changji
