#include "tests/analysis/zip_maker.hpp"

#include <cstdio>
#include <stdexcept>

#include <zip.h>

#include "analysis/papers/unicode_text.hpp"

namespace changji::test {

std::string zip_of(const ZipParts& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (!zip) throw std::runtime_error("no zip");
    for (const auto& [name, content] : parts) {
        zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        if (zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_RAW) < 0) throw std::runtime_error(zip_strerror(zip));
    }
    if (zip_close(zip) != 0) throw std::runtime_error("zip not closed");
    zip_stat_t about;
    zip_stat_init(&about);
    zip_source_stat(target, &about);
    std::string bytes(about.size, '\0');
    zip_source_open(target);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

std::string docx_of(const std::string& body_xml, ZipParts more) {
    ZipParts parts{
        {"[Content_Types].xml", "<Types/>"},
        {"_rels/.rels",
         R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)"},
        {"word/document.xml",
         R"(<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>)" +
             body_xml + "</w:body></w:document>"}};
    parts.insert(parts.end(), more.begin(), more.end());
    return zip_of(parts);
}

std::string odt_of(const std::string& text_xml) {
    return zip_of(
        {{"mimetype", "application/vnd.oasis.opendocument.text"},
         {"content.xml",
          R"(<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles/><office:body><office:text>)" +
              text_xml + "</office:text></office:body></office:document-content>"}});
}

std::string word_paragraph(const std::string& text) {
    return "<w:p><w:pPr/><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

std::string pdf_of(const std::string& text) {
    std::string shown;
    for (const char32_t c : to_utf32(text)) {
        char code[8];
        std::snprintf(code, sizeof code, "%04X", static_cast<unsigned>(c));
        shown += code;
    }
    const auto stream = [](const std::string& content) {
        return "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream";
    };
    const std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9000 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        ">>",
        stream("BT /F1 12 Tf 40 800 Td <" + shown + "> Tj ET"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 "
        "R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering "
        "(Identity) "
        "/Supplement 0 >> /DW 1000 /FontDescriptor 8 0 R >>",
        stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> "
               "endcodespacerange\n1 beginbfrange <0020> <FFE5> <0020> endbfrange\nendcmap end end"),
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 900 "
        "/Descent "
        "-100 /CapHeight 800 /StemV 80 >>"};
    std::string pdf = "%PDF-1.4\n", table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        char entry[32];
        std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", pdf.size());
        table += entry;
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(pdf.size());
    const std::string size = std::to_string(objects.size() + 1);
    return pdf + "xref\n0 " + size + "\n" + table + "trailer << /Size " + size + " /Root 1 0 R >>\nstartxref\n" +
           start + "\n%%EOF\n";
}

}  // namespace changji::test
