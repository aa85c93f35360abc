#pragma once

#include <string>

namespace changji {

/// A library in use, as loaded, for reports of faults.
struct LibraryVersion {
    std::string name;
    std::string version;
};

}  // namespace changji
