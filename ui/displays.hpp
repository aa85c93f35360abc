#pragma once

#include <string>
#include <vector>

#include "capture/types/message.hpp"

namespace changji {

struct Display {
    std::string name;
    int width_px = 0;
    int height_px = 0;
    int rate_hz = 0;
};
struct DisplayList {
    std::vector<Display> displays;
    std::string renderer;  ///< OpenGL's name of what draws; empty when no window can be opened
    Message problem;       ///< why there is no display or no OpenGL; empty when all is well
};
/// Opens and closes a hidden window to see what is there. Main thread only, with no window open.
[[nodiscard]] DisplayList list_displays();

/// The interface's Chinese font; empty when it is not installed.
[[nodiscard]] std::string interface_font();

}  // namespace changji
