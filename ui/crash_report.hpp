#pragma once

namespace changji {

/// From now on a crash (a signal such as SIGSEGV, an exception that nobody caught) leaves
/// $XDG_STATE_HOME/changji/crash-TIME-PID.txt (~/.local/state without it): what happened, versions, and the way into
/// the code; and says so on standard error, in the language chosen by then. The program then ends as it would have. The
/// recording needs nothing of this: its fragments are on the disk.
void report_crashes(int argc, const char* const* argv);

}  // namespace changji
