#pragma once

#include <string>

#include "ui/window/choice.hpp"

namespace changji {

/// What the tablet panel asks for.
struct ToggleTablet {};
struct OpenTabletPage {
    std::string address;
};
struct CloseTabletPage {};
using TabletActions = std::variant<ToggleTablet, OpenTabletPage, CloseTabletPage>;
using TabletAction = Choice<TabletActions>;

}  // namespace changji
