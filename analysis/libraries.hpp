#pragma once

#include <vector>

#include "capture/types/library_version.hpp"

namespace changji {

/// The libraries that this room works with.
[[nodiscard]] std::vector<LibraryVersion> analysis_libraries();

}  // namespace changji
