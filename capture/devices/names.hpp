#pragma once

#include <algorithm>
#include <cctype>
#include <string_view>

namespace changji {

/// Whether `part` is a part of `name`, without regard to the case of Latin letters.
[[nodiscard]] inline bool name_contains(std::string_view name, std::string_view part) {
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    return std::search(name.begin(), name.end(), part.begin(), part.end(), same) != name.end();
}

}  // namespace changji
