#include "ui/displays.hpp"

// The build without a window: says so wherever a window would be needed.
#ifndef CHANGJI_GUI

namespace changji {

DisplayList list_displays() {
    DisplayList list;
    list.problem = say("This build of the program has no window: use `changji record`.");
    return list;
}

std::string interface_font() { return {}; }

}  // namespace changji

#endif
