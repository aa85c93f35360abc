#pragma once

#include <string>
#include <string_view>

namespace changji {

/// Text as it may stand anywhere in HTML or SVG, attributes included: what is markup is escaped, what is no UTF-8 or
/// can't stand in a page is replaced.
[[nodiscard]] std::string html_escaped(std::string_view text);
/// Text that a person typed: escaped, and kept from turning the direction of what stands around it.
[[nodiscard]] std::string html_typed(std::string_view text);
/// "data:image/png;base64,...".
[[nodiscard]] std::string data_uri(std::string_view media_type, std::string_view bytes);
/// With a decimal point, in every language; at most `decimals` behind it.
[[nodiscard]] std::string number_text(double value, int decimals);

}  // namespace changji
