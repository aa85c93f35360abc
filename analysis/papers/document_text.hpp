#pragma once

#include <string>
#include <string_view>

#include "capture/types/result.hpp"

namespace changji {

enum class DocumentKind { Text, Markdown, Docx, Odt, Pdf };

/// What a manuscript says.
struct DocumentText {
    DocumentKind kind = DocumentKind::Text;
    std::string body;      ///< UTF-8; counts: paragraphs, titles, tables, text boxes, footnotes
    std::string margins;   ///< headers and footers: never counted, but a contact may stand there
    std::string encoding;  ///< of text files, as decode_text names it; else empty
};

inline constexpr std::size_t largest_document_bytes = std::size_t{64} << 20;

/// As a person names it: "Word (.docx)". Not to be translated.
[[nodiscard]] std::string_view name_of(DocumentKind kind);

/// Reads a document by its content; the name's ending only tells Markdown from plain text. Bytes in, facts out: no file
/// is opened. Errors, each with what to do: UnsupportedFormat (an old .doc, a password, no document at all), Corrupt
/// (damaged, or made to harm: see DocumentArchive), InvalidConfig (larger than 64 MiB).
[[nodiscard]] Result<DocumentText> read_document(std::string_view bytes, std::string_view file_name);

}  // namespace changji
