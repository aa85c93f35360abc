#pragma once

#include <filesystem>

#include "analysis/repair_plan.hpp"
#include "capture/types/media_facts.hpp"
#include "capture/types/result.hpp"
#include "presets/preset.hpp"

namespace changji {

/// Whether a repair may decode and encode again.
enum class MayEncode { No, Yes };

/// Whether the plan has anything that may be done.
[[nodiscard]] bool is_repairable(const RepairPlan& plan, MayEncode may_encode);

/// Writes a repaired copy `to` a name that must be free; the original is only read, and the copy appears whole or not
/// at all. Where encoding is allowed and needed, one encoding does all steps; else packets are copied.
/// Io when `to` is there already or can't be written, DiskFull; UnsupportedFormat and Corrupt as of its source.
[[nodiscard]] Status repair_file(const std::filesystem::path& from, const std::filesystem::path& to,
                                 const MediaFacts& facts, const RepairPlan& plan, MayEncode may_encode,
                                 const FileDemand& demand);

}  // namespace changji
