#pragma once

#include <string_view>

namespace changji {

/// How long a text is, as word processors count.
struct WordCount {
    int counted = 0;         ///< the number called “字数”: `cjk` and `words` together
    int cjk = 0;             ///< Chinese characters and Chinese punctuation, one each
    int words = 0;           ///< everything between spaces and Chinese characters: "2022", "85.6%", "e-mail"
    int without_spaces = 0;  ///< code points but spaces: “字符数（不计空格）”
    friend bool operator==(const WordCount&, const WordCount&) = default;
};

/// Counts UTF-8 text as Microsoft Word's “字数” does: each CJK character and each East Asian punctuation mark is one; a
/// run of anything else up to a space or a CJK character is one word. Quotation marks, dashes and dots that both
/// writings share (U+201C, U+2014, U+2026, ...) count as Chinese marks beside a Chinese character or another such
/// mark of a Chinese passage, and as a part of the word elsewhere. So “2022 届毕业生” and “2022届毕业生” both are 5.
/// Titles, tables and footnotes count if the text holds them. Pure.
[[nodiscard]] WordCount count_words(std::string_view utf8);

}  // namespace changji
