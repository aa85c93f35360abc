#pragma once

#include <filesystem>
#include <vector>

#include "capture/takes.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// Moves files and folders into the desktop's trash (freedesktop.org Trash specification 1.0): all of them, or none.
/// They go into the trash of their own file system, so that nothing is ever copied or removed: the user's where that
/// lies on it, else `.Trash/UID` or `.Trash-UID` at its top. Each can be put back by any desktop. Io, with what to do,
/// where there is no trash to be had; then everything stays where it was.
[[nodiscard]] Status move_to_trash(const std::vector<std::filesystem::path>& paths);

/// Everything that belongs to a take: video or fragments, report, meters, evidence, and what later versions add.
[[nodiscard]] std::vector<std::filesystem::path> all_files_of(const TakeFiles& files);

/// Moves a take into the trash. DeviceBusy while anybody records or finishes it; InvalidConfig when there is no such
/// take; else as move_to_trash().
[[nodiscard]] Status trash_take(const TakeFiles& files);

}  // namespace changji
