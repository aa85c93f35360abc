#pragma once

#include <filesystem>
#include <string>

#include "capture/mp4/byte_file.hpp"
#include "capture/types/result.hpp"

namespace changji {

/// SHA-256 of a whole file as 64 lower-case hexadecimal digits. Io when it can't be read to its end.
[[nodiscard]] Result<std::string> sha256_of(const mp4::ByteFile& file, const std::filesystem::path& name);

}  // namespace changji
