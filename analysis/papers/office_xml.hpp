#pragma once

#include <string>
#include <string_view>

#include "capture/types/result.hpp"

namespace changji {

/// Text of XML parts, paragraphs as lines, cells of a table as lines of their own. Deleted text of tracked changes,
/// hidden text, comments, field codes and the second copy of text boxes (for old programs) are left out, as in a word
/// processor's count. Parts with a document type are refused: entities could grow without bound, and no word processor
/// writes one. Nesting is followed 200 deep. Corrupt when the XML is not well-formed.
[[nodiscard]] Result<std::string> text_of_word_xml(std::string_view xml);
[[nodiscard]] Result<std::string> text_of_odf_xml(std::string_view xml);

/// The main part of a Word document by its relations ("word/document.xml"); that name when they don't tell.
[[nodiscard]] std::string main_part_of(std::string_view relations_xml);
/// True when an OpenDocument's manifest says that parts are encrypted.
[[nodiscard]] bool tells_encryption(std::string_view manifest_xml);

}  // namespace changji
