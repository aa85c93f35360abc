#pragma once

#include <vector>

#include "presets/preset.hpp"
#include "ui/project/project.hpp"
#include "ui/project/report.hpp"

namespace changji {

/// What became of one unfinished take.
struct RescuedTake {
    int number = 0;
    std::optional<TakeReport> report;  ///< present when the take was made whole again
    Message message;                   ///< what was rescued, or why nothing could be
};

/// Finishes every take in the project that a crash or power cut left as fragments. Takes that another program is
/// recording now are left alone. Nothing that holds picture or sound is ever deleted.
[[nodiscard]] std::vector<RescuedTake> rescue_takes(const Project& project, const Preset& preset);

}  // namespace changji
