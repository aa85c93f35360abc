#include "analysis/papers/document_text.hpp"

#include <algorithm>
#include <cctype>

#include "analysis/papers/document_archive.hpp"
#include "analysis/papers/markdown_text.hpp"
#include "analysis/papers/office_xml.hpp"
#include "analysis/papers/pdf_text.hpp"
#include "analysis/papers/text_decoding.hpp"

namespace changji {
namespace {

using namespace std::string_view_literals;

constexpr int most_margins = 20;  // headers and footers of a document, three of each a section

bool ends_in(std::string_view name, std::string_view ending) {
    if (name.size() < ending.size()) return false;
    return std::equal(ending.begin(), ending.end(), name.end() - static_cast<std::ptrdiff_t>(ending.size()),
                      [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
}

Result<DocumentText> read_docx(const DocumentArchive& archive) {
    DocumentText read;
    read.kind = DocumentKind::Docx;
    std::string main = "word/document.xml";
    if (archive.holds("_rels/.rels")) {
        const auto relations = archive.part("_rels/.rels");
        if (!relations) return relations.error();
        main = main_part_of(*relations);
    }
    const std::string folder = main.substr(0, main.rfind('/') + 1);
    const auto add = [&](const std::string& name, std::string& to) -> Status {
        const auto xml = archive.part(name);
        if (!xml) return xml.error();
        auto text = text_of_word_xml(*xml);
        if (!text) return text.error();
        to += *text;
        return {};
    };
    if (auto added = add(main, read.body); !added) return added.error();
    for (const char* notes : {"footnotes.xml", "endnotes.xml"}) {
        if (!archive.holds(folder + notes)) continue;
        if (auto added = add(folder + notes, read.body); !added) return added.error();
    }
    for (const char* margin : {"header", "footer"}) {
        for (int i = 1; i <= most_margins; ++i) {
            const std::string name = folder + margin + std::to_string(i) + ".xml";
            if (!archive.holds(name)) continue;
            if (auto added = add(name, read.margins); !added) return added.error();
        }
    }
    return read;
}

Result<DocumentText> read_odt(const DocumentArchive& archive) {
    DocumentText read;
    read.kind = DocumentKind::Odt;
    if (archive.holds("META-INF/manifest.xml")) {
        const auto manifest = archive.part("META-INF/manifest.xml");
        if (!manifest) return manifest.error();
        if (tells_encryption(*manifest)) {
            return Error{ErrorKind::UnsupportedFormat,
                         say("The document is protected by a password: save it again without one.")};
        }
    }
    for (const auto& [name, to] : {std::pair("content.xml", &read.body), std::pair("styles.xml", &read.margins)}) {
        if (name == "styles.xml"sv && !archive.holds(name)) continue;
        const auto xml = archive.part(name);
        if (!xml) return xml.error();
        auto text = text_of_odf_xml(*xml);
        if (!text) return text.error();
        *to = *std::move(text);
    }
    return read;
}

Result<DocumentText> read_archive(std::string_view bytes) {
    const auto archive = DocumentArchive::open(bytes);
    if (!archive) return archive.error();
    if (archive->holds("[Content_Types].xml")) {
        if (archive->holds("word/document.xml") || archive->holds("_rels/.rels")) return read_docx(*archive);
    } else if (archive->holds("content.xml")) {
        return read_odt(*archive);
    }
    return Error{ErrorKind::UnsupportedFormat,
                 say("This is an archive, but no text document: the manuscript may be .docx, .odt, "
                     ".pdf, .txt or .md.")};
}

}  // namespace

std::string_view name_of(DocumentKind kind) {
    switch (kind) {
        case DocumentKind::Text: return "TXT";
        case DocumentKind::Markdown: return "Markdown";
        case DocumentKind::Docx: return "DOCX";
        case DocumentKind::Odt: return "ODT";
        case DocumentKind::Pdf: return "PDF";
    }
    return "";
}

Result<DocumentText> read_document(std::string_view bytes, std::string_view file_name) {
    if (bytes.size() > largest_document_bytes) {
        return Error{ErrorKind::InvalidConfig,
                     say("The document has {0} MiB; a manuscript has at most {1}: take out the pictures.",
                         std::to_string(bytes.size() >> 20), std::to_string(largest_document_bytes >> 20))};
    }
    if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv)) return read_archive(bytes);
    if (bytes.starts_with("\xD0\xCF\x11\xE0"sv)) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("This is an old .doc or .wps file, or one protected by a password: save it "
                         "as .docx without a password.")};
    }
    if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) {
        auto text = text_of_pdf(bytes);
        if (!text) return text.error();
        return DocumentText{DocumentKind::Pdf, *std::move(text), {}, {}};
    }
    for (const std::string_view office : {".docx"sv, ".odt"sv, ".pdf"sv}) {
        if (!ends_in(file_name, office)) continue;
        return Error{ErrorKind::Corrupt,
                     say("The file is called {0} but isn't one: open it in a word processor and save it again.",
                         std::string(office))};
    }
    auto text = decode_text(bytes);
    if (!text) return text.error();
    if (ends_in(file_name, ".md") || ends_in(file_name, ".markdown")) {
        return DocumentText{DocumentKind::Markdown, text_of_markdown(text->utf8), {}, text->encoding};
    }
    return DocumentText{DocumentKind::Text, text->utf8, {}, text->encoding};
}

}  // namespace changji
