#pragma once

#include <filesystem>
#include <string>

#include "capture/types/result.hpp"

namespace changji {

/// The browser that prints, as found in PATH: Chromium or Chrome; empty when there is none.
[[nodiscard]] std::string pdf_printer();

/// Prints a page from this disk as PDF, with a browser that shows no window, keeps nothing and has no profile of the
/// user's. DeviceNotFound with the remedy when there is none; Io when it fails or takes longer than a minute: then
/// `pdf` is not touched.
[[nodiscard]] Status print_pdf(const std::filesystem::path& html, const std::filesystem::path& pdf);

}  // namespace changji
