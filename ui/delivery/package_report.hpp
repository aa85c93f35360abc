#pragma once

#include <string>
#include <vector>

#include "capture/verified_copy.hpp"
#include "ui/delivery/package.hpp"

namespace changji {

/// A file as it lies in the package.
struct PackedFile {
    std::string name;
    std::string role;    ///< "interview", "message", "manuscript", "photo", "report", "checklist", "manifest"
    std::string source;  ///< the file's name where it comes from; empty for what was made
    CopiedFile content;
    bool location_removed = false;
};

/// `changji.package/1`, one document with a newline at its end. `folder` and `zip` are empty where there are none;
/// `forced`: put together although a clause fails.
[[nodiscard]] std::string package_json(const PackagePlan& plan, const std::vector<PackedFile>& files,
                                       const std::string& folder, const std::string& zip, bool forced);

/// The checklist for people, clause by clause, in the language in use.
[[nodiscard]] std::string package_checklist(const PackagePlan& plan, const std::vector<PackedFile>& files);

/// As `sha256sum` writes and checks it: every file but this one.
[[nodiscard]] std::string sha256_sums(const std::vector<PackedFile>& files);

[[nodiscard]] const char* role_id(PackageRole role);

}  // namespace changji
