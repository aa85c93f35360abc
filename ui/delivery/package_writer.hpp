#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "ui/delivery/package.hpp"
#include "ui/delivery/package_report.hpp"

namespace changji {

struct PackageOptions {
    std::filesystem::path to;                       ///< the folder in which the package's own folder is made
    bool zip = false;                               ///< one file beside it as well
    bool forced = false;                            ///< a failed clause was told and is sent in all the same
    std::function<void(double share)> on_progress;  ///< 0..1 of the bytes to copy; the zip follows
    std::function<bool()> may_go_on;  ///< asked often; may wait, for a take that is being recorded; false breaks it off
};

struct WrittenPackage {
    std::filesystem::path folder;
    std::filesystem::path zip;  ///< empty without one
    std::vector<PackedFile> files;
};

/// Copies everything into a hidden folder beside the final one, each copy read back from the disk, and gives it its
/// name when it is whole: NAME, or NAME-2, NAME-3 where that exists. Nothing is ever replaced, and an error leaves
/// nothing behind. A take whose file isn't what its report says (SHA-256) is never sent in, forced or not: Corrupt.
/// Other errors: DiskFull, Io, EndOfStream (broken off), and what without_location says.
[[nodiscard]] Result<WrittenPackage> write_package(const PackagePlan& plan, const PackageOptions& options);

}  // namespace changji
