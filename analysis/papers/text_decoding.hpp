#pragma once

#include <string>
#include <string_view>

#include "capture/types/result.hpp"

namespace changji {

struct DecodedText {
    std::string utf8;      ///< without byte order mark
    std::string encoding;  ///< "UTF-8", "UTF-8 (BOM)", "UTF-16LE", "UTF-16BE", "GB18030"
};

/// Reads a text file's bytes. A byte order mark decides; else what is valid UTF-8 is UTF-8; else GB18030 (of which GBK
/// and GB2312 are parts) or UTF-16 without a mark, whichever gives a text: zero bytes occur in UTF-16 alone, and where
/// there are none the reading with more common Chinese characters holds. Pure.
/// UnsupportedFormat when no encoding gives a text.
[[nodiscard]] Result<DecodedText> decode_text(std::string_view bytes);

}  // namespace changji
