#include "analysis/papers/unicode_text.hpp"

#include <algorithm>
#include <utility>

namespace changji {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_code_point(char32_t c) { return c < 0x110000 && (c < 0xD800 || c > 0xDFFF); }

/// One code point and how many bytes it took; at least one, 0xFFFD for what is none.
std::pair<char32_t, std::size_t> decode_one(std::string_view bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || bytes.size() < length) return {replacement, 1};
    char32_t c = first & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {replacement, 1};
        c = (c << 6) | (byte(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    return overlong || !is_code_point(c) ? std::pair(replacement, std::size_t{1}) : std::pair(c, length);
}

struct Range {
    char32_t first, last;
};

template <std::size_t count>
bool within(char32_t c, const Range (&ranges)[count]) {
    return std::any_of(ranges, ranges + count, [c](Range range) { return c >= range.first && c <= range.last; });
}

constexpr Range letters[] = {{0x2E80, 0x2FDF},   {0x3005, 0x3007},  {0x3021, 0x3029}, {0x3040, 0x318F},
                             {0x31A0, 0x31FF},   {0x3400, 0x4DBF},  {0x4E00, 0x9FFF}, {0xA960, 0xA97F},
                             {0xAC00, 0xD7FF},   {0xF900, 0xFAFF},  {0x1100, 0x11FF}, {0xFF66, 0xFFDC},
                             {0x1B000, 0x1B2FF}, {0x20000, 0x3FFFD}};
constexpr Range marks[] = {{0x3001, 0x3004}, {0x3008, 0x3020}, {0x302A, 0x303F}, {0x3200, 0x33FF},
                           {0xFE10, 0xFE1F}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF65}, {0xFFE0, 0xFFE6}};
constexpr Range shared_marks[] = {{0x00B7, 0x00B7}, {0x2014, 0x2016}, {0x2018, 0x2019}, {0x201C, 0x201D},
                                  {0x2022, 0x2022}, {0x2025, 0x2027}, {0x2030, 0x2030}, {0x2460, 0x24FF},
                                  {0x25A0, 0x25FF}, {0x2605, 0x2606}};
constexpr Range spaces[] = {{0x09, 0x0D},     {0x1C, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
                            {0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x2064}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
constexpr Range dashes[] = {{0x2010, 0x2015}, {0x2212, 0x2212}, {0xFE58, 0xFE58}, {0xFE63, 0xFE63}, {0xFF0D, 0xFF0D}};

}  // namespace

std::u32string to_utf32(std::string_view utf8) {
    std::u32string text;
    text.reserve(utf8.size());
    while (!utf8.empty()) {
        const auto [c, length] = decode_one(utf8);
        text += c;
        utf8.remove_prefix(length);
    }
    return text;
}

std::string to_utf8(std::u32string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * 3);
    const auto put = [&](char32_t byte) { bytes += static_cast<char>(static_cast<unsigned char>(byte)); };
    for (char32_t c : text) {
        if (!is_code_point(c)) c = replacement;
        if (c < 0x80) {
            put(c);
            continue;
        }
        const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        constexpr char32_t lead[] = {0, 0xC0, 0xE0, 0xF0};
        put(lead[more] | (c >> (6 * more)));
        for (int i = more - 1; i >= 0; --i) put(0x80 | ((c >> (6 * i)) & 0x3F));
    }
    return bytes;
}

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto [c, length] = decode_one(bytes);
        if (length == 1 && c == replacement) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

bool is_space(char32_t c) { return within(c, spaces); }
bool is_cjk_letter(char32_t c) { return within(c, letters); }
bool is_cjk_punctuation(char32_t c) { return within(c, marks); }
bool is_shared_punctuation(char32_t c) { return within(c, shared_marks); }

std::u32string fold_width(std::u32string_view text) {
    std::u32string folded(text);
    for (char32_t& c : folded) {
        if (is_space(c) && c != U'\n') c = U' ';
        if (within(c, dashes)) c = U'-';
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - 0x21;
    }
    return folded;
}

std::u32string without_spaces(std::u32string_view text) {
    std::u32string kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept), [](char32_t c) { return !is_space(c); });
    return kept;
}

}  // namespace changji
