#pragma once

#include <span>
#include <string_view>

namespace changji {

/// A file of ui/tablet/page as it is compiled into the program.
struct PageFile {
    std::string_view name;
    std::string_view content;
};
[[nodiscard]] std::span<const PageFile> page_files();

}  // namespace changji
