#include "analysis/papers/text_decoding.hpp"

#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace changji {
namespace {

const std::string sample = "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈。\n联系人：张三，电话：0731-88880000\n";

/// The sample as the iconv program writes it.
std::string in(const char* encoding, const std::string& text = sample) {
    const test::TemporaryFolder folder;
    const std::string file = (folder.path() / "out").string();
    const auto made = test::run("printf '%s' '" + text + "' | iconv -f UTF-8 -t " + encoding + " > '" + file + "'");
    EXPECT_EQ(made.exit_code, 0) << made.errors;
    return test::content_of(file);
}

void expect_read(const std::string& bytes, const char* encoding, const std::string& text = sample) {
    ASSERT_FALSE(bytes.empty()) << encoding;
    const auto read = decode_text(bytes);
    ASSERT_TRUE(read) << encoding;
    EXPECT_EQ(read->encoding, encoding);
    EXPECT_EQ(read->utf8, text);
}

TEST(TextDecoding, EveryEncodingOfAChineseOfficeIsRead) {
    CHANGJI_NEEDS_PROGRAM("iconv");
    expect_read(sample, "UTF-8");
    expect_read("\xEF\xBB\xBF" + sample, "UTF-8 (BOM)");
    expect_read(in("GB18030"), "GB18030");
    expect_read(in("GBK"), "GB18030");
    expect_read("\xFF\xFE" + in("UTF-16LE"), "UTF-16LE");
    expect_read("\xFE\xFF" + in("UTF-16BE"), "UTF-16BE");
}

TEST(TextDecoding, Utf16WithoutAMarkIsToldFromGb18030) {
    CHANGJI_NEEDS_PROGRAM("iconv");
    expect_read(in("UTF-16LE"), "UTF-16LE");
    expect_read(in("UTF-16BE"), "UTF-16BE");
    const std::string chinese_alone = "高校书记校长访企拓岗促就业专项行动实施情况";
    expect_read(in("UTF-16LE", chinese_alone), "UTF-16LE", chinese_alone);
    expect_read(in("GB18030", chinese_alone), "GB18030", chinese_alone);
}

TEST(TextDecoding, WhatIsNoTextIsRefused) {
    for (const std::string& bytes :
         {std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), std::string("\xFF\xFE\x00\xD8", 4),
          std::string("\x01\x02\x03\x04"), std::string("\xEF\xBB\xBF\xFF\xFF")}) {
        const auto read = decode_text(bytes);
        EXPECT_FALSE(read) << (read ? read->encoding : "");
    }
}

}  // namespace
}  // namespace changji
