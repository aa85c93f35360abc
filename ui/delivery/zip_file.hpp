#pragma once

#include <filesystem>
#include <functional>

#include "capture/types/result.hpp"

namespace changji {

/// Packs every file of `folder` into the new file `zip`, under the folder's own name: texts deflated, videos and photos
/// as they are. Streams, so that memory stays the same whatever the size; names are UTF-8. Every entry is then read
/// back and compared with its file, byte by byte. Never replaces a file. `may_go_on` is asked often and may wait; false
/// breaks it off. Io, DiskFull, Corrupt, EndOfStream (broken off); then there is no `zip`.
[[nodiscard]] Status zip_folder(const std::filesystem::path& folder, const std::filesystem::path& zip,
                                const std::function<bool()>& may_go_on = {});

}  // namespace changji
