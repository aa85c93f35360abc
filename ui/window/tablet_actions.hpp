#pragma once

#include <string>
#include <variant>

namespace changji {

/// What the tablet panel asks for.
struct ToggleTablet {};
struct OpenTabletPage {
    std::string address;
};
struct CloseTabletPage {};
using TabletAction = std::variant<ToggleTablet, OpenTabletPage, CloseTabletPage>;

}  // namespace changji
