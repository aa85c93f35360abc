#include "ui/file_content.hpp"

#include <fstream>
#include <sstream>

namespace changji {

std::optional<std::string> content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();  // bad when reading fails; an empty file only fails
    if (!stream.is_open() || content.bad()) return std::nullopt;
    return std::move(content).str();
}

}  // namespace changji
