#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "capture/types/result.hpp"

namespace changji {

/// One page for the meeting that selects: a row a file with a still, its verdict, what was measured and what is wrong;
/// sorted and filtered in the browser. Everything is in the one file and nothing comes from the network; links lead to
/// the files themselves. Rows are written as they come, so the page may be as long as it likes. One thread.
class CheckOverview {
public:
    /// Io when it can't be written; InvalidConfig when `path` is there and is no such page: nothing else is replaced.
    [[nodiscard]] static Result<std::unique_ptr<CheckOverview>> open(const std::filesystem::path& path,
                                                                     const std::string& title);
    ~CheckOverview();  ///< without finish(): leaves nothing behind
    CheckOverview(const CheckOverview&) = delete;
    CheckOverview& operator=(const CheckOverview&) = delete;

    /// A file's line (check_line) and its still as JPEG; empty: none.
    void add(const std::string& line, const std::string& still_jpeg);
    /// The page takes its name when it is whole. Io, DiskFull.
    [[nodiscard]] Status finish();

private:
    CheckOverview(std::filesystem::path path, std::filesystem::path temporary);

    const std::filesystem::path path_, temporary_;
    std::ofstream out_;
    std::array<int, 3> counts_{};  ///< pass, warn, fail
    bool finished_ = false;
};

/// The page's unchanging parts: how it looks, and what sorts and filters it.
[[nodiscard]] const char* overview_style();
[[nodiscard]] const char* overview_script();

}  // namespace changji
