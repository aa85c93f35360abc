#pragma once

#include <string>
#include <string_view>

#include "capture/types/result.hpp"

namespace changji {

/// The text of a PDF's pages, read by poppler's library in a copy of this process with bounds: 20 s of processor time,
/// 1 GiB more memory than the process has, 2000 pages, 16 MiB of text. PDF files are programs of a kind, made by
/// strangers; one that brings the reader down must not take the check of all other files with it. The library and not
/// the pdftotext program, because then it is there wherever this program runs. Empty when the pages are pictures (a
/// scan). Corrupt when it can't be read, UnsupportedFormat when it is protected by a password.
[[nodiscard]] Result<std::string> text_of_pdf(std::string_view bytes);

}  // namespace changji
