#pragma once

namespace changji {

/// The contract's exit codes.
enum ExitCode : int {
    exit_done = 0,
    exit_clause_failed = 1,     ///< `check`, or `record --strict`: at least one clause failed
    exit_wrong_input = 2,       ///< wrong usage, unreadable input, bad preset; nothing was recorded
    exit_recording_failed = 3,  ///< a device or the disk failed; the take is saved as far as it went
};

/// The whole program behind main(): reads the command line, chooses the language, runs one command.
[[nodiscard]] int run_command_line(int argc, char** argv);

}  // namespace changji
