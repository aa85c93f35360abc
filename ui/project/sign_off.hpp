#pragma once

#include "analysis/verdict.hpp"
#include "presets/preset.hpp"
#include "ui/project/report.hpp"

namespace changji {

/// What the crew entered, ticked and confirmed for a take, as a verdict needs it.
[[nodiscard]] CrewEvidence crew_evidence(const TakeReport& report);

/// The report of a take after people signed off `now.confirmed_clauses`: what only they decide is judged anew, by the
/// preset the take was judged by. A place or host that the take's slate lacks is taken from `now`.
[[nodiscard]] TakeReport signed_off(TakeReport report, const Preset& preset, const Slate& now);

}  // namespace changji
