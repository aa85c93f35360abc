#pragma once

#include <string_view>
#include <vector>

#include "analysis/verdict.hpp"

namespace changji {

enum class RepairBy {
    Copying,   ///< packets as they are into a new file: nothing of picture and sound is lost
    Encoding,  ///< decoded and encoded again: only when a person asks for it
};

/// One fault of a file that a repaired copy would not have.
struct RepairStep {
    std::string check;  ///< of the finding
    RepairBy by = RepairBy::Copying;
    Message what;  ///< what is done
};

/// What can be put right without the original recording, and why the rest can't.
struct RepairPlan {
    std::vector<RepairStep> steps;
    Message hindrance;        ///< why nothing more is possible; empty when nothing hinders
    bool tags_bt709 = false;  ///< copying also marks the colours as limited-range BT.709

    [[nodiscard]] const RepairStep* step_for(std::string_view check) const;
    [[nodiscard]] bool has(RepairBy by) const;
};

/// Plans what brings the file nearer to what is demanded and is clearly better. Never enlarges, crops or cuts, never
/// copies damage, and takes colours as BT.709 only where the pictures don't contradict. Pure.
[[nodiscard]] RepairPlan plan_repair(const FileDemand& demand, const Evidence& evidence);

}  // namespace changji
