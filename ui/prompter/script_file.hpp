#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "capture/types/result.hpp"

namespace changji {

/// The text of a .txt or .md file as UTF-8 with '\n': in whatever encoding decode_text() reads; and of a .docx, .odt or
/// .pdf, a paragraph a line. Io when it can't be read; InvalidConfig when a text file is larger than 1 MB, a document's
/// text is, or it is no text; else as read_document.
[[nodiscard]] Result<std::string> read_script_file(const std::filesystem::path& file);

/// Keeps `text` as PROJECT/scripts/script-YYYYMMDD-HHMMSS.txt, unless the newest version says the same. Returns that
/// version's path. Errors as write_file_atomically.
[[nodiscard]] Result<std::filesystem::path> keep_script_version(const std::filesystem::path& project_folder,
                                                                std::string_view text);
/// Versions kept in a project, newest first.
[[nodiscard]] std::vector<std::filesystem::path> script_versions(const std::filesystem::path& project_folder);

}  // namespace changji
