#pragma once

#include <map>
#include <string>
#include <vector>

namespace changji::test {

/// The project's sources: path from the project root → text.
using SourceTree = std::map<std::string, std::string>;

/// One include that crosses a wall of the house.
struct WallCrossing {
    std::string file;
    int line = 0;
    std::string include;  ///< as written between the quotes or brackets
    std::string reason;
};

/// Which room may include what: capture and analysis never each other, presets neither, a library only the
/// room that is made to hide it; an include that brings a hidden library in through another header counts as
/// well.
[[nodiscard]] std::vector<WallCrossing> find_wall_crossings(const SourceTree& tree);

}  // namespace changji::test
