#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace changji {

/// All bytes of a file; none when it can't be read.
[[nodiscard]] std::optional<std::string> content_of(const std::filesystem::path& file);

}  // namespace changji
