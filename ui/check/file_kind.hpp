#pragma once

#include <filesystem>

namespace changji {

/// What a file is taken for when a folder is checked.
enum class FileKind {
    Other,  ///< nothing that is handed in
    Video,
    Sound,
    Photo,
    Manuscript,  ///< Word, PDF, text
};

/// By the ending of its name; by its first bytes where the ending says nothing. Other for unfinished takes
/// (`.part.`), for folders and for what can't be opened.
[[nodiscard]] FileKind kind_of(const std::filesystem::path& file);

}  // namespace changji
