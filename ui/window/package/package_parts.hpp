#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "ui/window/panels/panels.hpp"

namespace changji {

/// What the package screen consists of; as panels, snapshot in, action out.

/// Size, deadlines, and every clause with what was found about it.
[[nodiscard]] std::optional<Action> draw_package_checklist(const Pen& pen, const Area& area,
                                                           const PackageView& package);

[[nodiscard]] std::string megabytes(std::int64_t bytes);                    ///< "12.3"
[[nodiscard]] std::string megabytes_of(const std::filesystem::path& file);  ///< "–" where there is none

}  // namespace changji
