#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ui/check/check_lines.hpp"
#include "ui/check/file_check.hpp"
#include "ui/check/file_list.hpp"
#include "ui/check/file_repair.hpp"

namespace changji {

struct CheckRunOptions {
    CheckDepth depth = CheckDepth::Full;
    std::filesystem::path person_model;
    std::filesystem::path fix_folder;  ///< repaired copies go here; empty: none are made
    MayEncode may_encode = MayEncode::No;
    unsigned jobs = 0;       ///< files at a time; 0: as many as cores and memory allow
    bool stills = false;     ///< a small picture of each file is wanted
    std::string basis_more;  ///< what else the answers rest on: a digest of the preset, the language
    CheckJournal* journal = nullptr;
    const std::atomic<bool>* cancelled = nullptr;
};

/// What comes out of one file: its line (see check_line) and what a person is told of it.
struct CheckedLine {
    std::string line;
    std::string still_jpeg;  ///< empty: none
    bool resumed = false;    ///< from the journal: not checked again
};

struct CheckRunSinks {
    std::function<void(double share)> on_progress;     ///< any thread, one at a time; by size, not by number
    std::function<void(const CheckedLine&)> on_done;   ///< as soon as a file is done; one at a time
    std::function<void(const CheckedLine&)> in_order;  ///< in the order of the list; one at a time
};

/// Checks many files, several at a time; none stops the run. Memory depends on how many run side by side, not on how
/// many there are. Returns the journal's trouble, if any: the run goes on without it.
[[nodiscard]] Status run_checks(const std::vector<ListedFile>& files, const Preset& preset,
                                const CheckRunOptions& options, const CheckRunSinks& sinks);

}  // namespace changji
