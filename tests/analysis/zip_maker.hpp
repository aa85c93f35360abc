#pragma once

#include <string>
#include <utility>
#include <vector>

namespace changji::test {

using ZipParts = std::vector<std::pair<std::string, std::string>>;

/// A zip file's bytes: parts by name and content, deflated.
[[nodiscard]] std::string zip_of(const ZipParts& parts);
/// A Word document whose body holds `body_xml`; `more` parts beside it.
[[nodiscard]] std::string docx_of(const std::string& body_xml, ZipParts more = {});
/// An OpenDocument text.
[[nodiscard]] std::string odt_of(const std::string& text_xml);
/// `text` as one paragraph of Word's XML.
[[nodiscard]] std::string word_paragraph(const std::string& text);
/// A PDF file of one page that says `text` (UTF-8), by a font that isn't embedded.
[[nodiscard]] std::string pdf_of(const std::string& text);

}  // namespace changji::test
