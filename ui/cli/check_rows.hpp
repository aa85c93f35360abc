#pragma once

// What `check` says of a file on a terminal. Internal to ui/cli.

#include <string>

#include "ui/cli/command.hpp"

namespace changji {

/// One row with the verdict; below it what failed and what could be repaired, or `in_detail` every finding.
/// `file` is one file's part of `changji.check/1`.
void print_checked_file(const Json& file, bool in_detail);

/// How many files came out how.
class CheckTally {
public:
    void add(const Json& file, bool resumed);
    [[nodiscard]] int failed() const { return failed_; }
    [[nodiscard]] int unreadable() const { return unreadable_; }
    [[nodiscard]] std::string sentence() const;

private:
    int passed_ = 0, open_ = 0, failed_ = 0, unreadable_ = 0, resumed_ = 0;
};

}  // namespace changji
