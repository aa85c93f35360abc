#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "capture/types/message.hpp"

namespace changji {

struct ListedFile {
    std::filesystem::path path;
    std::filesystem::path
        below;  ///< where it lies in the folder that was named; its name alone when it was named itself
};

struct FileList {
    std::vector<ListedFile> files;                                    ///< each file once, in order
    std::vector<std::pair<std::filesystem::path, Message>> left_out;  ///< and why
};

enum class Links {
    Report,  ///< one that leads out of the folder is left out, and told
    Follow,
};

struct ListOptions {
    Links links = Links::Report;
    std::vector<std::filesystem::path> except;                 ///< folders that are not entered: our own output
    std::function<bool(const std::filesystem::path&)> wanted;  ///< asked for files found in folders, not for named ones
};

/// What the names stand for: files as they are; folders with every wanted file below them, sorted; patterns with
/// `*`, `?` and `[…]` where no file of that name exists. A link inside a folder that leads to something in it is passed
/// over, as that is found anyway; loops end, because no folder is entered twice.
[[nodiscard]] FileList list_files(const std::vector<std::string>& names, const ListOptions& options);

}  // namespace changji
