#include "analysis/papers/document_text.hpp"

#include <gtest/gtest.h>

#include "analysis/papers/document_archive.hpp"
#include "analysis/papers/word_count.hpp"
#include "tests/analysis/zip_maker.hpp"
#include "tests/support/program.hpp"

namespace changji {
namespace {

using test::docx_of;
using test::odt_of;
using test::word_paragraph;

std::string body_of(const std::string& bytes, const char* name = "a.docx") {
    const auto read = read_document(bytes, name);
    return read ? read->body : "error: " + in_english(read.error().message);
}

/// The sentence that refuses the document.
std::string refusal(const std::string& bytes, const char* name = "a.docx") {
    const auto read = read_document(bytes, name);
    return read ? "read: " + read->body : in_english(read.error().message);
}

bool says(const std::string& sentence, const char* part) { return sentence.find(part) != std::string::npos; }

TEST(Docx, ParagraphsAreLines) {
    EXPECT_EQ(body_of(docx_of(word_paragraph("第一段") + word_paragraph("第二段 A&amp;B"))), "第一段\n第二段 A&B\n");
}

TEST(Docx, OneWordInManyRunsStaysOneWord) {
    const std::string xml =
        "<w:p><w:r><w:t>20</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>22</w:t></w:r><w:r><w:t>届</w:t></w:r></w:p>";
    EXPECT_EQ(count_words(body_of(docx_of(xml))).counted, 2);
}

TEST(Docx, WhatAWordProcessorDoesNotCountIsLeftOut) {
    const std::string xml =
        "<w:p><w:r><w:t>留</w:t></w:r>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>加</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish "
        "w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<mc:AlternateContent><mc:Choice><w:t>框</w:t></mc:Choice><mc:Fallback><w:t>框</w:t></mc:Fallback></"
        "mc:AlternateContent>"
        "</w:p>";
    EXPECT_EQ(body_of(docx_of(xml)), "留加显框\n");
}

TEST(Docx, FootnotesCountAndHeadersAreKeptApart) {
    const std::string space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const auto read =
        read_document(docx_of(word_paragraph("正文"),
                              {{"word/footnotes.xml", "<w:footnotes " + space + "><w:footnote w:type=\"separator\">" +
                                                          word_paragraph("线") + "</w:footnote><w:footnote>" +
                                                          word_paragraph("脚注") + "</w:footnote></w:footnotes>"},
                               {"word/header1.xml", "<w:hdr " + space + ">" + word_paragraph("页眉") + "</w:hdr>"}}),
                      "a.docx");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->body, "正文\n脚注\n");
    EXPECT_EQ(read->margins, "页眉\n");
}

TEST(Odt, TextIsReadWithoutDeletionsAndNotes) {
    const std::string xml =
        "<text:tracked-changes><text:p>删</text:p></text:tracked-changes>"
        "<text:h>标题</text:h>\n <text:p>校<text:span>长</text:span><text:s "
        "text:c=\"3\"/>好<office:annotation><text:p>批注</text:p>"
        "</office:annotation></text:p>";
    const auto read = read_document(odt_of(xml), "a.odt");
    ASSERT_TRUE(read) << in_english(read.error().message);
    EXPECT_EQ(read->kind, DocumentKind::Odt);
    EXPECT_EQ(count_words(read->body).counted, 5);
    EXPECT_TRUE(says(read->body, "校长   好")) << read->body;
}

TEST(Pdf, ChineseTextIsRead) {
    const auto read = read_document(test::pdf_of("联系人：张三 13800000000"), "a.pdf");
    ASSERT_TRUE(read) << in_english(read.error().message);
    EXPECT_EQ(read->kind, DocumentKind::Pdf);
    EXPECT_TRUE(says(read->body, "联系人：张三")) << read->body;
    EXPECT_TRUE(says(read->body, "13800000000")) << read->body;
}

TEST(Pdf, ADamagedOneIsToldAndNothingElseHappens) {
    const std::string whole = test::pdf_of("文稿");
    EXPECT_TRUE(says(refusal("%PDF-1.4\ngarbage", "a.pdf"), "damaged"));
    for (std::size_t cut = 16; cut < whole.size(); cut += 97) (void)read_document(whole.substr(0, cut), "a.pdf");
    for (std::size_t at = 9; at < whole.size(); at += 31) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        (void)read_document(changed, "a.pdf");
    }
}

TEST(HostileDocuments, ABombIsNotUnpackedBeyondTheBounds) {
    const std::string bomb = docx_of(word_paragraph(std::string(40u << 20, 'A')));
    EXPECT_LT(bomb.size(), 100'000u);
    EXPECT_TRUE(says(refusal(bomb), "unpacks to more")) << refusal(bomb);
    const std::string by_ratio = docx_of(word_paragraph(std::string(8u << 20, 'A')));
    EXPECT_TRUE(says(refusal(by_ratio), "unpacks to more")) << refusal(by_ratio);
}

/// The size a part claims stands in the archive's directory and can lie.
TEST(HostileDocuments, ABombThatClaimsToBeSmallIsStillBounded) {
    std::string bomb = docx_of(word_paragraph(std::string(8u << 20, 'A')));
    for (const char* signature : {"PK\x01\x02", "PK\x03\x04"}) {
        const std::size_t size_at = signature[2] == '\x01' ? 24 : 22;
        for (std::size_t at = bomb.find(signature, 0, 4); at != std::string::npos;
             at = bomb.find(signature, at + 4, 4)) {
            for (std::size_t i = 0; i < 4; ++i) bomb[at + size_at + i] = i == 1 ? '\x04' : '\0';  // 1 KiB
        }
    }
    const auto read = read_document(bomb, "a.docx");
    EXPECT_FALSE(read) << read->body.size();
}

TEST(HostileDocuments, EntitiesNeverGrow) {
    const std::string laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c SYSTEM "
        "\"file:///etc/passwd\">]>"
        "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>";
    const std::string bytes = test::zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", laughs}});
    EXPECT_TRUE(says(refusal(bytes), "entities")) << refusal(bytes);
}

TEST(HostileDocuments, NamesThatLeadOutAreRefused) {
    for (const char* name : {"../../etc/cron.d/x", "/etc/passwd", "word/../../x", "..\\x", "C:/x"}) {
        const std::string bytes = docx_of(word_paragraph("文"), {{name, "x"}});
        EXPECT_TRUE(says(refusal(bytes), "outside its folder")) << name << ": " << refusal(bytes);
    }
    EXPECT_EQ(body_of(docx_of(word_paragraph("文"), {{"word/media/a..b.png", "x"}})), "文\n");
}

TEST(HostileDocuments, TooManyPartsAreRefused) {
    test::ZipParts many;
    for (std::size_t i = 0; i <= DocumentArchive::most_parts; ++i) many.emplace_back("p" + std::to_string(i), "");
    EXPECT_TRUE(says(refusal(docx_of(word_paragraph("文"), many)), "parts"));
}

TEST(HostileDocuments, NestingWithoutEndIsRefused) {
    std::string open, close;
    for (int i = 0; i < 5'000; ++i) {
        open += "<w:x>";
        close += "</w:x>";
    }
    EXPECT_TRUE(says(refusal(docx_of(open + close)), "damaged")) << refusal(docx_of(open + close));
}

TEST(HostileDocuments, ATruncatedOrChangedFileIsToldNeverRead) {
    const std::string whole = docx_of(word_paragraph("完整的文稿"));
    for (std::size_t cut = 1; cut < whole.size(); cut += 7) {
        EXPECT_FALSE(read_document(whole.substr(0, cut), "a.docx")) << cut;
    }
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        const auto read = read_document(changed, "a.docx");
        EXPECT_EQ(read ? read->body : "完整的文稿\n", "完整的文稿\n") << at;
    }
}

TEST(Documents, WhatIsNoManuscriptIsToldWithTheRemedy) {
    EXPECT_TRUE(says(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.doc"), "old .doc"));
    EXPECT_TRUE(says(refusal(test::zip_of({{"a.txt", "x"}}), "a.zip"), "no text document"));
    EXPECT_TRUE(says(refusal("文稿", "a.docx"), ".docx"));
    EXPECT_TRUE(says(refusal(std::string(largest_document_bytes + 1, 'a'), "a.txt"), "64"));
}

}  // namespace
}  // namespace changji
