#include "analysis/papers/text_decoding.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>

#include <iconv.h>

#include "analysis/papers/unicode_text.hpp"

namespace changji {
namespace {

/// None when the bytes are not of that encoding from first to last.
std::optional<std::string> converted(std::string_view bytes, const char* encoding) {
    const iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;  // NOLINT(performance-no-int-to-ptr)
    std::string text(bytes.size() * 3 + 16, '\0');
    char* from = const_cast<char*>(bytes.data());  // iconv doesn't write there, its type only says so
    std::size_t left = bytes.size();
    char* to = text.data();
    std::size_t room = text.size();
    const std::size_t failed = iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    if (failed == static_cast<std::size_t>(-1) || left > 0) return std::nullopt;
    text.resize(text.size() - room);
    return text;
}

/// 0..1: how much of it is what texts are made of; below zero with control characters, which no text has.
double likeness_to_text(std::string_view utf8) {
    const std::u32string text = to_utf32(utf8);
    if (text.empty()) return 0.0;
    double usual = 0.0;
    for (const char32_t c : text) {
        if (c < 0x20 && !is_space(c)) return -1.0;
        const bool common = (c >= 0x4E00 && c <= 0x9FA5) || is_cjk_punctuation(c) || is_shared_punctuation(c);
        if (common || (c >= 0x20 && c < 0x7F) || is_space(c)) usual += 1.0;
    }
    return usual / static_cast<double>(text.size());
}

/// In UTF-16 the zero byte of a Latin letter or line end stands on one side.
const char* side_of_zeros(std::string_view bytes) {
    std::size_t even = 0, odd = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\0') ++(i % 2 ? odd : even);
    }
    return even + odd == 0 ? nullptr : odd > even ? "UTF-16LE" : "UTF-16BE";
}

Error unknown_encoding() {
    return {ErrorKind::UnsupportedFormat,
            say("This is no text in UTF-8, GB18030 or UTF-16: save it again as text in UTF-8.")};
}

Result<DecodedText> as(const char* encoding, std::string_view bytes) {
    auto text = converted(bytes, encoding);
    if (!text || likeness_to_text(*text) < 0.5) return unknown_encoding();
    return DecodedText{*std::move(text), encoding};
}

}  // namespace

Result<DecodedText> decode_text(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xEF\xBB\xBF"sv)) {
        bytes.remove_prefix(3);
        if (!is_utf8(bytes) || likeness_to_text(bytes) < 0.0) return unknown_encoding();
        return DecodedText{std::string(bytes), "UTF-8 (BOM)"};
    }
    if (bytes.starts_with("\xFF\xFE"sv)) return as("UTF-16LE", bytes.substr(2));
    if (bytes.starts_with("\xFE\xFF"sv)) return as("UTF-16BE", bytes.substr(2));
    if (const char* encoding = side_of_zeros(bytes)) return as(encoding, bytes);
    if (is_utf8(bytes)) {
        if (likeness_to_text(bytes) < 0.0) return unknown_encoding();
        return DecodedText{std::string(bytes), "UTF-8"};
    }
    DecodedText best;
    double best_likeness = 0.5;
    for (const char* encoding : {"GB18030", "UTF-16LE", "UTF-16BE"}) {
        auto text = converted(bytes, encoding);
        const double likeness = text ? likeness_to_text(*text) : -1.0;
        if (likeness > best_likeness) {
            best = {*std::move(text), encoding};
            best_likeness = likeness;
        }
    }
    if (best.encoding.empty()) return unknown_encoding();
    return best;
}

}  // namespace changji
