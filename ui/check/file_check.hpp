#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>

#include "analysis/repair_plan.hpp"
#include "presets/preset.hpp"
#include "ui/check/file_kind.hpp"
#include "ui/project/report.hpp"

namespace changji {

enum class CheckDepth {
    Container,  ///< container, tags and sample tables: nothing is decoded
    Full,       ///< decoded to the end once, under all meters
};

struct FileCheckOptions {
    CheckDepth depth = CheckDepth::Full;
    int decoder_threads = 0;  ///< 0: one more than there are cores
    std::filesystem::path person_model;
    std::function<void(double share)> on_progress;  ///< 0..1; called often
    const std::atomic<bool>* cancelled = nullptr;
};

/// What was found out about one file, and what could be done about it.
struct FileCheck {
    CheckedFile checked;
    RepairPlan repair;
    bool stopped = false;  ///< cancelled before its end: says nothing
};

/// Holds one video or sound file against the preset: what the container says, what its samples, pictures and sound
/// say, and whether it decodes to its end. One that can't be read has an error and a verdict that fails; one that only
/// the meters can't measure (HDR) has their findings unmeasured, with the reason. Any thread.
[[nodiscard]] FileCheck check_media_file(const std::filesystem::path& file, const Preset& preset,
                                         const FileCheckOptions& options);

/// One file of any kind, by what checks that kind: the one place where kinds of files part ways.
[[nodiscard]] FileCheck check_file(const std::filesystem::path& file, const Preset& preset,
                                   const FileCheckOptions& options);
/// Whether a file is checked when it lies in a folder: videos, and the papers and photos that the preset demands. One
/// that is named is checked in any case.
[[nodiscard]] bool is_checked_in_folders(const std::filesystem::path& file, const Preset& preset);

}  // namespace changji
