#pragma once

#include <string>

namespace changji {

/// "changji 0.1.0", and below it the libraries in use, a line each: what a report of a fault needs.
[[nodiscard]] std::string version_text();

}  // namespace changji
