#pragma once

#include <string>
#include <string_view>

namespace changji {

/// What is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::u32string to_utf32(std::string_view utf8);
/// What is no code point becomes U+FFFD.
[[nodiscard]] std::string to_utf8(std::u32string_view text);
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Spaces and line ends of every width; the zero-width ones and the byte order mark among them.
[[nodiscard]] bool is_space(char32_t c);
/// A letter of Chinese, Japanese or Korean writing: what a word processor counts one by one.
[[nodiscard]] bool is_cjk_letter(char32_t c);
/// Punctuation that is East Asian wherever it stands (“，”, “《”), full-width forms among them.
[[nodiscard]] bool is_cjk_punctuation(char32_t c);
/// Punctuation that Chinese and Western texts share: quotation marks, dashes, dots.
[[nodiscard]] bool is_shared_punctuation(char32_t c);

/// The same text with full-width letters, digits and marks made plain, every dash a hyphen, every space U+0020.
[[nodiscard]] std::u32string fold_width(std::u32string_view text);
[[nodiscard]] std::u32string without_spaces(std::u32string_view text);

}  // namespace changji
