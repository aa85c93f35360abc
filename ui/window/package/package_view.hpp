#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "ui/delivery/package_desk.hpp"

namespace changji {

/// What the package screen remembers between frames: what was chosen, and how far it is.
struct PackageView {
    PackageState state;             ///< of this frame
    std::filesystem::path project;  ///< that the choices below are about
    int interview = 0;              ///< a take's number; 0: the best
    std::string message;            ///< as PackageRequest has it
    std::filesystem::path manuscript;
    std::vector<std::filesystem::path> photos;  ///< that were named; empty: the project's own
    std::string typed, to;                      ///< the fields
    bool zip = false;
    bool remove_location = false;
    bool asked_to_force = false;                ///< a clause fails, and it was pressed once
    std::set<std::string> turned;               ///< clauses unfolded or folded by hand
    std::vector<std::filesystem::path> recent;  ///< other projects, where the message clip may lie
};

}  // namespace changji
