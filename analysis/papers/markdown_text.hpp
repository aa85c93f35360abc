#pragma once

#include <string>
#include <string_view>

namespace changji {

/// Markdown without its marks: headings, lists, quotations, emphasis, rules, code fences, addresses of links and
/// pictures, comments. What a reader would see, so that "## 一" counts as one character. Pure.
[[nodiscard]] std::string text_of_markdown(std::string_view markdown);

}  // namespace changji
