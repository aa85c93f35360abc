#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

/// One file and what a person said about it.
struct SortedFile {
    std::filesystem::path file;
    bool good = false;
    std::optional<double> rating;
};

/// A folder whose files people have sorted, in one of two ways:
///   good/ and bad/ (or pass/ and fail/, 合格/ and 不合格/; letters in either case), or
///   folders that are named by a rating, 1/ to 5/ or any other numbers: higher is better.
/// Files may lie deeper; hidden ones, and what `changji measure` left beside them, are passed over.
struct SortedFolder {
    std::vector<SortedFile> files;                ///< sorted by path; at least one good and one bad
    std::vector<std::filesystem::path> unsorted;  ///< files that lie in none of the folders
    std::optional<double> good_from;              ///< the lowest rating that counts as good; only of rated folders
};

/// Rated files are good from `good_from` on; without it, above the middle of the lowest and the highest rating.
/// Errors (InvalidConfig, Io): no such folder, another layout, `good_from` without ratings, only good or only bad
/// files.
[[nodiscard]] Result<SortedFolder> read_sorted_folder(const std::filesystem::path& folder,
                                                      std::optional<double> good_from);

}  // namespace changji
