#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "ui/window/choice.hpp"

namespace changji {

/// What the package screen asks for.
struct TogglePackage {};
struct ChooseInterview {
    int take = 0;  ///< 0: the best
};
/// A take's number, another project's folder, or empty: the best here.
struct ChooseMessage {
    std::string wish;
};
struct ChooseManuscript {
    std::filesystem::path file;  ///< empty: the only one in the project
};
/// Typed or dropped: a manuscript, a photo, a folder of photos, or the project of the message clip.
struct NameFile {
    std::string typed;
};
struct ForgetPhoto {
    std::size_t index = 0;  ///< of those that were named
};
struct ToggleZip {};
struct ToggleLocation {};
/// Whether what was found about a clause is shown.
struct UnfoldClause {
    std::string clause;
};
/// Where a clause fails, the first asks, the second does it.
struct StartPackage {};
struct StopPackage {};

using PackageActions = std::variant<TogglePackage, ChooseInterview, ChooseMessage, ChooseManuscript, NameFile,
                                    ForgetPhoto, ToggleZip, ToggleLocation, UnfoldClause, StartPackage, StopPackage>;
using PackageAction = Choice<PackageActions>;

}  // namespace changji
