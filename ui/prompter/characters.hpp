#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace changji {

/// One code point of UTF-8 text. Bytes that are no UTF-8 come out as U+FFFD, one each.
struct CodePoint {
    char32_t value = 0;
    std::size_t byte = 0;  ///< where it begins
    std::size_t bytes = 0;
};
[[nodiscard]] std::vector<CodePoint> code_points(std::string_view text);

/// Whether it is read aloud, and so counts as a character of the script: Chinese characters, letters and digits.
[[nodiscard]] bool is_read(char32_t value);
/// Whether a reader pauses at it: ，。、！？；：…… and —— and their Latin sisters.
[[nodiscard]] bool is_pause_mark(char32_t value);
/// Whether a sentence ends with it: 。！？…… and their Latin sisters.
[[nodiscard]] bool ends_sentence(char32_t value);
/// Quotation marks and brackets that close: they belong to what is before them.
[[nodiscard]] bool closes(char32_t value);
/// How many syllables a character that is read takes: 1; a small letter half of one, and 儿 none where it only bends
/// the syllable before it. The neighbours are 0 where there are none.
[[nodiscard]] double syllables(char32_t before, char32_t value, char32_t after);

}  // namespace changji
